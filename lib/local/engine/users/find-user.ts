import type { AppClient } from '../../model/app-client.js';
import type { Pool } from '../../model/pool.js';
import type { User } from '../../model/user.js';
import { CognitoFault } from '../cognito-fault.js';
import { isVerified } from './verification-flags.js';

/**
 * Finds a user by username, by `sub`, by email address or phone number in pools with `UsernameAttributes`, or by a
 * verified alias in pools with `AliasAttributes`.
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

/** Whether responses to the client must not reveal which users exist (PreventUserExistenceErrors). */
export function hidesUsers(client: AppClient): boolean {
  return client.settings.PreventUserExistenceErrors === 'ENABLED';
}

/** Finds a user on behalf of a client. With PreventUserExistenceErrors a disabled user counts as unknown. */
export function findUserFor(client: AppClient, pool: Pool, name: string): User | undefined {
  const user = findUser(pool, name);
  return user !== undefined && !user.enabled && hidesUsers(client) ? undefined : user;
}

/**
 * The user whom an alias names, who may have it as username; undefined when the pool has no such aliases.
 *
 * Not verified against AWS: that a preferred username must differ from the usernames of others. A sign-in by it would
 * find them.
 */
export function aliasOwner(pool: Pool, attribute: string, value: string, except?: User): User | undefined {
  if (!(pool.settings.AliasAttributes?.some((alias) => alias === attribute) ?? false)) {
    return undefined;
  }
  const named = attribute === 'preferred_username' ? pool.users.byUsername(value) : undefined;
  const owners = namesakes(pool, attribute, value).filter((user) => ownsAlias(user, attribute));
  return [...(named ? [named] : []), ...owners].find((user) => user !== except);
}

/** The user who has a value in an attribute that serves as username; undefined when the pool has no such attribute. */
export function usernameAttributeOwner(pool: Pool, attribute: string, value: string, except?: User): User | undefined {
  const isUsername = pool.settings.UsernameAttributes?.some((name) => name === attribute) ?? false;
  return isUsername ? namesakes(pool, attribute, value).find((user) => user !== except) : undefined;
}

/** The users whom a value can name. A federated user signs in at a provider, so that a namesake of the pool is unaffected. */
function namesakes(pool: Pool, attribute: string, value: string): User[] {
  return pool.users.withAttribute(attribute, value).filter(({ status }) => status !== 'EXTERNAL_PROVIDER');
}

function byUsernameAttribute(pool: Pool, name: string): User | undefined {
  return (pool.settings.UsernameAttributes ?? []).flatMap((attribute) => namesakes(pool, attribute, name))[0];
}

function byAlias(pool: Pool, name: string): User | undefined {
  return (pool.settings.AliasAttributes ?? [])
    .flatMap((attribute) => namesakes(pool, attribute, name).filter((user) => ownsAlias(user, attribute)))
    .at(0);
}

function ownsAlias(user: User, attribute: string): boolean {
  return attribute === 'preferred_username' ? user.status !== 'UNCONFIRMED' : isVerified(user.attributes, attribute);
}
