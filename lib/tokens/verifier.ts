import type { TokenUse, VerifiedClaims } from './claims/token-claims.js';
import type { SigningKeysStatus } from './keys/signing-keys.js';

/**
 * Requirements of one call, in addition to those of the pool.
 *
 * @publicApi
 */
export interface TokenExpectations {
  /** Types of token to accept instead of the pool's; `null` accepts both. Default: as the pool is configured. */
  readonly tokenUse?: TokenUse | readonly TokenUse[] | null;
  /**
   * Audiences of resource-bound access tokens to accept instead of the pool's; `null` accepts all. Default: as the pool is
   * configured.
   */
  readonly audiences?: readonly string[] | null;
  /** `null`: revocation is not checked, for a token that has come straight from Cognito. Default: as configured. */
  readonly revocation?: null;
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
   * Does the same as `verify`, synchronously, if there is nothing to wait for. Otherwise, and for a string that is not
   * a token, returns `undefined`: call `verify` then.
   *
   * @throws what `verify` rejects with.
   */
  verifySync?(token: string, expectations?: TokenExpectations): VerifiedClaims | undefined;

  /**
   * The claims of a token that passes every check.
   *
   * @throws TokenRejectedError if the token is rejected.
   * @throws SigningKeysUnavailableError, RevocationCheckFailedError, TenantsUnavailableError if it could not be
   *   checked.
   */
  verify(token: string, expectations?: TokenExpectations): Promise<VerifiedClaims>;

  /** The status of the keys of each issuer, for health checks. Never causes a request. */
  keys(): readonly SigningKeysStatus[];

  /** Ends what is under way, and starts no further requests, so that the process can end. Known keys stay in use. */
  close?(): void;
}
