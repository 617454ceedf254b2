import { MandateError } from './mandate-error.js';

/** An option of the module is missing, unknown or malformed; the application must not start with it. */
export class MandateConfigurationError extends MandateError {
  override readonly name = 'MandateConfigurationError';

  /**
   * @param option - the option's name.
   * @param requirement - what it should be, as the rest of a sentence that begins with the option.
   */
  constructor(
    readonly option: string,
    requirement: string,
    options?: ErrorOptions,
  ) {
    super('CONFIGURATION_INVALID', `MandateModule: option "${option}" ${requirement}.`, options);
  }
}
