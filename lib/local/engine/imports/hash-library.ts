import { MandateError } from '../../../errors/mandate-error.js';
import { isModuleMissing } from '../../../errors/module-missing.js';
import type * as HashWasm from './hash-wasm.js';

/**
 * Loads the optional peer dependency that verifies BCRYPT and ARGON2ID.
 *
 * @throws MandateError `PEER_MISSING` when the package is not installed.
 */
export async function loadHashLibrary(): Promise<typeof HashWasm> {
  try {
    return await import('./hash-wasm.js');
  } catch (cause) {
    if (!isModuleMissing(cause)) {
      throw cause;
    }
    throw new MandateError(
      'PEER_MISSING',
      'The embedded Cognito needs the package hash-wasm to verify imported passwords. Run "npm install --save-dev hash-wasm".',
      { cause },
    );
  }
}
