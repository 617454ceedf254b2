import { readIssuer } from '../../tokens/jws/compact-jws.js';
import { anyOf, claimMismatch, claimText } from '../../tokens/claim-mismatch.js';
import { mismatched, TokenRejectedError, type TokenRejectionCode } from '../../tokens/token-errors.js';
import { notify } from '../../tokens/token-events.js';
import { extractToken, isTokenMissing } from '../extractors/extract-token.js';
import type { TokenSource } from '../request-context.js';
import type { RegisteredPool } from './user-pools.js';

/** Verifies a token with the pool that was selected for it. */
type Verify<T> = (pool: RegisteredPool, token: string) => T | Promise<T>;

/** Rejections after which another registration may accept the token: the same user pool with another app client. */
const PASSED_ON: ReadonlySet<TokenRejectionCode> = new Set(['TOKEN_CLIENT_REFUSED', 'TOKEN_USE_REFUSED']);

/** The pool that rejected a token, and its error. */
interface Rejection {
  readonly pool: RegisteredPool;
  readonly error: unknown;
}

/**
 * Verifies a token with the pool that accepts the token's unverified issuer. The issuer selects the pool and nothing more.
 * If several pools accept it they are tried in order, until one does not reject the token for its client or its kind; the
 * last rejection counts.
 *
 * @param onRejected - called with the pool that the error came from, unless no token was sent.
 * @throws TokenRejectedError TOKEN_MISSING, REQUEST_MALFORMED, TOKEN_MALFORMED, TOKEN_ISSUER_REFUSED
 * @throws what `verify` throws.
 */
export async function verifyByIssuer<T>(
  source: TokenSource,
  pools: readonly RegisteredPool[],
  verify: Verify<T>,
  onRejected: (pool: RegisteredPool) => void,
): Promise<T> {
  let finder: RegisteredPool | undefined;
  let issuer: string | undefined;
  let rejection: Rejection | undefined;
  for (const pool of pools) {
    try {
      const token = tokenFor(source, pool);
      finder ??= token === undefined ? undefined : pool;
      if (token === undefined) {
        continue;
      }
      issuer = issuerOf(token, pool);
      if (await pool.verifier.accepts(issuer)) {
        return await verify(pool, token);
      }
    } catch (error) {
      rejection = { pool, error };
      if (!(error instanceof TokenRejectedError && PASSED_ON.has(error.code))) {
        break;
      }
    }
  }
  rejection ??= finder && {
    pool: finder,
    error: rejected(
      finder,
      mismatched(
        'TOKEN_ISSUER_REFUSED',
        claimMismatch(
          `a token of ${anyOf(
            'pool',
            pools.map(({ name }) => name),
          )}`,
          claimText('iss', issuer),
        ),
      ),
    ),
  };
  if (rejection === undefined) {
    throw new TokenRejectedError('TOKEN_MISSING');
  }
  onRejected(rejection.pool);
  throw rejection.error;
}

function issuerOf(token: string, pool: RegisteredPool): string {
  try {
    return readIssuer(token);
  } catch {
    throw rejected(pool, new TokenRejectedError('TOKEN_MALFORMED'));
  }
}

/** Rejects a token that no verifier has seen, and notifies the observer as a verifier would. */
function rejected({ observer, name }: RegisteredPool, error: TokenRejectedError): TokenRejectedError {
  notify(observer, { type: 'token-rejected', pool: name, code: error.code, ...error.mismatch });
  return error;
}

/** Pools may read from different places: a call without a token for one may carry one for the next. */
function tokenFor(source: TokenSource, pool: RegisteredPool): string | undefined {
  try {
    return extractToken(source, pool.extractors);
  } catch (error) {
    if (isTokenMissing(error)) {
      return undefined;
    }
    throw error;
  }
}
