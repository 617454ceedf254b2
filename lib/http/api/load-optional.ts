import { MandateError } from '../../errors/mandate-error.js';

const MISSING_CODES: readonly unknown[] = ['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND'];

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
    if (!MISSING_CODES.includes((cause as NodeJS.ErrnoException).code)) {
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
