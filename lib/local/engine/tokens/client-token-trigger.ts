import type { AppClient } from '../../model/app-client.js';
import type { Pool } from '../../model/pool.js';
import type { Environment } from '../environment.js';
import { changedAccessClaims, scopesOf } from './claim-changes.js';

type ClaimSet = Record<string, unknown>;

/** Lets a trigger of version 3 change the token of a client that signs in for itself; other versions are not run. */
export async function customizedClientClaims(
  { triggers }: Pick<Environment, 'triggers'>,
  pool: Pool,
  client: AppClient,
  claims: ClaimSet,
  clientMetadata?: Record<string, string>,
): Promise<ClaimSet> {
  const response = await triggers.run('preTokenGenerationV3', {
    pool,
    clientId: client.id,
    userName: 'ClientCredentials',
    source: 'ClientCredentials',
    version: '3',
    request: {
      userAttributes: {},
      groupConfiguration: null,
      scopes: scopesOf(claims['scope']),
      ...(clientMetadata && { clientMetadata }),
    },
    response: { claimsAndScopeOverrideDetails: null },
  });
  return changedAccessClaims(claims, response?.claimsAndScopeOverrideDetails?.accessTokenGeneration, client.id);
}
