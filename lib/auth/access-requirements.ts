import type { VerifiedClaims } from '../tokens/claims/token-claims.js';
import { TokenRejectedError } from '../tokens/token-errors.js';

/**
 * Refuses a call whose verified claims do not suffice.
 *
 * @param now - milliseconds since the epoch.
 * @param tolerance - seconds by which the clocks may differ.
 * @throws TokenRejectedError GROUPS_INSUFFICIENT, SCOPE_INSUFFICIENT, AUTHENTICATION_INSUFFICIENT
 */
export type AccessRequirement = (claims: VerifiedClaims, now: number, tolerance: number) => void;

// Names are compared code unit by code unit: "Admin", "admin" and a look-alike in another script are three groups.

/** The user is in one of the groups. */
export function anyGroup(groups: readonly string[]): AccessRequirement {
  return groupRequirement((own) => groups.some((group) => own.includes(group)));
}

/** The user is in each of the groups. */
export function allGroups(groups: readonly string[]): AccessRequirement {
  return groupRequirement((own) => groups.every((group) => own.includes(group)));
}

/** The user is in none of the groups. */
export function noGroup(groups: readonly string[]): AccessRequirement {
  return groupRequirement((own) => !groups.some((group) => own.includes(group)));
}

/** The token has each of the scopes. */
export function allScopes(scopes: readonly string[]): AccessRequirement {
  return scopeRequirement(scopes, (own) => scopes.every((scope) => own.includes(scope)));
}

/** The token has one of the scopes. */
export function anyScope(scopes: readonly string[]): AccessRequirement {
  return scopeRequirement(scopes, (own) => scopes.some((scope) => own.includes(scope)));
}

/** The sign-in was of one of these authentication context classes (RFC 9470). */
export function acrAmong(classes: readonly string[]): AccessRequirement {
  const details = { acrValues: classes.join(' ') };
  return ({ acr }) => {
    if (acr === undefined || !classes.includes(acr)) {
      throw new TokenRejectedError('AUTHENTICATION_INSUFFICIENT', details);
    }
  };
}

/** The user signed in at most so many seconds ago (RFC 9470); renewing the token does not count. */
export function maxAge(seconds: number): AccessRequirement {
  const details = { maxAgeSeconds: seconds };
  return ({ auth_time: signedIn }, now, tolerance) => {
    if (signedIn === undefined || now / 1000 - signedIn > seconds + tolerance) {
      throw new TokenRejectedError('AUTHENTICATION_INSUFFICIENT', details);
    }
  };
}

function groupRequirement(suffices: (own: readonly string[]) => boolean): AccessRequirement {
  return (claims) => {
    if (!suffices(claims['cognito:groups'] ?? [])) {
      throw new TokenRejectedError('GROUPS_INSUFFICIENT');
    }
  };
}

function scopeRequirement(needed: readonly string[], suffices: (own: readonly string[]) => boolean): AccessRequirement {
  const details = { scope: needed.join(' ') };
  return (claims) => {
    const scope = claims.token_use === 'access' ? claims.scope : undefined;
    if (!suffices(scope?.split(' ') ?? [])) {
      throw new TokenRejectedError('SCOPE_INSUFFICIENT', details);
    }
  };
}
