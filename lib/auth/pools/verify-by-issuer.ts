import { readIssuer } from '../../tokens/jws/compact-jws.js';
import { TokenRejectedError, type TokenRejectionCode } from '../../tokens/token-errors.js';
import { notify } from '../../tokens/token-events.js';
import { refusedBy } from '../responses/access-denial.js';
import type { TokenSource } from '../request-context.js';
import { extractToken } from '../extractors/token-extractors.js';
import type { RegisteredPool } from './user-pools.js';

/** What is done with a token once it is known whose it may be. */
type Verify<T> = (pool: RegisteredPool, token: string) => T | Promise<T>;

/** After these a token may still be good for another registration: of the same user pool, for another app client. */
const PERHAPS_ANOTHERS: ReadonlySet<TokenRejectionCode> = new Set(['TOKEN_CLIENT_REFUSED', 'TOKEN_USE_REFUSED']);

/**
 * Has a token verified by that one of several pools which accepts the issuer that the token names for itself. That is no
 * more than a choice: the pool still verifies the token. Where several accept the issuer they are asked in order, until
 * one does not refuse the token for its client or its kind; the last refusal counts. It is known whose it is.
 *
 * @throws TokenRejectedError TOKEN_MISSING, REQUEST_MALFORMED, TOKEN_MALFORMED, TOKEN_ISSUER_REFUSED
 * @throws what `verify` throws.
 */
export async function choosePool<T>(
  source: TokenSource,
  pools: readonly RegisteredPool[],
  verify: Verify<T>,
): Promise<T> {
  let finder: RegisteredPool | undefined;
  let refusal: unknown;
  for (const pool of pools) {
    try {
      const token = tokenFor(source, pool);
      finder ??= token === undefined ? undefined : pool;
      if (token !== undefined && (await pool.verifier.accepts(issuerIn(token, pool)))) {
        return await verify(pool, token);
      }
    } catch (error) {
      refusal = refusedBy(pool, error);
      if (!(error instanceof TokenRejectedError && PERHAPS_ANOTHERS.has(error.code))) {
        throw refusal;
      }
    }
  }
  throw refusal ?? (finder ? refuse(finder, 'TOKEN_ISSUER_REFUSED') : new TokenRejectedError('TOKEN_MISSING'));
}

function issuerIn(token: string, pool: RegisteredPool): string {
  try {
    return readIssuer(token);
  } catch {
    throw refuse(pool, 'TOKEN_MALFORMED');
  }
}

/** Refuses a token that no verifier has seen, and tells of it as they do. */
function refuse(pool: RegisteredPool, code: TokenRejectionCode): unknown {
  notify(pool.observer, { type: 'token-refused', pool: pool.name, code });
  return refusedBy(pool, new TokenRejectedError(code));
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
