import { readIssuer } from '../tokens/compact-jws.js';
import { TokenRejectedError } from '../tokens/token-errors.js';
import type { TokenSource } from './request-context.js';
import { extractToken } from './token-extractors.js';
import type { RegisteredPool } from './user-pools.js';

/** A token with the pool that has to verify it. */
export interface PoolToken {
  readonly pool: RegisteredPool;
  readonly token: string;
}

/**
 * Chooses among several pools by the issuer that the token names for itself. That is no more than a choice: the pool
 * still verifies the token.
 *
 * @throws TokenRejectedError TOKEN_MISSING, REQUEST_MALFORMED, TOKEN_MALFORMED, TOKEN_ISSUER_REFUSED
 */
export async function choosePool(source: TokenSource, pools: readonly RegisteredPool[]): Promise<PoolToken> {
  let refusal = new TokenRejectedError('TOKEN_MISSING');
  for (const pool of pools) {
    const token = tokenFor(source, pool);
    if (token !== undefined) {
      if (await pool.verifier.accepts(readIssuer(token))) {
        return { pool, token };
      }
      refusal = new TokenRejectedError('TOKEN_ISSUER_REFUSED');
    }
  }
  throw refusal;
}

/** Pools may look in different places; that one of them finds nothing says nothing about the others. */
function tokenFor(source: TokenSource, pool: RegisteredPool): string | undefined {
  try {
    return extractToken(source, pool.extractors);
  } catch (error) {
    if (error instanceof TokenRejectedError && error.code === 'TOKEN_MISSING') {
      return undefined;
    }
    throw error;
  }
}
