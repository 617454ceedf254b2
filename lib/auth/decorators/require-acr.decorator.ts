import { accessDecorator } from '../access-metadata.js';

/**
 * Asks for a sign-in of one of these authentication context classes. Otherwise the client is told to sign in anew, and
 * how strongly (RFC 9470: `insufficient_user_authentication` with `acr_values`).
 */
export function RequireAcr(...classes: readonly [string, ...string[]]): MethodDecorator & ClassDecorator {
  return accessDecorator('acr', classes);
}
