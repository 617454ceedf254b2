import type { TokenUse as TokenUseClaim } from '../../tokens/claims/token-claims.js';
import { accessDecorator } from '../access/access-metadata.js';

/**
 * The kind of a Cognito token: the value of its claim `token_use`.
 *
 * @publicApi
 */
export type TokenUse = TokenUseClaim;

/**
 * Accepts tokens of these kinds, instead of the kind that the module's option `tokenUse` names (default: `access`).
 *
 * Another kind is denied with 401 TOKEN_USE_REFUSED. Id tokens carry the user's attributes and are meant for the client
 * itself; prefer access tokens for APIs. Requires `CognitoAuthGuard`.
 *
 * @example
 * \@TokenUse('id')
 * \@Get('profile')
 * profile(\@CurrentUser() user: IdTokenClaims) { ... }
 *
 * @param kinds - `access`, `id` or both.
 * @throws MandateConfigurationError when the decorated class is loaded, if there is no kind.
 *
 * @publicApi
 */
export function TokenUse(...kinds: readonly [TokenUse, ...TokenUse[]]): MethodDecorator & ClassDecorator {
  return accessDecorator('tokenUse', kinds);
}
