import type { AppClient } from '../../model/app-client.js';
import type { Pool } from '../../model/pool.js';
import { tokenValidity } from '../clients/token-validity.js';
import { type Environment, issuerOf } from '../environment.js';
import { customizedClientClaims } from './client-token-trigger.js';
import { signToken } from './jws.js';

/** An access token of a program, not of a person. */
export interface ClientToken {
  readonly accessToken: string;
  /** Seconds. */
  readonly expiresIn: number;
}

/** Makes the access token of the client credentials grant (RFC 6749 section 4.4): its subject is the client. */
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
    iss: issuerOf(environment, pool.id),
    exp: issuedAt + expiresIn,
    iat: issuedAt,
    version: 2,
    jti: environment.random.uuid(),
    client_id: client.id,
  };
  const customized = await customizedClientClaims(environment, pool, client, claims, clientMetadata);
  return { accessToken: signToken(customized, access), expiresIn };
}
