import type { AppClient } from '../../model/app-client.js';
import type { Pool } from '../../model/pool.js';
import type { User } from '../../model/user.js';
import { CognitoFault } from '../cognito-fault.js';

/**
 * The user that a name means: a username or `sub`, an e-mail or phone in pools that use those as usernames, or a
 * verified alias in pools that have aliases.
 */
export function findUser(pool: Pool, name: string): User | undefined {
  return pool.users.byIdentity(name) ?? byUsernameAttribute(pool, name) ?? byAlias(pool, name);
}

/** @throws CognitoFault UserNotFoundException `User does not exist.` */
export function userByName(pool: Pool, name: string): User {
  const user = findUser(pool, name);
  if (user === undefined) {
    throw userNotFound();
  }
  return user;
}

export function userNotFound(): CognitoFault {
  return new CognitoFault('UserNotFoundException', 'User does not exist.');
}

/** Whether the client keeps quiet about who exists (PreventUserExistenceErrors). */
export function hidesUsers(client: AppClient): boolean {
  return client.settings.PreventUserExistenceErrors === 'ENABLED';
}

/** The user a client may know of: one that is disabled counts as unknown while the client hides who exists. */
export function findUserFor(client: AppClient, pool: Pool, name: string): User | undefined {
  const user = findUser(pool, name);
  return user !== undefined && !user.enabled && hidesUsers(client) ? undefined : user;
}

/** The other user who already owns an alias, if the pool has such aliases. */
export function aliasOwner(pool: Pool, attribute: string, value: string, except?: User): User | undefined {
  const isAlias = pool.settings.AliasAttributes?.some((alias) => alias === attribute) ?? false;
  return isAlias
    ? pool.users.withAttribute(attribute, value).find((user) => user !== except && ownsAlias(user, attribute))
    : undefined;
}

/** Whether the pool's people sign in with this attribute in place of a username, and another one has this value. */
export function usernameAttributeOwner(pool: Pool, attribute: string, value: string, except?: User): User | undefined {
  const isUsername = pool.settings.UsernameAttributes?.some((name) => name === attribute) ?? false;
  return isUsername ? pool.users.withAttribute(attribute, value).find((user) => user !== except) : undefined;
}

function byUsernameAttribute(pool: Pool, name: string): User | undefined {
  return (pool.settings.UsernameAttributes ?? []).flatMap((attribute) => pool.users.withAttribute(attribute, name))[0];
}

function byAlias(pool: Pool, name: string): User | undefined {
  return (pool.settings.AliasAttributes ?? [])
    .flatMap((attribute) => pool.users.withAttribute(attribute, name).filter((user) => ownsAlias(user, attribute)))
    .at(0);
}

function ownsAlias(user: User, attribute: string): boolean {
  return attribute === 'preferred_username'
    ? user.status !== 'UNCONFIRMED'
    : user.attributes[`${attribute}_verified`] === 'true';
}
