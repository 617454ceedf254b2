import { MandateError } from './mandate-error.js';
import { brandClass } from '../types/class-brand.js';

/**
 * An option or a decorator is missing, unknown or invalid. The application must not start with it.
 *
 * @publicApi
 */
export class MandateConfigurationError extends MandateError {
  static {
    brandClass(this, 'MandateConfigurationError');
  }

  override readonly name = 'MandateConfigurationError';

  /**
   * @param option - the option's name; a decorator's with its sign, such as `@Groups`.
   * @param requirement - the rest of a sentence that begins with the option, without the full stop:
   *   `must be a non-empty string`.
   */
  constructor(
    readonly option: string,
    requirement: string,
    options?: ErrorOptions,
  ) {
    const subject = option.startsWith('@') ? option : `Option "${option}"`;
    super('CONFIGURATION_INVALID', `${subject} ${requirement}.`, options);
  }
}
