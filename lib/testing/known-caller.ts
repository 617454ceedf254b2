import type { TokenUse, VerifiedClaims } from '../tokens/claims/token-claims.js';
import { TokenRejectedError } from '../tokens/token-errors.js';
import type { TokenExpectations } from '../tokens/verifier.js';
import { testClaims, type TestTokenOptions } from './test-claims.js';

/**
 * A caller that a test names in place of a token.
 *
 * @publicApi
 */
export interface KnownCaller extends Omit<TestTokenOptions, 'expiresInSeconds'> {
  /** Kind of token. Default: the kind that the handler accepts. */
  readonly tokenUse?: TokenUse;
  /** Name of the user pool. Default: the pool that the handler accepts. */
  readonly pool?: string;
  /** Value of `@CurrentUser()` where the application loads its own user. Default: the claims. */
  readonly user?: unknown;
  /** Value of `@AccessToken()`. Default: an unsigned JWT of the claims, which no verifier accepts. */
  readonly token?: string;
}

/** Where a known caller calls. */
export interface KnownCall {
  /** Name of the pool. */
  readonly pool: string;
  readonly clientId: string;
  readonly expectations?: TokenExpectations | undefined;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** The issuer of the claims of known callers. */
export function knownIssuer(pool: string): string {
  return `https://known-caller.invalid/${pool}`;
}

/**
 * The claims of a known caller.
 *
 * @throws TokenRejectedError TOKEN_USE_REFUSED
 */
export function knownClaims(caller: KnownCaller, { pool, clientId, expectations, now }: KnownCall): VerifiedClaims {
  const tokenUse = tokenUseOf(caller, expectations);
  return Object.freeze(testClaims({ ...caller, tokenUse }, { issuer: knownIssuer(pool), clientId, now }));
}

function tokenUseOf(caller: KnownCaller, expectations: TokenExpectations | undefined): TokenUse {
  const kind = caller.clientCredentials === true ? 'access' : caller.tokenUse;
  const accepted = [expectations?.tokenUse ?? []].flat();
  if (kind !== undefined && accepted.length > 0 && !accepted.includes(kind)) {
    throw new TokenRejectedError('TOKEN_USE_REFUSED');
  }
  return kind ?? accepted[0] ?? 'access';
}

/** A JWT without a signature (RFC 7519, section 6), for code that decodes the token. */
export function unsignedToken(claims: object): string {
  const [header, payload] = [{ alg: 'none' }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  return `${header ?? ''}.${payload ?? ''}.`;
}
