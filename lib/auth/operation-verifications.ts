import type { VerifiedClaims } from '../tokens/claims/token-claims.js';
import type { TokenExpectations } from '../tokens/verifier.js';
import { attached } from './graphql-call.js';
import { expiryOf } from './pools/token-expiry.js';
import type { RegisteredPool } from './pools/user-pools.js';

/** One verification, under way or finished. */
interface Verification {
  readonly claims: Promise<VerifiedClaims>;
  /** Milliseconds since the epoch; endless while it is under way. */
  validUntil: number;
}

/** On an execution: its verifications by token, kind and pool. */
const VERIFICATIONS = Symbol('mandate.verifications');

/** Milliseconds for which an outcome is shared: an operation with `@defer` or a subscription may take hours. */
const VALIDITY = 5_000;

/**
 * Verifies a token once for all fields of a GraphQL operation, so that two thousand aliases ask a revocation store one
 * question. An outcome, also a rejection, is shared for five seconds and no longer than the token is valid.
 */
export function verifyOnce(
  execution: object,
  pool: RegisteredPool,
  token: string,
  expectations: TokenExpectations | undefined,
): Promise<VerifiedClaims> {
  const verifications = attached(execution, VERIFICATIONS, () => new Map<string, Verification>());
  const key = JSON.stringify([token, pool.name, expectations]);
  const known = verifications?.get(key);
  if (known !== undefined && pool.clock() < known.validUntil) {
    return known.claims;
  }
  const verification = { claims: pool.verifier.verify(token, expectations), validUntil: Number.POSITIVE_INFINITY };
  verifications?.set(key, verification);
  verification.claims.then(
    (claims) => {
      verification.validUntil = Math.min(pool.clock() + VALIDITY, expiryOf(claims, pool));
    },
    () => {
      verification.validUntil = pool.clock() + VALIDITY;
    },
  );
  return verification.claims;
}
