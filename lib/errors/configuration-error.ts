import { MandateError } from './mandate-error.js';

/** An option of the module, or a decorator, is missing, unknown or malformed; the application must not start with it. */
export class MandateConfigurationError extends MandateError {
  override readonly name = 'MandateConfigurationError';

  /**
   * @param option - the option's name; a decorator's with its sign, such as `@Groups`.
   * @param requirement - what it should be, as the rest of a sentence that begins with the option.
   */
  constructor(
    readonly option: string,
    requirement: string,
    options?: ErrorOptions,
  ) {
    const subject = option.startsWith('@') ? option : `MandateModule: option "${option}"`;
    super('CONFIGURATION_INVALID', `${subject} ${requirement}.`, options);
  }
}
