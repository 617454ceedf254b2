import { loadOptional } from '../errors/load-optional.js';

/**
 * Loads an optional package of the embedded Cognito, or the file that imports it.
 *
 * @param purpose - what it is needed for: `to verify passkeys`.
 * @throws MandateError PEER_MISSING if it is not installed.
 */
export function loadPackage<Module>(name: string, purpose: string, load: () => Promise<Module>): Promise<Module> {
  return loadOptional(
    load,
    `The embedded Cognito needs the package ${name} ${purpose}. Run "npm install --save-dev ${name}".`,
  );
}
