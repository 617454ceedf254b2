import type { FieldError } from '../../errors/field-error.js';

/** No request of any API is nested deeper by far, and libraries that follow the members of one would run out of stack. */
const DEEPEST = 32;

/** Members that libraries skip without a word, because setting them would change other objects. */
const FORBIDDEN: ReadonlySet<string> = new Set(['__proto__', 'constructor']);

/** The first fault of parsed JSON that no class can describe. */
export function shapeFault(value: unknown, path = '', depth = 0): FieldError | undefined {
  if (!isParsed(value)) {
    return undefined;
  }
  if (depth === DEEPEST) {
    return { field: '', message: `must be nested at most ${String(DEEPEST)} levels deep` };
  }
  for (const [name, member] of Object.entries(value)) {
    const field = path === '' ? name : `${path}.${name}`;
    const fault = FORBIDDEN.has(name) ? { field, message: 'should not exist' } : shapeFault(member, field, depth + 1);
    if (fault !== undefined) {
      return fault;
    }
  }
  return undefined;
}

/** Whether a value is an object or a list as parsers make them, and not a buffer, a stream or an object of another class. */
function isParsed(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return Array.isArray(value);
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  // The objects of queries have a prototype of their own on Fastify, and none on Express.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
