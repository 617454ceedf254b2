import { MandateError } from './mandate-error.js';
import { brandClass } from '../types/class-brand.js';

/**
 * A method was called with an invalid argument. Nothing was sent.
 *
 * @publicApi
 */
export class MandateArgumentError extends MandateError {
  static {
    brandClass(this, 'MandateArgumentError');
  }

  override readonly name = 'MandateArgumentError';

  /**
   * @param argument - the argument's name.
   * @param requirement - the rest of a sentence that begins with the argument, without the full stop:
   *   `must be a non-empty string`.
   */
  constructor(
    readonly argument: string,
    requirement: string,
  ) {
    super('ARGUMENT_INVALID', `"${argument}" ${requirement}.`);
  }
}
