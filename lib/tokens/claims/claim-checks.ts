import { anyOf, type ClaimMismatch, claimMismatch, claimText, timeText } from '../claim-mismatch.js';
import { mismatched } from '../token-errors.js';
import { clientIdOf, type TokenUse, type VerifiedClaims } from './token-claims.js';

/** Rejects a token of an unexpected type. `null` accepts both types. */
export function checkTokenUse(claims: VerifiedClaims, expected: readonly TokenUse[] | null): void {
  if (expected !== null && !expected.includes(claims.token_use)) {
    const wanted = `${anyOf('token_use', expected)} (set by the option tokenUse, or @TokenUse of the handler)`;
    throw mismatched('TOKEN_USE_REFUSED', claimMismatch(wanted, claimText('token_use', claims.token_use)));
  }
}

/** Rejects a token of another app client. `null` accepts every client of the pool. */
export function checkClient(claims: VerifiedClaims, accepted: ReadonlySet<string> | null): void {
  if (accepted !== null && !accepted.has(clientIdOf(claims))) {
    const name = claims.token_use === 'id' ? 'aud' : 'client_id';
    throw mismatched('TOKEN_CLIENT_REFUSED', claimMismatch(anyOf(name, accepted), claimText(name, clientIdOf(claims))));
  }
}

/**
 * Rejects an access token for another audience (RFC 7519, section 4.1.3). Cognito leaves `aud` out of access tokens unless
 * they are bound to a resource or a trigger sets it to the client id. `null` accepts every audience.
 */
export function checkAudience(claims: VerifiedClaims, audiences: ReadonlySet<string> | null): void {
  if (claims.token_use === 'id' || claims.aud === undefined || audiences === null) {
    return;
  }
  const bound = typeof claims.aud === 'string' ? [claims.aud] : claims.aud;
  if (!bound.some((audience) => audience === claims.client_id || audiences.has(audience))) {
    throw mismatched(
      'TOKEN_CLIENT_REFUSED',
      claimMismatch(anyOf('aud', [claims.client_id, ...audiences]), claimText('aud', claims.aud)),
    );
  }
}

/**
 * Rejects a token on or after `exp` (RFC 7519, section 4.1.4) and before `nbf` (section 4.1.5).
 *
 * @param now - milliseconds since the epoch.
 * @param toleranceSeconds - seconds by which the clocks may differ.
 */
export function checkTime(claims: VerifiedClaims, now: number, toleranceSeconds: number): void {
  const seconds = now / 1000;
  if (seconds >= claims.exp + toleranceSeconds) {
    throw mismatched('TOKEN_EXPIRED', timeMismatch('exp in the future', timeText('exp', claims.exp), seconds));
  }
  if (claims.nbf !== undefined && seconds < claims.nbf - toleranceSeconds) {
    throw mismatched('TOKEN_NOT_YET_VALID', timeMismatch('nbf in the past', timeText('nbf', claims.nbf), seconds));
  }
}

/** The present is part of what came: what is expected must not change, or a log could not tell equal lines. */
function timeMismatch(expected: string, received: string, now: number): ClaimMismatch {
  return claimMismatch(expected, `${received} ${timeText('at', now)}`);
}
