import { isObject } from '../types/is-object.js';
import { MandateArgumentError } from './argument-error.js';

/**
 * Requires a non-empty string. The types require one too, but request bodies reach this package unchecked.
 *
 * @throws MandateArgumentError naming the argument, never its value.
 */
export function requireText(argument: string, value: unknown): asserts value is string {
  if (typeof value !== 'string' || value === '') {
    throw new MandateArgumentError(argument, 'must be a non-empty string');
  }
}

/**
 * Requires a non-empty string unless the argument is undefined.
 *
 * @throws MandateArgumentError naming the argument, never its value.
 */
export function requireTextIfGiven(argument: string, value: unknown): asserts value is string | undefined {
  if (value !== undefined) {
    requireText(argument, value);
  }
}

/**
 * Requires an object that is not an array.
 *
 * @throws MandateArgumentError naming the argument, never its value.
 */
export function requireObject(argument: string, value: unknown): asserts value is object {
  if (!isObject(value)) {
    throw new MandateArgumentError(argument, 'must be an object');
  }
}
