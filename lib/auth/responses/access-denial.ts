import type { MandateError } from '../../errors/mandate-error.js';
import { TokenRejectedError, type TokenRejectionCode } from '../../tokens/token-errors.js';
import { notify } from '../../tokens/token-events.js';
import { AccessRefusedException, retryHeaders } from './access-denied.exception.js';
import { bearerChallenge } from './bearer-challenge.js';
import type { RegisteredPool } from '../pools/user-pools.js';

/** Refusals of which no verifier knows: those of this folder. */
const OWN_CODES: ReadonlySet<TokenRejectionCode> = new Set([
  'TOKEN_MISSING',
  'REQUEST_MALFORMED',
  'GROUPS_INSUFFICIENT',
  'SCOPE_INSUFFICIENT',
  'AUTHENTICATION_INSUFFICIENT',
]);

const REFUSING_POOL = Symbol('mandate.refusing-pool');

/** Keeps with an error which of several pools refused with it: that one's realm is named, and its observer is told. */
export function refusedBy(pool: RegisteredPool, error: unknown): unknown {
  if (typeof error === 'object' && error !== null) {
    // An error of the application may be thrown more than once, and may be frozen.
    Reflect.defineProperty(error, REFUSING_POOL, { value: pool, configurable: true });
  }
  return error;
}

/**
 * Turns what went wrong into what Nest answers, with its headers, and tells the pool's observer.
 *
 * @param pool - whose refusal it is, unless the error itself knows that.
 */
export function refusalOf(
  error: MandateError & { readonly [REFUSING_POOL]?: RegisteredPool },
  pool: RegisteredPool,
): AccessRefusedException {
  const { [REFUSING_POOL]: refusing = pool } = error;
  if (!(error instanceof TokenRejectedError)) {
    return new AccessRefusedException(error, retryHeaders(error));
  }
  tellRefusal(error, refusing);
  return new AccessRefusedException(error, { 'WWW-Authenticate': bearerChallenge(refusing.realm, error) });
}

/** Tells the pool's observer of a refusal that no verifier has told of. */
export function tellRefusal({ code }: TokenRejectedError, pool: RegisteredPool): void {
  if (OWN_CODES.has(code)) {
    notify(pool.observer, { type: 'access-refused', pool: pool.name, code });
  }
}
