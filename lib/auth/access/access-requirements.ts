import type { VerifiedClaims } from '../../tokens/claims/token-claims.js';
import { claimMismatch } from '../../tokens/claim-mismatch.js';
import { mismatched } from '../../tokens/token-errors.js';

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

function listed(names: readonly string[], kind: string): string {
  return names.length === 0 ? `no ${kind}` : `${kind} ${names.join(', ')}`;
}

/** Requires the user to be in at least one of the groups. */
export function anyGroup(groups: readonly string[]): AccessRequirement {
  return groupRequirement(groups, hasAny, 'any of the');
}

/** Requires the user to be in each of the groups. */
export function allGroups(groups: readonly string[]): AccessRequirement {
  return groupRequirement(groups, hasAll, 'all of the');
}

/** Requires the user to be in none of the groups. */
export function noGroup(groups: readonly string[]): AccessRequirement {
  return groupRequirement(groups, hasNone, 'none of the');
}

/** Requires at least one of the scopes. */
export function anyScope(scopes: readonly string[]): AccessRequirement {
  return scopeRequirement(scopes, hasAny, 'any of the', { scope: scopes.join(' ') });
}

/** Requires each of the scopes. */
export function allScopes(scopes: readonly string[]): AccessRequirement {
  return scopeRequirement(scopes, hasAll, 'all of the', { scope: scopes.join(' ') });
}

/** Requires that the token has none of the scopes. The challenge names none, or clients would request them. */
export function noScope(scopes: readonly string[]): AccessRequirement {
  return scopeRequirement(scopes, hasNone, 'none of the', {});
}

/** Requires a sign-in of one of these authentication context classes (RFC 9470). */
export function acrAmong(classes: readonly string[]): AccessRequirement {
  const details = { acrValues: classes.join(' ') };
  return ({ acr }) => {
    if (acr === undefined || !classes.includes(acr)) {
      const received = listed(acr === undefined ? [] : [acr], 'acr');
      throw mismatched('AUTHENTICATION_INSUFFICIENT', claimMismatch(listed(classes, 'acr'), received), details);
    }
  };
}

/** Requires a sign-in within this number of seconds (RFC 9470). Renewing the tokens is not a sign-in. */
export function maxAge(seconds: number): AccessRequirement {
  const details = { maxAgeSeconds: seconds };
  return ({ auth_time: signedIn }, now, tolerance) => {
    if (signedIn === undefined || now / 1000 - signedIn > seconds + tolerance) {
      const received = signedIn === undefined ? 'no auth_time' : `a sign-in ${Math.floor(now / 1000 - signedIn)} s ago`;
      const mismatch = claimMismatch(`a sign-in within ${seconds} s`, received);
      throw mismatched('AUTHENTICATION_INSUFFICIENT', mismatch, details);
    }
  };
}

function groupRequirement(groups: readonly string[], isMet: Match, quantity: string): AccessRequirement {
  const expected = `${quantity} ${listed(groups, 'groups')}`;
  return (claims) => {
    const own = claims['cognito:groups'] ?? [];
    if (!isMet(own, groups)) {
      throw mismatched('GROUPS_INSUFFICIENT', claimMismatch(expected, listed(own, 'groups')));
    }
  };
}

function scopeRequirement(
  scopes: readonly string[],
  isMet: Match,
  quantity: string,
  challenge: { scope?: string },
): AccessRequirement {
  const expected = `${quantity} ${listed(scopes, 'scopes')}`;
  return (claims) => {
    const scope = claims.token_use === 'access' ? claims.scope : undefined;
    const own = scope?.split(' ') ?? [];
    if (!isMet(own, scopes)) {
      const received = claims.token_use === 'id' ? 'an id token, which has none' : listed(own, 'scopes');
      throw mismatched('SCOPE_INSUFFICIENT', claimMismatch(expected, received), challenge);
    }
  };
}
