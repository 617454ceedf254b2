import { MandateConfigurationError } from '../../errors/configuration-error.js';
import { accessDecorator } from '../access/access-metadata.js';

/**
 * Requires a sign-in within this number of seconds (claim `auth_time`). Renewing the tokens is not a sign-in. The
 * module's option `clockToleranceSeconds` is added.
 *
 * Otherwise the call is denied with 401 AUTHENTICATION_INSUFFICIENT, and the `WWW-Authenticate` header asks the client
 * to sign the user in again (RFC 9470, section 3: `insufficient_user_authentication` with `max_age`). Requires
 * `CognitoAuthGuard`.
 *
 * @example
 * \@MaxAge(300) // five minutes
 * \@Post('transfer')
 * transfer() { ... }
 *
 * @param seconds - a non-negative integer.
 * @throws MandateConfigurationError when the decorated class is loaded, if `seconds` is not a non-negative integer.
 *
 * @publicApi
 */
export function MaxAge(seconds: number): MethodDecorator & ClassDecorator {
  if (!Number.isSafeInteger(seconds) || seconds < 0) {
    throw new MandateConfigurationError('@MaxAge', `must be a non-negative integer (seconds), not ${seconds}`);
  }
  return accessDecorator('maxAgeSeconds', seconds);
}
