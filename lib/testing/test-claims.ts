import { createHash, randomUUID } from 'node:crypto';

import { API_SCOPE } from '../local/engine/tokens/refresh-tokens.js';
import { overrideClaims, type TokenOverrides } from '../local/engine/tokens/token-overrides.js';
import type { TokenUse, VerifiedClaims } from '../tokens/claims/token-claims.js';

const DEFAULT_USERNAME = 'test-user';
const DEFAULT_LIFETIME_SECONDS = 3_600;

/**
 * The caller that a test token names. Every member has a default, so `{}` is a valid user without groups.
 *
 * @publicApi
 */
export interface TestTokenOptions extends TokenOverrides {
  /** Kind of token. Default: `access`. */
  readonly tokenUse?: TokenUse;
  /** Default: `test-user`. */
  readonly username?: string;
  /** Default: a UUID derived from the username, so that a user keeps the same `sub` in all tokens. */
  readonly sub?: string;
  /** App client that the token is issued to. Default: that of the issuer. */
  readonly clientId?: string;
  /**
   * Whether this is the access token of an app client and not of a user (RFC 6749, section 4.4): `sub` is the client id
   * and there is no username. Default: false.
   */
  readonly clientCredentials?: boolean;
}

/** Where and when a token is issued. */
export interface TestTokenContext {
  readonly issuer: string;
  readonly clientId: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** The claims that Cognito would issue for the caller, with the overrides applied. */
export function testClaims(options: TestTokenOptions, context: TestTokenContext): VerifiedClaims {
  const claims = { ...callerClaims(options, context), ...registeredClaims(context) };
  const complete = overrideClaims(claims, options);
  return Object.fromEntries(Object.entries(complete).filter(([, value]) => value !== undefined)) as VerifiedClaims;
}

function callerClaims(options: TestTokenOptions, context: TestTokenContext): Readonly<Record<string, unknown>> {
  const { tokenUse = 'access', username = DEFAULT_USERNAME, clientId = context.clientId } = options;
  if (options.clientCredentials === true) {
    return { sub: clientId, token_use: 'access', client_id: clientId, scope: '' };
  }
  const user = { sub: options.sub ?? subjectOf(username), token_use: tokenUse, origin_jti: randomUUID() };
  return tokenUse === 'id'
    ? { ...user, aud: clientId, 'cognito:username': username }
    : { ...user, client_id: clientId, username, scope: API_SCOPE };
}

function registeredClaims({ issuer, now }: TestTokenContext): Readonly<Record<string, unknown>> {
  const seconds = Math.floor(now / 1000);
  return {
    iss: issuer,
    iat: seconds,
    auth_time: seconds,
    exp: seconds + DEFAULT_LIFETIME_SECONDS,
    jti: randomUUID(),
    event_id: randomUUID(),
  };
}

/** A UUID that depends on nothing but the username. */
function subjectOf(username: string): string {
  const hex = createHash('sha256').update(username).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}
