import type { AppClient } from '../../model/app-client.js';
import type { Pool } from '../../model/pool.js';
import type { SignIn } from '../../model/sign-in.js';
import type { User } from '../../model/user.js';
import { notAuthorized } from '../cognito-fault.js';
import type { Environment } from '../environment.js';
import { userNotFound } from '../users/find-user.js';
import { scopesOf } from './claim-changes.js';
import { issuerOf } from './issuer.js';
import { type Claims, decodeClaims, verifyToken } from './jws.js';
import { API_SCOPE } from './refresh-tokens.js';

/** The caller that an access token authenticates. */
export interface Bearer {
  readonly pool: Pool;
  readonly client: AppClient;
  readonly user: User;
  readonly signIn: SignIn;
  readonly claims: Claims;
}

/**
 * Verifies the access token of a user operation.
 *
 * @throws CognitoFault like `verifyAccessToken`; NotAuthorizedException if the token lacks the API's scope.
 */
export async function bearerOf(environment: Environment, accessToken: string): Promise<Bearer> {
  const bearer = await verifyAccessToken(environment, accessToken);
  if (!scopesOf(bearer.claims).includes(API_SCOPE)) {
    throw notAuthorized('Access Token does not have required scopes');
  }
  return bearer;
}

/**
 * Verifies an access token, whatever its scopes.
 *
 * @throws CognitoFault NotAuthorizedException if the token is forged, expired, revoked or issued elsewhere;
 *   UserNotFoundException if its user no longer exists.
 */
export async function verifyAccessToken(environment: Environment, accessToken: string): Promise<Bearer> {
  const pool = poolOfToken(environment, accessToken);
  const claims = await verifiedClaims(environment, pool, accessToken);
  const client = pool.clients.get(String(claims['client_id']));
  if (client === undefined) {
    throw notAuthorized('Invalid Access Token');
  }
  if (environment.clock() >= Number(claims['exp']) * 1000) {
    throw notAuthorized('Access Token has expired');
  }
  const user = pool.users.bySubject(String(claims['sub']));
  if (user === undefined) {
    throw userNotFound();
  }
  const signIn = pool.signIns.byEventId(String(claims['event_id']));
  if (signIn === undefined) {
    throw notAuthorized('Access Token has been revoked');
  }
  if (!user.enabled) {
    throw notAuthorized('User is disabled.');
  }
  return { pool, client, user, signIn, claims };
}

function poolOfToken(environment: Environment, token: string): Pool {
  const issuer = decodeClaims(token)?.['iss'];
  const pool = environment.pools.all().find((candidate) => issuerOf(environment, candidate) === issuer);
  if (pool === undefined) {
    throw notAuthorized('Invalid Access Token');
  }
  return pool;
}

async function verifiedClaims(environment: Environment, pool: Pool, token: string): Promise<Claims> {
  if (decodeClaims(token)?.['token_use'] !== 'access') {
    throw notAuthorized('Invalid Access Token');
  }
  const claims = verifyToken(token, (await environment.keys.of(pool.id)).access);
  if (claims === undefined) {
    throw notAuthorized('Could not verify signature for Access Token');
  }
  return claims;
}
