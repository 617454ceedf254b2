import type { Pool } from '../../model/pool.js';
import type { User } from '../../model/user.js';
import { CognitoFault, invalidParameter } from '../cognito-fault.js';
import type { Environment } from '../environment.js';
import type { Channel } from '../messages/outgoing-message.js';
import { type Attributes, looksLikeEmail, looksLikePhone } from './attribute-rules.js';
import { usernameAttributeOwner } from './find-user.js';
import { withVerificationFlags } from './verification-flags.js';

/** A user to add to a pool. */
export interface NewUser {
  readonly pool: Pool;
  /** As in the request. Where users sign in with an email address or phone number, it is that attribute. */
  readonly username: string;
  readonly attributes: Attributes;
  readonly status: User['status'];
  /** Default: a random one. */
  readonly sub?: string | undefined;
}

/** A requested username, split into the internal username and the attributes. */
export interface ResolvedUsername {
  readonly attributes: Attributes;
  /** Undefined when the `sub` becomes the internal username. */
  readonly username?: string;
}

/**
 * Applies the pool's rules to a requested username. With `UsernameAttributes` it becomes an attribute.
 *
 * @throws CognitoFault InvalidParameterException for a username in the wrong format.
 */
export function resolveUsername(pool: Pool, username: string, attributes: Attributes): ResolvedUsername {
  const { UsernameAttributes = [], AliasAttributes = [] } = pool.settings;
  if (UsernameAttributes.length > 0) {
    const attribute = attributeOfUsername(UsernameAttributes, username);
    return { attributes: { [attribute]: username, ...attributes } };
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
 * Ensures that no user has the username or an attribute that serves as username.
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
  if (pool.users.byUsername(username) !== undefined) {
    throw new CognitoFault('UsernameExistsException', message);
  }
}

/** Adds a user to a pool, whose rules apply to the username. */
export function addUser(environment: Pick<Environment, 'clock' | 'random'>, request: NewUser): User {
  const { pool, status, sub } = request;
  return addUserRecord(environment, {
    pool,
    status,
    sub,
    ...resolveUsername(pool, request.username, request.attributes),
  });
}

/** Adds a user to a pool. Default username: the `sub`. */
export function addUserRecord(
  { clock, random }: Pick<Environment, 'clock' | 'random'>,
  {
    pool,
    username,
    attributes,
    status,
    sub = random.uuid(),
  }: Omit<NewUser, 'username'> & { readonly username?: string },
): User {
  const now = clock();
  const user: User = {
    username: username ?? sub,
    sub,
    createdAt: now,
    modifiedAt: now,
    enabled: true,
    status,
    attributes: { sub, ...withVerificationFlags(attributes, false) },
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
