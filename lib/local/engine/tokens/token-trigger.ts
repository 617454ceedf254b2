import type { GroupConfiguration, PreTokenGenerationV2Event } from '../../model/token-generation-events.js';
import type { Environment } from '../environment.js';
import { unrecognizableOutput } from '../trigger-runner.js';
import { triggerAttributes } from '../users/trigger-attributes.js';
import { changedAccessClaims, changedClaims, scopesOf, withGroups } from './claim-changes.js';
import type { TokenClaims, TokenRequest } from './token-request.js';
import { groupClaims } from './user-claims.js';

type Triggered = Pick<Environment, 'triggers'>;
type Details = NonNullable<PreTokenGenerationV2Event['response']['claimsAndScopeOverrideDetails']>;

/** Lets the pool's pre-token-generation trigger change the claims; of several versions the highest is run. */
export async function customizedClaims(
  environment: Triggered,
  request: TokenRequest,
  claims: TokenClaims,
): Promise<TokenClaims> {
  const { triggers } = environment;
  const version = ([3, 2] as const).find((number) => triggers.has(request.pool.id, `preTokenGenerationV${number}`));
  return version === undefined
    ? changedByVersion1(environment, request, claims)
    : changedByVersion2(environment, request, claims, version);
}

async function changedByVersion1(
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

async function changedByVersion2(
  { triggers }: Triggered,
  request: TokenRequest,
  claims: TokenClaims,
  version: 2 | 3,
): Promise<TokenClaims> {
  const response = await triggers.run(`preTokenGenerationV${version}`, {
    ...caller(request),
    version: String(version),
    request: { ...userPart(request), scopes: scopesOf(claims.access['scope']) },
    response: { claimsAndScopeOverrideDetails: null },
  });
  const details: Details = response?.claimsAndScopeOverrideDetails ?? {};
  const { access, id } = regrouped(claims, details.groupOverrideDetails);
  return {
    access: changedAccessClaims(access, details.accessTokenGeneration, request.client.id),
    id: changedClaims(id, details.idTokenGeneration),
  };
}

/** What is left out stays; null and an empty object take the groups away. */
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
