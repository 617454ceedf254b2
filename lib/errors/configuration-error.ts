import { MandateError } from './mandate-error.js';
import { brandClass } from '../types/class-brand.js';

/**
 * An option or a decorator is missing, unknown or invalid. The application must not start with it. If several are, the
 * message names them all.
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

  /**
   * One error for several faults, so that they can be put right together. Its `option` is that of the first.
   *
   * @param faults - at least one.
   */
  static ofAll(
    faults: readonly [MandateConfigurationError, ...MandateConfigurationError[]],
  ): MandateConfigurationError {
    const [first, ...others] = faults;
    if (others.length === 0) {
      return first;
    }
    const error = new MandateConfigurationError(first.option, '');
    error.message = `The set-up has ${faults.length} faults:\n${faults.map(({ message }) => `- ${message}`).join('\n')}`;
    return error;
  }
}
