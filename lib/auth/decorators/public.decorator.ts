import { MandateConfigurationError } from '../../errors/configuration-error.js';
import { accessDecorator, type OnInvalidToken } from '../access/access-metadata.js';

const POLICIES: readonly unknown[] = ['ignore', 'reject'] satisfies OnInvalidToken[];

/**
 * Options of `@Public`.
 *
 * @publicApi
 */
export interface PublicOptions {
  /**
   * What to do when a call carries a token that is not accepted.
   *
   * - `ignore`: the call is anonymous.
   * - `reject`: the call is denied as on a guarded handler: 401 for an invalid token, 400 for a malformed
   *   `Authorization` header, 503 if the token could not be verified. Use it where a client must notice that its
   *   session has ended.
   *
   * Default: `ignore`.
   */
  readonly onInvalidToken?: OnInvalidToken;
}

/**
 * Allows anonymous calls. A valid token still identifies the caller (`@CurrentUser()`); without one `@CurrentUser()` is
 * `undefined`. An `Authorization` header with another scheme is not a token.
 *
 * On a handler it overrides whatever the class requires. On a class it applies to handlers without an access decorator
 * of their own, and to subclasses without one. `@TokenUse` and `@Pool` may be combined with it. Any other access
 * decorator contradicts it, and the application does not start. Requires `CognitoAuthGuard`; without a guard every
 * handler is public.
 *
 * @example
 * \@Public()
 * \@Get()
 * list(\@CurrentUser('username') username?: string) { ... }
 *
 * @example
 * \@Public({ onInvalidToken: 'reject' }) // an expired token is 401; no token is fine
 * \@Get('feed')
 * feed(\@CurrentUser('sub') sub?: string) { ... }
 *
 * @throws MandateConfigurationError when the decorated class is loaded, for an unknown option or value.
 *
 * @publicApi
 */
export function Public(options: PublicOptions = {}): MethodDecorator & ClassDecorator {
  // A typo must not leave a handler more open than its author meant.
  for (const [member, value] of Object.entries(options)) {
    if (member !== 'onInvalidToken' || !POLICIES.includes(value)) {
      throw new MandateConfigurationError(
        '@Public',
        'accepts one option, onInvalidToken, which must be "ignore" or "reject"',
      );
    }
  }
  return accessDecorator('public', options.onInvalidToken ?? 'ignore');
}
