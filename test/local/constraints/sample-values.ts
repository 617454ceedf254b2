import { expressionOf } from '../../../lib/local/constraints/patterns.js';
import type { Shape, StringShape } from '../../../lib/local/constraints/shape.js';
import { shapeOf } from '../../../lib/local/constraints/shapes.js';

/** Texts of which one, lengthened where needed, satisfies each pattern of the model. */
const SEEDS = [
  'aa',
  '0a',
  '{####}',
  '{##here##}',
  'us-east-1_0a',
  'arn:aws:iam::123456789012:role/r',
  'arn:aws:s3:::bucket',
  'ann@example.com',
  '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
  'cognito:default',
  'terms-of-use',
  'import-a',
];

/** The least value that satisfies a shape. */
export function validValue(name: string): unknown {
  const shape = shapeOf(name);
  switch (shape.type) {
    case 'structure':
      return Object.fromEntries((shape.required ?? []).map((member) => [member, memberValue(shape.members, member)]));
    case 'list':
      return Array.from({ length: shape.min ?? 0 }, () => validValue(shape.member));
    case 'map':
      return (shape.min ?? 0) === 0 ? {} : { [String(validValue(shape.key))]: validValue(shape.value) };
    case 'string':
      return validText(shape);
    case 'integer':
      return shape.min ?? 0;
    case 'blob':
      return base64(shape.min ?? 0);
    case 'boolean':
      return true;
  }
}

function memberValue(members: Readonly<Record<string, string>>, member: string): unknown {
  return validValue(members[member] ?? '');
}

export function base64(length: number): string {
  return Buffer.alloc(length).toString('base64');
}

function validText(shape: StringShape): string {
  const { min = 0, enum: values } = shape;
  if (values !== undefined) {
    return values[0] ?? '';
  }
  const found = SEEDS.flatMap((seed) => [seed, seed + 'a'.repeat(min), seed.slice(0, 1).repeat(Math.max(min, 1))]).find(
    (text) => violated(shape, text).length === 0,
  );
  if (found === undefined) {
    throw new Error(`No text satisfies ${JSON.stringify(shape)}.`);
  }
  return found;
}

/** A text that breaks one constraint, and as few others as possible. `undefined` if none does. */
export function invalidText(shape: StringShape, constraint: 'min' | 'max' | 'pattern' | 'enum'): string | undefined {
  const valid = validText(shape);
  const half = Math.floor(valid.length / 2);
  const candidates = {
    min: [valid.slice(0, (shape.min ?? 0) - 1), valid.slice(1), ''],
    max: [valid.padEnd((shape.max ?? 0) + 1, valid.slice(-1) || 'a')],
    pattern: [
      `${valid.slice(0, half)} ${valid.slice(half + 1)}`,
      `${valid.slice(0, half)}\u0001${valid.slice(half + 1)}`,
      'a'.repeat(valid.length),
    ],
    enum: ['Bogus'],
  }[constraint].filter((text) => isBroken(shape, constraint, text));
  return candidates.sort((a, b) => violated(shape, a).length - violated(shape, b).length)[0];
}

function isBroken(shape: StringShape, constraint: string, text: string): boolean {
  return violated(shape, text).includes(textsOf(shape)[constraint] ?? '');
}

/** The texts of the constraints that a text violates, decided the plain way. */
export function violated(shape: StringShape, text: string): string[] {
  const { min = 0, max = Infinity, pattern, enum: values } = shape;
  const texts = textsOf(shape);
  const holds: Record<string, boolean> = {
    max: text.length <= max,
    min: text.length >= min,
    pattern: pattern === undefined || expressionOf(pattern).test(text),
    enum: values?.includes(text) ?? true,
  };
  return Object.entries(texts).flatMap(([constraint, message]) => (holds[constraint] ? [] : [message]));
}

/** What the service says about each constraint of a shape without parts, in its order. */
export function textsOf(shape: Shape): Record<string, string> {
  const what = shape.type === 'integer' ? 'value' : 'length';
  const { min, max, pattern, enum: values }: StringShape = { ...shape, type: 'string' };
  return {
    ...(max !== undefined && { max: `Member must have ${what} less than or equal to ${max}` }),
    ...(min !== undefined && { min: `Member must have ${what} greater than or equal to ${min}` }),
    ...(pattern !== undefined && { pattern: `Member must satisfy regular expression pattern: ${pattern}` }),
    ...(values !== undefined && { enum: `Member must satisfy enum value set: [${values.join(', ')}]` }),
  };
}
