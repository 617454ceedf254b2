import { decodeClaims } from '../tokens/jws.js';
import { signInOfRefreshToken } from '../tokens/refresh-tokens.js';
import type { ClientInPool } from '../pools/pool-lookup.js';
import { TokenError } from './token-error.js';

/**
 * Revokes a refresh token and with it every token of the sign-in (RFC 7009). An unknown token changes nothing.
 *
 * @throws TokenError `invalid_request` without a token or if the client has revocation turned off,
 *   `unsupported_token_type` for an access or ID token.
 */
export function revoke({ pool, client }: ClientInPool, token: string): void {
  if (token === '' || !client.settings.EnableTokenRevocation) {
    throw new TokenError('invalid_request');
  }
  if (decodeClaims(token) !== undefined) {
    throw new TokenError('unsupported_token_type');
  }
  const signIn = signInOfRefreshToken(pool, token);
  if (signIn?.clientId === client.id) {
    pool.signIns.revoke(signIn);
  }
}
