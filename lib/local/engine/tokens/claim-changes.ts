import type { AccessTokenChanges, ClaimChanges, GroupConfiguration } from '../../model/token-generation-events.js';
import { unrecognizableOutput } from '../triggers/trigger-faults.js';
import type { Claims } from './jws.js';
import type { TokenClaims } from './token-request.js';

/** Claims that a trigger cannot change. It cannot add `cognito:` and `dev:` claims either. */
const RESERVED: readonly string[] = [
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
/** Claims that a trigger cannot replace by an array or object. */
const SCALAR: readonly string[] = ['email_verified', 'phone_number_verified', 'updated_at', 'address'];
const GROUP_CLAIMS: readonly string[] = ['cognito:groups', 'cognito:roles', 'cognito:preferred_role'];

/** Adds and suppresses claims. Suppressing wins. */
export function changedClaims(claims: Claims, changes: ClaimChanges | null | undefined): Claims {
  const added = Object.entries(changes?.claimsToAddOrOverride ?? {}).filter(([name, value]) => mayAdd(name, value));
  const suppressed = new Set((changes?.claimsToSuppress ?? []).filter(maySuppress).flatMap(withCompanions));
  return Object.fromEntries(
    Object.entries({ ...claims, ...Object.fromEntries(added) }).filter(([name]) => !suppressed.has(name)),
  );
}

/**
 * Applies the access token changes of a trigger of version 2 or 3.
 *
 * @throws CognitoFault InvalidLambdaResponseException if a scope contains whitespace.
 */
export function changedAccessClaims(
  claims: Claims,
  changes: AccessTokenChanges | null | undefined,
  clientId: string,
): Claims {
  const { scopesToAdd = [], scopesToSuppress = [] } = changes ?? {};
  if ([...scopesToAdd, ...scopesToSuppress].some((scope) => /\s/.test(scope))) {
    throw unrecognizableOutput();
  }
  const { scope, ...others } = changedClaims(claims, changes);
  const scopes = [...new Set([...scopesOf({ scope }), ...scopesToAdd])].filter(
    (name) => !scopesToSuppress.includes(name),
  );
  return {
    ...others,
    ...(scopes.length > 0 && { scope: scopes.join(' ') }),
    // The only audience that a trigger can set is the client itself.
    ...(changes?.claimsToAddOrOverride?.['aud'] === clientId && { aud: clientId }),
  };
}

/** Replaces the groups in both tokens, and the roles in the ID token. */
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

/** The scopes in the `scope` claim (RFC 8693 section 4.2). */
export function scopesOf({ scope }: Claims): string[] {
  return typeof scope === 'string' && scope !== '' ? scope.split(' ') : [];
}

function mayAdd(name: string, value: unknown): boolean {
  const isComplex = typeof value === 'object' && value !== null;
  return (
    !RESERVED.includes(name) &&
    !name.startsWith('cognito:') &&
    !name.startsWith('dev:') &&
    !(isComplex && SCALAR.includes(name))
  );
}

function maySuppress(name: string): boolean {
  return !RESERVED.includes(name) && (!name.startsWith('cognito:') || GROUP_CLAIMS.includes(name));
}

/** Suppressing the groups suppresses the roles too. */
function withCompanions(name: string): readonly string[] {
  return name === 'cognito:groups' ? GROUP_CLAIMS : [name];
}

function without(claims: Claims, names: readonly string[]): Claims {
  return Object.fromEntries(Object.entries(claims).filter(([name]) => !names.includes(name)));
}
