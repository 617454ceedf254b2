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
 * last rejection counts. Pools that must look the issuer up come last, so that none waits for the list of another, and a
 * list that fails counts only if no other pool accepts the token.
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
  const undecided: { readonly pool: RegisteredPool; readonly token: string; readonly accepts: Promise<boolean> }[] = [];
  const note = (pool: RegisteredPool, error: unknown): void => {
    rejection = { pool, error };
    if (!(error instanceof TokenRejectedError && PASSED_ON.has(error.code))) {
      onRejected(pool);
      throw error;
    }
  };
  for (const pool of pools) {
    try {
      const token = await tokenFor(source, pool);
      finder ??= token === undefined ? undefined : pool;
      if (token === undefined) {
        continue;
      }
      issuer = issuerOf(token, pool);
      const accepts = pool.verifier.accepts(issuer);
      if (accepts === true) {
        return await verify(pool, token);
      }
      if (accepts !== false) {
        undecided.push({ pool, token, accepts });
        accepts.catch(ignore);
      }
    } catch (error) {
      note(pool, error);
    }
  }
  for (const { pool, token, accepts } of undecided) {
    let isAccepted: boolean;
    try {
      isAccepted = await accepts;
    } catch (error) {
      // The list of one registration has failed. Another may know the issuer.
      rejection = { pool, error };
      continue;
    }
    try {
      if (isAccepted) {
        return await verify(pool, token);
      }
    } catch (error) {
      note(pool, error);
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

function ignore(): void {
  // Awaited later, unless another pool has decided by then.
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
async function tokenFor(source: TokenSource, pool: RegisteredPool): Promise<string | undefined> {
  try {
    return await extractToken(source, pool);
  } catch (error) {
    if (isTokenMissing(error)) {
      return undefined;
    }
    throw error;
  }
}
