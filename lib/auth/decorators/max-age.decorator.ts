import { MandateConfigurationError } from '../../errors/configuration-error.js';
import { accessDecorator } from '../access/access-metadata.js';

/**
 * Requires a sign-in at most so many seconds ago. Renewing the tokens is no sign-in (claim `auth_time`). The module's
 * option `clockToleranceSeconds` is added.
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
 * @param seconds - an integer of at least 0.
 * @throws MandateConfigurationError when the decorated class is loaded, if `seconds` is no integer of at least 0.
 *
 * @publicApi
 */
export function MaxAge(seconds: number): MethodDecorator & ClassDecorator {
  if (!Number.isSafeInteger(seconds) || seconds < 0) {
    throw new MandateConfigurationError('@MaxAge', `must be a non-negative integer (seconds), not ${seconds}`);
  }
  return accessDecorator('maxAgeSeconds', seconds);
}
