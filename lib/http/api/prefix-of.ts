import type { MandateAuthApiModuleExtras } from './auth-api-options.js';

/** The path of the routes, after the global prefix of the application. */
export function prefixOf({
  name,
  prefix = name === undefined ? 'auth' : `auth/${name}`,
}: MandateAuthApiModuleExtras): string {
  return prefix;
}
