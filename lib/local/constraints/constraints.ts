import { matcherOf } from './patterns.js';
import type { BlobShape, Bounds, NumberShape, PlainShape, StringShape } from './shape.js';

/** Something that a value must satisfy, and how the service says so. */
export interface Constraint<Value> {
  readonly text: string;
  readonly holds: (value: Value) => boolean;
}

/** A shape without parts. */
export type SimpleShape = StringShape | NumberShape | BlobShape | PlainShape;

/** The rules of a shape without parts. */
export interface SimpleRules {
  /** Whether a value has the right JSON type. The constraints take only such values. */
  readonly hasType: (value: unknown) => boolean;
  readonly constraints: readonly Constraint<unknown>[];
}

/** The rules of a shape without parts, in the order in which the service lists them. */
export function rulesOf(shape: SimpleShape): SimpleRules {
  switch (shape.type) {
    case 'string':
      return rules(isString, [...lengthConstraints<string>(shape, ({ length }) => length), ...textConstraints(shape)]);
    case 'integer':
      return rules(isInteger, rangeConstraints(shape));
    case 'blob':
      return rules(isBase64, lengthConstraints<string>(shape, bytesIn));
    case 'boolean':
      return rules(isBoolean, []);
  }
}

function rules<Value>(
  hasType: (value: unknown) => value is Value,
  constraints: readonly Constraint<Value>[],
): SimpleRules {
  return { hasType, constraints: constraints as readonly Constraint<unknown>[] };
}

/** Bounds of a length. */
export function lengthConstraints<Value>(bounds: Bounds, lengthOf: (value: Value) => number): Constraint<Value>[] {
  return boundConstraints('length', bounds, lengthOf);
}

function rangeConstraints(bounds: Bounds): Constraint<number>[] {
  return boundConstraints('value', bounds, (value) => value);
}

function boundConstraints<Value>(
  what: 'length' | 'value',
  { min, max }: Bounds,
  sizeOf: (value: Value) => number,
): Constraint<Value>[] {
  const found: Constraint<Value>[] = [];
  if (max !== undefined) {
    const text = `Member must have ${what} less than or equal to ${max}`;
    found.push({ text, holds: (value) => sizeOf(value) <= max });
  }
  if (min !== undefined) {
    const text = `Member must have ${what} greater than or equal to ${min}`;
    found.push({ text, holds: (value) => sizeOf(value) >= min });
  }
  return found;
}

function textConstraints({ pattern, enum: values, unlisted = [] }: StringShape): Constraint<string>[] {
  const found: Constraint<string>[] = [];
  if (pattern !== undefined) {
    found.push({ text: `Member must satisfy regular expression pattern: ${pattern}`, holds: matcherOf(pattern) });
  }
  if (values !== undefined) {
    const taken = new Set([...values, ...unlisted]);
    const text = `Member must satisfy enum value set: [${values.join(', ')}]`;
    found.push({ text, holds: (value) => taken.has(value) });
  }
  return found;
}

function isString(value: unknown): value is string {
  return typeof value === 'string';
}

function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

/** 32 bits, as in the service. */
function isInteger(value: unknown): value is number {
  return typeof value === 'number' && (value | 0) === value;
}

function isBase64(value: unknown): value is string {
  return isString(value) && value.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(value);
}

function bytesIn(base64: string): number {
  const padding = base64.endsWith('==') ? 2 : Number(base64.endsWith('='));
  return (base64.length / 4) * 3 - padding;
}
