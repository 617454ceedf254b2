import { MandateConfigurationError } from '../errors/configuration-error.js';

/**
 * A part that exists once the application has started: modules are connected when all of them exist.
 *
 * @param option - the option or the module that brings the part.
 * @throws MandateConfigurationError before that.
 */
export function requireStarted<Part>(part: Part | undefined, option: string): Part {
  if (part === undefined) {
    throw new MandateConfigurationError(option, 'is not available before the application has started');
  }
  return part;
}
