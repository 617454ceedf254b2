import type { TokenUse, VerifiedClaims } from './claims/token-claims.js';
import type { SigningKeysStatus } from './keys/signing-keys.js';

/**
 * What one caller requires of a token beyond what the pool requires of all.
 *
 * @publicApi
 */
export interface TokenExpectations {
  /** Types of token to accept instead of the pool's; `null` accepts both. Default: as the pool is configured. */
  readonly tokenUse?: TokenUse | readonly TokenUse[] | null;
}

/**
 * Verifies tokens of one user pool, or of many tenants.
 *
 * @publicApi
 */
export interface Verifier {
  /** Whether tokens of this issuer are verified here. Never causes a request to an issuer that is not listed. */
  accepts(issuer: string): boolean | Promise<boolean>;

  /**
   * Does the same as `verify`, synchronously, if nothing has to be waited for. Returns `undefined` if it has, and for a
   * text that is not a token: call `verify` then.
   *
   * @throws what `verify` rejects with.
   */
  verifySync?(token: string, expectations?: TokenExpectations): VerifiedClaims | undefined;

  /**
   * The claims of a token that passes every check.
   *
   * @throws TokenRejectedError if the token is rejected.
   * @throws SigningKeysUnavailableError, RevocationCheckFailedError, TenantsUnavailableError if it could not be checked.
   */
  verify(token: string, expectations?: TokenExpectations): Promise<VerifiedClaims>;

  /** The status of the keys of each issuer, for health checks. Never causes a request. */
  keys(): readonly SigningKeysStatus[];
}
