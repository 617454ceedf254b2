import { MandateArgumentError } from './argument-error.js';

/**
 * Refuses anything but a string with something in it. Types say so too, but request bodies reach this package as
 * whatever the caller's HTTP layer let through.
 *
 * @throws MandateArgumentError naming the argument, never its value.
 */
export function requireText(argument: string, value: unknown): asserts value is string {
  if (typeof value !== 'string' || value === '') {
    throw new MandateArgumentError(argument, 'must be a string that is not empty');
  }
}

/** As `requireText`, for an argument that may be left out. */
export function requireTextIfGiven(argument: string, value: unknown): asserts value is string | undefined {
  if (value !== undefined) {
    requireText(argument, value);
  }
}

/**
 * Refuses anything but a plain object.
 *
 * @throws MandateArgumentError naming the argument, never its value.
 */
export function requireObject(argument: string, value: unknown): asserts value is object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new MandateArgumentError(argument, 'must be an object');
  }
}
