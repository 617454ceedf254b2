import { accessDecorator } from '../access/access-metadata.js';

/**
 * Asks for a sign-in of one of these authentication context classes. Otherwise the call is refused with 401 and the code
 * `AUTHENTICATION_INSUFFICIENT`, and the client is told to sign in anew, and how strongly (RFC 9470, section 3:
 * `insufficient_user_authentication` with `acr_values`).
 *
 * @throws MandateConfigurationError when the decorated class is loaded, if there is no class or a blank one.
 */
export function RequireAcr(...classes: readonly [string, ...string[]]): MethodDecorator & ClassDecorator {
  return accessDecorator('acr', classes);
}
