import type { MandateError } from '../../errors/mandate-error.js';
import { claimMismatch } from '../../tokens/claim-mismatch.js';
import { mismatched, TokenRejectedError, type TokenRejectionCode } from '../../tokens/token-errors.js';
import { notify } from '../../tokens/token-events.js';
import type { RegisteredPool } from '../pools/user-pools.js';
import { AccessDeniedException } from './access-denied.exception.js';
import { bearerChallenge } from './bearer-challenge.js';

/** Rejections that originate here. The verifiers report the others to the observer themselves. */
const OWN_CODES: ReadonlySet<TokenRejectionCode> = new Set([
  'TOKEN_MISSING',
  'REQUEST_MALFORMED',
  'GROUPS_INSUFFICIENT',
  'SCOPE_INSUFFICIENT',
  'AUTHENTICATION_INSUFFICIENT',
]);

/** Converts an error into the exception that Nest answers with, and notifies the observer of the pool. */
export function denyAccess(error: MandateError, pool: RegisteredPool): AccessDeniedException {
  if (!(error instanceof TokenRejectedError)) {
    return new AccessDeniedException(error);
  }
  notifyOfDenial(error, pool);
  return new AccessDeniedException(error, { 'WWW-Authenticate': bearerChallenge(pool.realm, error) });
}

/** The rejection of a valid token for which the application has no user. The observer of the pool is notified. */
export function rejectUnknownUser(pool: RegisteredPool): TokenRejectedError {
  const mismatch = claimMismatch('a user of the application', 'a token of a user that it does not know');
  const error = mismatched('TOKEN_CLAIMS_INVALID', mismatch);
  notifyOf(error, pool);
  return error;
}

/** Notifies the observer of the pool, unless a verifier has done so. */
export function notifyOfDenial(error: TokenRejectedError, pool: RegisteredPool): void {
  if (OWN_CODES.has(error.code)) {
    notifyOf(error, pool);
  }
}

function notifyOf({ code, mismatch }: TokenRejectedError, pool: RegisteredPool): void {
  notify(pool.observer, { type: 'access-denied', pool: pool.name, code, ...mismatch });
}
