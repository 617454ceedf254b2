import type { SigningKeysStatus } from './keys/signing-keys.js';
import type { TokenUse, VerifiedClaims } from './claims/token-claims.js';

/** What one caller asks of a token beyond what the pool asks of all. */
export interface TokenExpectations {
  /** Kinds of token to accept instead of the pool's; `null` accepts both. */
  readonly tokenUse?: TokenUse | readonly TokenUse[] | null;
}

/** Whoever can tell a good token from a bad one: one user pool, or many tenants. */
export interface Verifier {
  /** Whether tokens of this issuer are its business. Never causes a request to an issuer that is not listed. */
  accepts(issuer: string): boolean | Promise<boolean>;

  /**
   * The claims of a token that passed before and still passes, without waiting; `undefined` if that cannot be told
   * without waiting. Throws what `verify` rejects with.
   */
  recall(token: string, expectations?: TokenExpectations): VerifiedClaims | undefined;

  /**
   * The claims of a token that passes every check.
   *
   * @throws TokenRejectedError if the token is refused.
   * @throws SigningKeysUnavailableError, RevocationCheckFailedError if nothing can be said about it.
   */
  verify(token: string, expectations?: TokenExpectations): Promise<VerifiedClaims>;

  /** What is known about the keys of each issuer, for health checks. Never causes a request. */
  keys(): readonly SigningKeysStatus[];
}
