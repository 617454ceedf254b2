import type { Claims } from './jws.js';

/**
 * Claims of a test token that differ from what Cognito would issue.
 *
 * @publicApi
 */
export interface TokenOverrides {
  /** Groups of the user: the claim `cognito:groups`. An empty list removes the claim. */
  readonly groups?: readonly string[];
  /** Scopes of an access token: the claim `scope`. */
  readonly scopes?: readonly string[];
  /** Lifetime in seconds. Zero or a negative number makes a token that has expired already. */
  readonly expiresInSeconds?: number;
  /** Claims to add or replace, applied last. `undefined` removes a claim. */
  readonly claims?: Readonly<Record<string, unknown>>;
}

/** Applies overrides to the claims of a token. */
export function overrideClaims(claims: Claims, overrides: TokenOverrides): Claims {
  const { groups, scopes, expiresInSeconds } = overrides;
  return {
    ...claims,
    ...(groups !== undefined && { 'cognito:groups': groups.length > 0 ? groups : undefined }),
    ...(scopes !== undefined && claims['token_use'] === 'access' && { scope: scopes.join(' ') }),
    ...(expiresInSeconds !== undefined && { exp: Number(claims['iat']) + expiresInSeconds }),
    ...overrides.claims,
  };
}
