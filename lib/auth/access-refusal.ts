import type { MandateError } from '../errors/mandate-error.js';
import { TokenRejectedError, type TokenRejectionCode } from '../tokens/token-errors.js';
import { notify } from '../tokens/token-events.js';
import { AccessRefusedException, retryHeaders } from './access-refused.exception.js';
import { bearerChallenge } from './bearer-challenge.js';
import type { RegisteredPool } from './user-pools.js';

/** Refusals of which no verifier knows: those of this folder. */
const OWN_CODES: ReadonlySet<TokenRejectionCode> = new Set([
  'TOKEN_MISSING',
  'REQUEST_MALFORMED',
  'GROUPS_INSUFFICIENT',
  'SCOPE_INSUFFICIENT',
  'AUTHENTICATION_INSUFFICIENT',
]);

/** Turns what went wrong into what Nest answers, with its headers, and tells the pool's observer. */
export function refusalOf(error: MandateError, pool: RegisteredPool): AccessRefusedException {
  if (!(error instanceof TokenRejectedError)) {
    return new AccessRefusedException(error, retryHeaders(error));
  }
  if (OWN_CODES.has(error.code)) {
    notify(pool.observer, { type: 'access-refused', pool: pool.name, code: error.code });
  }
  return new AccessRefusedException(error, { 'WWW-Authenticate': bearerChallenge(pool.realm, error) });
}
