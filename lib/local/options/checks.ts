import { MandateArgumentError } from '../../errors/argument-error.js';
import { isObject } from '../../types/is-object.js';

/** An object without unknown members. */
export function checkNames(value: unknown, known: Readonly<Record<string, true>>, path: string): void {
  if (!isObject(value)) {
    throw new MandateArgumentError(path === '' ? 'options' : path, 'must be an object');
  }
  const unknown = Object.keys(value).find((name) => !Object.hasOwn(known, name));
  if (unknown !== undefined) {
    const name = path === '' ? unknown : `${path}.${unknown}`;
    throw new MandateArgumentError(name, `is an unknown option. Known options: ${Object.keys(known).join(', ')}`);
  }
}

/** A list, or nothing. */
export function checkedList(value: unknown, path: string): readonly unknown[] {
  if (value !== undefined && !Array.isArray(value)) {
    throw new MandateArgumentError(path, 'must be an array');
  }
  return value ?? [];
}

/** A text that is not empty. */
export function checkNonEmpty(value: unknown, path: string): void {
  if (typeof value !== 'string' || value === '') {
    throw new MandateArgumentError(path, 'must be a non-empty string');
  }
}

/** A text that matches a pattern, or nothing. */
export function checkPattern(value: unknown, pattern: RegExp, path: string, requirement: string): void {
  if (value !== undefined && (typeof value !== 'string' || !pattern.test(value))) {
    throw new MandateArgumentError(path, requirement);
  }
}

/** Names and ids that occur once. */
export function checkUnique(items: readonly { readonly name: string; readonly id?: string }[], path: string): void {
  for (const member of ['name', 'id'] as const) {
    const values = items.flatMap((item) => item[member] ?? []);
    const duplicate = values.find((value, index) => values.indexOf(value) !== index);
    if (duplicate !== undefined) {
      throw new MandateArgumentError(path, `must have unique ${member}s. Duplicate: "${duplicate}"`);
    }
  }
}
