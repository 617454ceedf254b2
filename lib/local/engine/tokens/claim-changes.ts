import type { AccessTokenChanges, ClaimChanges, GroupConfiguration } from '../../model/token-generation-events.js';
import { unrecognizableOutput } from '../trigger-runner.js';
import type { TokenClaims } from './token-request.js';

type ClaimSet = Record<string, unknown>;

/** Claims that no trigger may touch; neither may it add any `cognito:` or `dev:` claim. */
const FIXED: readonly string[] = [
  'acr',
  'amr',
  'aud',
  'at_hash',
  'auth_time',
  'azp',
  'client_id',
  'device_key',
  'event_id',
  'exp',
  'iat',
  'identities',
  'iss',
  'jti',
  'nbf',
  'nonce',
  'origin_jti',
  'scope',
  'sub',
  'token_use',
  'username',
  'version',
];
/** Claims of a fixed type: a list or an object in their place is ignored. */
const PLAIN: readonly string[] = ['email_verified', 'phone_number_verified', 'updated_at', 'address'];
const GROUP_CLAIMS: readonly string[] = ['cognito:groups', 'cognito:roles', 'cognito:preferred_role'];

/** Adds and removes claims; what is to be suppressed goes in any case. */
export function changedClaims(claims: ClaimSet, changes: ClaimChanges | null | undefined): ClaimSet {
  const added = Object.entries(changes?.claimsToAddOrOverride ?? {}).filter(([name, value]) => mayAdd(name, value));
  const suppressed = new Set((changes?.claimsToSuppress ?? []).filter(maySuppress).flatMap(withCompanions));
  return Object.fromEntries(
    Object.entries({ ...claims, ...Object.fromEntries(added) }).filter(([name]) => !suppressed.has(name)),
  );
}

/**
 * Changes the access token of a trigger of version 2 or 3.
 *
 * @throws CognitoFault InvalidLambdaResponseException for a scope with a space in it.
 */
export function changedAccessClaims(
  claims: ClaimSet,
  changes: AccessTokenChanges | null | undefined,
  clientId: string,
): ClaimSet {
  const { scopesToAdd = [], scopesToSuppress = [] } = changes ?? {};
  if ([...scopesToAdd, ...scopesToSuppress].some((scope) => /\s/.test(scope))) {
    throw unrecognizableOutput();
  }
  const { scope, ...others } = changedClaims(claims, changes);
  const scopes = [...new Set([...scopesOf(scope), ...scopesToAdd])].filter((name) => !scopesToSuppress.includes(name));
  return {
    ...others,
    ...(scopes.length > 0 && { scope: scopes.join(' ') }),
    // An audience may be added to an access token, but only the client itself.
    ...(changes?.claimsToAddOrOverride?.['aud'] === clientId && { aud: clientId }),
  };
}

/** Replaces a user's groups in both tokens, and roles in the id token. */
export function withGroups({ access, id }: TokenClaims, groups: GroupConfiguration | null): TokenClaims {
  const { groupsToOverride = [], iamRolesToOverride = [], preferredRole } = groups ?? {};
  const names = groupsToOverride.length > 0 ? { 'cognito:groups': groupsToOverride } : {};
  return {
    access: { ...without(access, GROUP_CLAIMS), ...names },
    id: {
      ...without(id, GROUP_CLAIMS),
      ...names,
      ...(iamRolesToOverride.length > 0 && { 'cognito:roles': iamRolesToOverride }),
      ...(preferredRole && { 'cognito:preferred_role': preferredRole }),
    },
  };
}

/** The scopes of a `scope` claim. */
export function scopesOf(scope: unknown): string[] {
  return typeof scope === 'string' && scope !== '' ? scope.split(' ') : [];
}

function mayAdd(name: string, value: unknown): boolean {
  const isComplex = typeof value === 'object' && value !== null;
  return (
    !FIXED.includes(name) &&
    !name.startsWith('cognito:') &&
    !name.startsWith('dev:') &&
    !(isComplex && PLAIN.includes(name))
  );
}

function maySuppress(name: string): boolean {
  return !FIXED.includes(name) && (!name.startsWith('cognito:') || GROUP_CLAIMS.includes(name));
}

/** Without groups there are no roles either. */
function withCompanions(name: string): readonly string[] {
  return name === 'cognito:groups' ? GROUP_CLAIMS : [name];
}

function without(claims: ClaimSet, names: readonly string[]): ClaimSet {
  return Object.fromEntries(Object.entries(claims).filter(([name]) => !names.includes(name)));
}
