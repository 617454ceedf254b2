import type { AppClient } from '../../model/app-client.js';
import type { Pool } from '../../model/pool.js';
import { tokenValidity } from '../clients/token-validity.js';
import type { Environment } from '../environment.js';
import { changedAccessClaims, scopesOf } from './claim-changes.js';
import { issuerOf } from './issuer.js';
import { type Claims, signToken } from './jws.js';

/** An access token of an app client, without a user. */
export interface ClientToken {
  readonly accessToken: string;
  /** Seconds. */
  readonly expiresIn: number;
}

/** Issues the access token of a client credentials grant (RFC 6749 section 4.4). Its subject is the client. */
export async function issueClientToken(
  environment: Environment,
  pool: Pool,
  client: AppClient,
  scopes: readonly string[],
  clientMetadata?: Record<string, string>,
): Promise<ClientToken> {
  const issuedAt = Math.floor(environment.clock() / 1000);
  const expiresIn = tokenValidity(client).access;
  const { access } = await environment.keys.of(pool.id);
  const claims = {
    sub: client.id,
    token_use: 'access',
    ...(scopes.length > 0 && { scope: scopes.join(' ') }),
    auth_time: issuedAt,
    iss: issuerOf(environment, pool),
    exp: issuedAt + expiresIn,
    iat: issuedAt,
    version: 2,
    jti: environment.random.uuid(),
    client_id: client.id,
  };
  const customized = await customizedClaims(environment, pool, client, claims, clientMetadata);
  return { accessToken: signToken(customized, access), expiresIn };
}

/** Runs version 3 of pre-token-generation, the only version that runs without a user. */
async function customizedClaims(
  { triggers }: Pick<Environment, 'triggers'>,
  pool: Pool,
  client: AppClient,
  claims: Claims,
  clientMetadata?: Record<string, string>,
): Promise<Claims> {
  const response = await triggers.run('preTokenGenerationV3', {
    pool,
    clientId: client.id,
    userName: 'ClientCredentials',
    source: 'ClientCredentials',
    version: '3',
    request: {
      userAttributes: {},
      groupConfiguration: null,
      scopes: scopesOf(claims),
      ...(clientMetadata && { clientMetadata }),
    },
    response: { claimsAndScopeOverrideDetails: null },
  });
  return changedAccessClaims(claims, response?.claimsAndScopeOverrideDetails?.accessTokenGeneration, client.id);
}
