import { accessDecorator } from '../access/access-metadata.js';

/**
 * Requires a sign-in of one of these authentication context classes: the claim `acr`, which Cognito sets in pools with
 * step-up authentication. A token without it does not meet the requirement.
 *
 * Otherwise the call is denied with 401 AUTHENTICATION_INSUFFICIENT, and the `WWW-Authenticate` header lists the accepted
 * classes (RFC 9470, section 3: `insufficient_user_authentication` with `acr_values`). Requires `CognitoAuthGuard`.
 *
 * @example
 * \@RequireAcr('mfa', 'passkey')
 * \@Post('transfer')
 * transfer() { ... }
 *
 * @param classes - one or more values of `acr`, compared exactly.
 * @throws MandateConfigurationError when the decorated class is loaded, if there is no class or a blank one.
 *
 * @publicApi
 */
export function RequireAcr(...classes: readonly [string, ...string[]]): MethodDecorator & ClassDecorator {
  return accessDecorator('acr', classes);
}
