import type { AppClient } from '../../model/app-client.js';
import type { Pool } from '../../model/pool.js';
import type { SignIn } from '../../model/sign-in.js';
import { assertSameDevice } from '../devices/device-records.js';
import type { Environment } from '../environment.js';
import { type CallOrigin, trackRefresh } from '../sessions/session-tracking.js';
import { rotateRefreshToken, rotates, useRefreshToken } from './refresh-tokens.js';
import { issueTokens } from './token-issuer.js';

/** A refresh token to use. */
export interface Renewal {
  readonly pool: Pool;
  readonly client: AppClient;
  readonly refreshToken: string;
  readonly deviceKey?: string | undefined;
  readonly clientMetadata?: Record<string, string> | undefined;
  readonly origin: CallOrigin;
  /** Whether the access token stays bound to the sign-in's resource. Documented for the token endpoint only. */
  readonly keepsResource: boolean;
}

/** The new tokens of a sign-in. */
export interface RenewedTokens {
  readonly signIn: SignIn;
  /** With a refresh token if the client rotates them. */
  readonly tokens: Awaited<ReturnType<typeof issueTokens>>;
}

/**
 * Renews the tokens of a sign-in, and rotates the refresh token if the client does that. Every use of a rotated token
 * within its grace period gives another successor, so the family forks.
 *
 * @throws CognitoFault NotAuthorizedException or RefreshTokenReuseException if the refresh token is not valid.
 */
export async function renewTokens(environment: Environment, renewal: Renewal): Promise<RenewedTokens> {
  const { pool, client, clientMetadata, keepsResource } = renewal;
  const usable = useRefreshToken(environment, pool, client, renewal.refreshToken);
  const { signIn, user } = usable;
  assertSameDevice(pool, signIn, renewal.deviceKey);
  trackRefresh(environment, signIn, renewal.origin);
  const resource = keepsResource ? signIn.managedLogin?.resource : undefined;
  const tokens = await issueTokens(environment, {
    ...{ pool, client, user, signIn, clientMetadata, resource },
    source: 'RefreshTokens',
  });
  const rotated = rotates(client) && { RefreshToken: rotateRefreshToken(environment, pool, usable) };
  return { signIn, tokens: { ...tokens, ...rotated } };
}
