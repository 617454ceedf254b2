import { MandateConfigurationError } from '../../errors/configuration-error.js';
import { accessDecorator } from '../access/access-metadata.js';

/**
 * Asks for a sign-in at most so many seconds ago; renewing tokens does not count. Otherwise the call is refused with 401
 * and the code `AUTHENTICATION_INSUFFICIENT`, and the client is told to sign in anew (RFC 9470, section 3:
 * `insufficient_user_authentication` with `max_age`).
 *
 * @throws MandateConfigurationError when the decorated class is loaded, if `seconds` is not a whole number of at least 0.
 */
export function MaxAge(seconds: number): MethodDecorator & ClassDecorator {
  if (!Number.isSafeInteger(seconds) || seconds < 0) {
    throw new MandateConfigurationError('@MaxAge', `must be a whole number of seconds of at least 0, not ${seconds}`);
  }
  return accessDecorator('maxAge', seconds);
}
