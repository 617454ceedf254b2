import { MandateError } from './mandate-error.js';
import { isModuleMissing } from './module-missing.js';

/**
 * Loads a file of this package that needs optional packages.
 *
 * @param message - what needs which packages, and how they are installed.
 * @throws MandateError PEER_MISSING if one of them is not installed.
 */
export async function loadOptional<Module>(load: () => Promise<Module>, message: string): Promise<Module> {
  try {
    return await load();
  } catch (cause) {
    throw isModuleMissing(cause) ? new MandateError('PEER_MISSING', message, { cause }) : cause;
  }
}
