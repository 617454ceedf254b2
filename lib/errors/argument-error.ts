import { MandateError } from './mandate-error.js';

/** A call was made with an argument that cannot be right; nothing was sent. */
export class MandateArgumentError extends MandateError {
  override readonly name = 'MandateArgumentError';

  /**
   * @param argument - the argument's name.
   * @param requirement - what it should be, as the rest of a sentence that begins with the argument.
   */
  constructor(
    readonly argument: string,
    requirement: string,
  ) {
    super('ARGUMENT_INVALID', `"${argument}" ${requirement}.`);
  }
}
