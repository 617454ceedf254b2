import type { Pool } from '../../model/pool.js';
import type { User } from '../../model/user.js';
import { CognitoFault, invalidParameter } from '../cognito-fault.js';
import type { Environment } from '../environment.js';
import type { Channel } from '../messages/outgoing-message.js';
import { type Attributes, looksLikeEmail, looksLikePhone } from './attribute-rules.js';
import { aliasOwner, usernameAttributeOwner } from './find-user.js';

/** A user to add to a pool. */
export interface NewUser extends ResolvedUsername {
  readonly pool: Pool;
  readonly status: User['status'];
  /** Default: a new one. */
  readonly sub?: string | undefined;
}

/** A requested username, split into the internal username and the attributes. */
export interface ResolvedUsername {
  readonly attributes: Attributes;
  /** Undefined when the `sub` becomes the internal username. */
  readonly username?: string | undefined;
}

/**
 * Applies the pool's rules to a requested username. With `UsernameAttributes` it becomes an attribute.
 *
 * @throws CognitoFault InvalidParameterException for a username in the wrong format, or one that contradicts the
 *   attribute that it becomes.
 */
export function resolveUsername(pool: Pool, username: string, attributes: Attributes): ResolvedUsername {
  const { UsernameAttributes = [], AliasAttributes = [] } = pool.settings;
  if (UsernameAttributes.length > 0) {
    const attribute = attributeOfUsername(UsernameAttributes, username);
    const given = attributes[attribute];
    assertSameAsUsername(pool, username, attribute, given);
    return { attributes: given ? attributes : { ...attributes, [attribute]: username } };
  }
  if (AliasAttributes.includes('email') && looksLikeEmail(username)) {
    throw invalidParameter('Username cannot be of email format, since user pool is configured for email alias.');
  }
  if (AliasAttributes.includes('phone_number') && looksLikePhone(username)) {
    throw invalidParameter(
      'Username cannot be of phone number format, since user pool is configured for phone number alias.',
    );
  }
  return { attributes, username };
}

/**
 * Ensures that no user has the username, also as preferred username, or an attribute that serves as username.
 *
 * @param message - Cognito's wording, which differs between operations.
 * @throws CognitoFault UsernameExistsException
 */
export function assertUsernameFree(pool: Pool, username: string, attributes: Attributes, message: string): void {
  for (const name of pool.settings.UsernameAttributes ?? []) {
    const value = attributes[name];
    if (value !== undefined && usernameAttributeOwner(pool, name, value) !== undefined) {
      throw new CognitoFault('UsernameExistsException', `An account with the given ${name} already exists.`);
    }
  }
  const isTaken = pool.users.byUsername(username) ?? aliasOwner(pool, 'preferred_username', username);
  if (isTaken !== undefined) {
    throw new CognitoFault('UsernameExistsException', message);
  }
}

/** Adds a user to a pool. Default username: the `sub`. */
export function addUser(
  { clock, random }: Pick<Environment, 'clock' | 'random'>,
  { pool, username, attributes, status, sub = random.uuid() }: NewUser,
): User {
  const now = clock();
  const user: User = {
    username: username ?? sub,
    sub,
    createdAt: now,
    modifiedAt: now,
    enabled: true,
    status,
    attributes: { sub, ...attributes },
    pendingAttributes: {},
    passwordHistory: [],
    codes: {},
    attempts: {},
    mfa: { enabled: [] },
    devices: [],
    passkeys: [],
    groups: [],
  };
  pool.users.add(user);
  return user;
}

/** The attribute may be left out or empty, but must not name another address. */
function assertSameAsUsername(pool: Pool, username: string, attribute: Channel, value: string | undefined): void {
  const folds = pool.settings.UsernameConfiguration?.CaseSensitive === false;
  const isSame = value === username || (folds && value?.toLowerCase() === username.toLowerCase());
  if (value && !isSame) {
    throw invalidParameter(
      `User ${attribute} should be empty or same as username, since username attribute is ${attribute}.`,
    );
  }
}

function attributeOfUsername(allowed: readonly string[], username: string): Channel {
  const [email, phone] = [allowed.includes('email'), allowed.includes('phone_number')];
  if (email && looksLikeEmail(username)) {
    return 'email';
  }
  if (phone && looksLikePhone(username)) {
    return 'phone_number';
  }
  if (email && phone) {
    throw invalidParameter('Username should be either an email or a phone number.');
  }
  throw invalidParameter(email ? 'Username should be an email.' : 'Username should be a phone number.');
}
