import type { GroupConfiguration, PreTokenGenerationV2Event } from '../../model/token-generation-events.js';
import type { Environment } from '../environment.js';
import { unrecognizableOutput } from '../triggers/trigger-faults.js';
import { triggerAttributes } from '../users/trigger-attributes.js';
import { changedAccessClaims, changedClaims, scopesOf, withGroups } from './claim-changes.js';
import type { TokenClaims, TokenRequest } from './token-request.js';
import { groupClaims } from './user-claims.js';

type Triggered = Pick<Environment, 'triggers'>;
type Details = NonNullable<PreTokenGenerationV2Event['response']['claimsAndScopeOverrideDetails']>;

/** Runs the pool's pre-token-generation trigger. If the pool has several versions, only the highest runs. */
export async function customizedClaims(
  environment: Triggered,
  request: TokenRequest,
  claims: TokenClaims,
): Promise<TokenClaims> {
  const { triggers } = environment;
  const version = ([3, 2] as const).find((number) => triggers.has(request.pool, `preTokenGenerationV${number}`));
  return version === undefined
    ? applyVersion1(environment, request, claims)
    : applyVersion2(environment, request, claims, version);
}

async function applyVersion1(
  { triggers }: Triggered,
  request: TokenRequest,
  claims: TokenClaims,
): Promise<TokenClaims> {
  const response = await triggers.run('preTokenGeneration', {
    ...caller(request),
    request: userPart(request),
    response: { claimsOverrideDetails: null },
  });
  const details = response?.claimsOverrideDetails;
  if (!details) {
    return claims;
  }
  if (Object.values(details.claimsToAddOrOverride ?? {}).some((value) => typeof value !== 'string')) {
    throw unrecognizableOutput();
  }
  const grouped = regrouped(claims, details.groupOverrideDetails);
  return { access: grouped.access, id: changedClaims(grouped.id, details) };
}

async function applyVersion2(
  { triggers }: Triggered,
  request: TokenRequest,
  claims: TokenClaims,
  version: 2 | 3,
): Promise<TokenClaims> {
  const response = await triggers.run(`preTokenGenerationV${version}`, {
    ...caller(request),
    version: String(version),
    request: { ...userPart(request), scopes: scopesOf(claims.access) },
    response: { claimsAndScopeOverrideDetails: null },
  });
  const details: Details = response?.claimsAndScopeOverrideDetails ?? {};
  const { access, id } = regrouped(claims, details.groupOverrideDetails);
  return {
    access: changedAccessClaims(access, details.accessTokenGeneration, request.client.id),
    id: changedClaims(id, details.idTokenGeneration),
  };
}

/** Undefined keeps the groups. Null and an empty object remove them. */
function regrouped(claims: TokenClaims, groups: GroupConfiguration | null | undefined): TokenClaims {
  return groups === undefined ? claims : withGroups(claims, groups);
}

function caller({ pool, client, user, source = 'Authentication' }: TokenRequest) {
  return { pool, clientId: client.id, userName: user.username, source };
}

function userPart({ pool, user, clientMetadata }: TokenRequest) {
  const { groups, roles, preferredRole } = groupClaims(pool, user);
  return {
    userAttributes: triggerAttributes(pool, user),
    groupConfiguration: {
      groupsToOverride: [...groups],
      iamRolesToOverride: [...roles],
      preferredRole: preferredRole ?? null,
    },
    ...(clientMetadata && { clientMetadata }),
  };
}
