import type { VerifiedClaims } from '../../tokens/claims/token-claims.js';
import { TokenRejectedError } from '../../tokens/token-errors.js';

/**
 * Throws if the verified claims do not meet a requirement.
 *
 * @param now - milliseconds since the epoch.
 * @param tolerance - allowed clock skew in seconds.
 * @throws TokenRejectedError GROUPS_INSUFFICIENT, SCOPE_INSUFFICIENT, AUTHENTICATION_INSUFFICIENT
 *
 * @publicApi
 */
export type AccessRequirement = (claims: VerifiedClaims, now: number, tolerance: number) => void;

/** Compares what a token has with the names of a requirement. */
type Match = (own: readonly string[], names: readonly string[]) => boolean;

// Names are compared code unit by code unit: "Admin", "admin" and a look-alike in another script are three groups.
const hasAny: Match = (own, names) => names.some((name) => own.includes(name));
const hasAll: Match = (own, names) => names.every((name) => own.includes(name));
const hasNone: Match = (own, names) => !hasAny(own, names);

/** Requires the user to be in at least one of the groups. */
export function anyGroup(groups: readonly string[]): AccessRequirement {
  return groupRequirement(groups, hasAny);
}

/** Requires the user to be in each of the groups. */
export function allGroups(groups: readonly string[]): AccessRequirement {
  return groupRequirement(groups, hasAll);
}

/** Requires the user to be in none of the groups. */
export function noGroup(groups: readonly string[]): AccessRequirement {
  return groupRequirement(groups, hasNone);
}

/** Requires at least one of the scopes. */
export function anyScope(scopes: readonly string[]): AccessRequirement {
  return scopeRequirement(scopes, hasAny, { scope: scopes.join(' ') });
}

/** Requires each of the scopes. */
export function allScopes(scopes: readonly string[]): AccessRequirement {
  return scopeRequirement(scopes, hasAll, { scope: scopes.join(' ') });
}

/** Requires that the token has none of the scopes. The challenge names none, or clients would request them. */
export function noScope(scopes: readonly string[]): AccessRequirement {
  return scopeRequirement(scopes, hasNone, {});
}

/** Requires a sign-in of one of these authentication context classes (RFC 9470). */
export function acrAmong(classes: readonly string[]): AccessRequirement {
  const details = { acrValues: classes.join(' ') };
  return ({ acr }) => {
    if (acr === undefined || !classes.includes(acr)) {
      throw new TokenRejectedError('AUTHENTICATION_INSUFFICIENT', details);
    }
  };
}

/** Requires a sign-in within this number of seconds (RFC 9470). Renewing the tokens is not a sign-in. */
export function maxAge(seconds: number): AccessRequirement {
  const details = { maxAgeSeconds: seconds };
  return ({ auth_time: signedIn }, now, tolerance) => {
    if (signedIn === undefined || now / 1000 - signedIn > seconds + tolerance) {
      throw new TokenRejectedError('AUTHENTICATION_INSUFFICIENT', details);
    }
  };
}

function groupRequirement(groups: readonly string[], isMet: Match): AccessRequirement {
  return (claims) => {
    if (!isMet(claims['cognito:groups'] ?? [], groups)) {
      throw new TokenRejectedError('GROUPS_INSUFFICIENT');
    }
  };
}

function scopeRequirement(scopes: readonly string[], isMet: Match, details: { scope?: string }): AccessRequirement {
  return (claims) => {
    const scope = claims.token_use === 'access' ? claims.scope : undefined;
    if (!isMet(scope?.split(' ') ?? [], scopes)) {
      throw new TokenRejectedError('SCOPE_INSUFFICIENT', details);
    }
  };
}
