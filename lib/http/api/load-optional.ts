import { MandateError } from '../../errors/mandate-error.js';
import { isModuleMissing } from '../../errors/module-missing.js';

/**
 * Loads a file of this package that needs optional packages.
 *
 * @param packages - as `npm install` takes them.
 * @throws MandateError PEER_MISSING if one of them is not installed.
 */
export async function loadOptional<Module>(
  load: () => Promise<Module>,
  packages: string,
  hint?: string,
): Promise<Module> {
  try {
    return await load();
  } catch (cause) {
    if (!isModuleMissing(cause)) {
      throw cause;
    }
    const more = hint === undefined ? '' : ` ${hint}`;
    throw new MandateError(
      'PEER_MISSING',
      `MandateAuthApiModule needs packages that are not installed. Run "npm install ${packages}".${more}`,
      { cause },
    );
  }
}
