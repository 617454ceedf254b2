import type { AppClient } from '../../model/app-client.js';
import type { AuthorizationGrant } from '../../model/authorization-code.js';
import type { Pool } from '../../model/pool.js';
import type { Environment } from '../environment.js';
import { type CallOrigin, trackSignIn } from '../sessions/session-tracking.js';
import { openSignIn } from '../tokens/refresh-tokens.js';
import { issueTokens } from '../tokens/token-issuer.js';
import { invalidGrant } from './token-error.js';
import { type TokenResponse, tokenResponse } from './token-response.js';

/** A grant to be turned into tokens. */
export interface Redemption {
  readonly pool: Pool;
  readonly client: AppClient;
  readonly grant: Omit<AuthorizationGrant, 'expiresAt'>;
  readonly caller: CallOrigin;
  /** False for the implicit grant (RFC 6749 section 4.2.2). */
  readonly withRefreshToken: boolean;
}

/**
 * Issues the tokens of an authorization grant.
 *
 * @throws TokenError `invalid_grant` if the user is disabled or no longer exists.
 */
export async function redeemGrant(
  environment: Environment,
  { pool, client, grant, caller, withRefreshToken }: Redemption,
): Promise<TokenResponse> {
  const { session, scopes, nonce, resource } = grant;
  const user = pool.users.bySubject(session.sub);
  if (!user?.enabled) {
    throw invalidGrant();
  }
  const managedLogin = {
    scopes: [...scopes],
    authTime: Math.floor(session.authenticatedAt / 1000),
    ...(resource !== undefined && { resource }),
  };
  const { signIn, refreshToken } = openSignIn(environment, { pool, client, user, managedLogin });
  signIn.methods = session.methods;
  trackSignIn(environment, pool, user, signIn, caller);
  const tokens = await issueTokens(environment, {
    ...{ pool, client, user, signIn, nonce, resource },
    source: 'HostedAuth',
  });
  return tokenResponse(signIn, { ...tokens, ...(withRefreshToken && { RefreshToken: refreshToken }) });
}
