import { loadOptional } from '../../errors/load-optional.js';

/**
 * Loads a file of the auth API that needs optional packages.
 *
 * @param packages - as `npm install` takes them.
 * @throws MandateError PEER_MISSING if one of them is not installed.
 */
export function loadForAuthApi<Module>(load: () => Promise<Module>, packages: string, hint?: string): Promise<Module> {
  const more = hint === undefined ? '' : ` ${hint}`;
  return loadOptional(
    load,
    `MandateAuthApiModule needs packages that are not installed. Run "npm install ${packages}".${more}`,
  );
}
