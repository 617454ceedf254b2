import { TokenRejectedError } from '../../../tokens/token-errors.js';
import type { AuthApiCall } from '../auth-api-call.js';

/**
 * The access token of a caller who must be signed in. The guard of the controller has denied others already; resolvers may
 * forget it.
 *
 * @throws TokenRejectedError TOKEN_MISSING
 */
export function accessTokenOf({ accessToken }: AuthApiCall): string {
  if (accessToken === undefined) {
    throw new TokenRejectedError('TOKEN_MISSING');
  }
  return accessToken;
}
