import { issuerOf, jwksUriOf } from '../../engine/tokens/issuer.js';
import type { AppClient } from '../../model/app-client.js';
import type { Pool } from '../../model/pool.js';
import type { SignIn } from '../../model/sign-in.js';
import type { User } from '../../model/user.js';
import type { Steering } from '../../steering/steering.js';
import { callFor, integerOf, poolOf, type SteeringRequest, userOf } from './steering-request.js';

const MAX_USERS = 60;
const MAX_SIGN_INS = 1000;
const DEFAULT_SIGN_INS = 60;

/** `GET /__local/pools`. */
export function showPools({ steering }: Pick<SteeringRequest, 'steering'>): object {
  return { pools: steering.environment.pools.all().map((pool) => describePool(steering, pool)) };
}

/** `GET /__local/pools/<pool>/clients`. */
export function showClients(request: SteeringRequest): object {
  return { clients: [...poolOf(request).clients.values()].map(describeClient) };
}

/** `GET /__local/pools/<pool>/groups`. */
export function showGroups(request: SteeringRequest): object {
  return { groups: [...poolOf(request).groups.values()] };
}

/** `GET /__local/pools/<pool>/users`: pages of ListUsers. */
export async function showUsers(request: SteeringRequest): Promise<object> {
  const pool = poolOf(request);
  const { query } = request.http;
  const { Users = [], PaginationToken } = (await callFor(request, 'ListUsers', {
    UserPoolId: pool.id,
    Limit: integerOf(request, 'limit', { min: 1, max: MAX_USERS }),
    ...(query.has('filter') && { Filter: query.get('filter') }),
    ...(query.has('next') && { PaginationToken: query.get('next') }),
  })) as { Users?: readonly { readonly Username: string }[]; PaginationToken?: string };
  const users = Users.flatMap(({ Username }) => pool.users.byUsername(Username) ?? []);
  return { users: users.map(describeUser), ...(PaginationToken !== undefined && { next: PaginationToken }) };
}

/** `GET /__local/pools/<pool>/users/<user>`. */
export function showUser(request: SteeringRequest): object {
  return describeUser(userOf(request));
}

/** `POST /__local/pools/<pool>/users/<user>/confirm`. */
export async function confirmUser(request: SteeringRequest): Promise<object> {
  await callFor(request, 'AdminConfirmSignUp', { UserPoolId: poolOf(request).id, Username: userOf(request).username });
  return showUser(request);
}

/** `POST /__local/pools/<pool>/users/<user>/sign-out`. */
export async function signUserOut(request: SteeringRequest): Promise<object> {
  const Username = userOf(request).username;
  await callFor(request, 'AdminUserGlobalSignOut', { UserPoolId: poolOf(request).id, Username });
  return showUser(request);
}

/** `GET /__local/pools/<pool>/sign-ins`: newest first. Nothing is left of one that was revoked. */
export function showSignIns(request: SteeringRequest): object {
  const pool = poolOf(request);
  const name = request.http.query.get('user');
  const limit = integerOf(request, 'limit', { min: 1, max: MAX_SIGN_INS }) ?? DEFAULT_SIGN_INS;
  const signIns =
    name === null
      ? [...pool.signIns.records.peekAll()]
      : pool.signIns.of(userOf({ ...request, parts: [pool.id, name] }).sub);
  const now = request.steering.clock.now();
  return {
    signIns: signIns
      .slice(-limit)
      .reverse()
      .map((signIn) => describeSignIn(pool, signIn, now)),
  };
}

function describePool({ environment }: Steering, pool: Pool): object {
  return {
    ...{ id: pool.id, name: pool.name, region: pool.region },
    ...{ issuer: issuerOf(environment, pool), jwksUri: jwksUriOf(environment, pool) },
    ...(pool.domain !== undefined && { domain: pool.domain.prefix }),
    ...{ users: pool.users.size, groups: pool.groups.size, clients: pool.clients.size, createdAt: pool.createdAt },
  };
}

/** With the secret: this server is for development, and DescribeUserPoolClient tells it too. */
function describeClient({ id, name, secrets: [secret], settings }: AppClient): object {
  const { CallbackURLs, LogoutURLs, AllowedOAuthScopes } = settings;
  return {
    ...{ id, name, ...(secret !== undefined && { secret: secret.value }) },
    ...{ callbackUrls: CallbackURLs ?? [], logoutUrls: LogoutURLs ?? [], scopes: AllowedOAuthScopes ?? [] },
  };
}

/** Without passwords, codes and keys. */
function describeUser(user: User): object {
  const { username, sub, status, enabled, attributes, groups, mfa, createdAt, modifiedAt } = user;
  return { username, sub, status, enabled, attributes, groups, mfa: mfa.enabled, createdAt, modifiedAt };
}

function describeSignIn(pool: Pool, signIn: SignIn, now: number): object {
  const { eventId, sub, clientId, authTime, expiresAt, methods, scopes, managedLogin } = signIn;
  const username = pool.users.bySubject(sub)?.username;
  return {
    ...{ eventId, sub, ...(username !== undefined && { username }) },
    ...{ clientId, client: pool.clients.get(clientId)?.name, at: authTime * 1000, expiresAt, scopes },
    ...{ methods: methods ?? [], managedLogin: managedLogin !== undefined },
    active: now < expiresAt,
  };
}
