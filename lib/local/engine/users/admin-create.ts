import type { DeliveryMediumType } from '@aws-sdk/client-cognito-identity-provider';

import type { Pool } from '../../model/pool.js';
import type { User } from '../../model/user.js';
import { CognitoFault, invalidParameter } from '../cognito-fault.js';
import type { Environment } from '../environment.js';
import { type Channel, CHANNELS } from '../messages/outgoing-message.js';
import { poolAllows } from '../sign-in/first-factors.js';
import { assertAssignable, assertNewAttributes, type Attributes } from './attribute-rules.js';
import { aliasOwner, userByName } from './find-user.js';
import { addUser, assertUsernameFree, resolveUsername } from './add-user.js';
import { setPassword } from './password.js';
import { assertPasswordPolicy, generatePassword } from './password-policy.js';
import { runPreSignUp } from './pre-sign-up.js';
import { isVerified, markUnverified } from './verification-flags.js';

const CHANNEL_OF: Readonly<Record<DeliveryMediumType, Channel>> = { EMAIL: 'email', SMS: 'phone_number' };
const CODE_FACTOR = { email: 'EMAIL_OTP', phone_number: 'SMS_OTP' } as const satisfies Record<Channel, string>;
/** Not verified against AWS: the text for SMS. */
const NO_ADDRESS: Readonly<Record<DeliveryMediumType, string>> = {
  EMAIL: 'No email provided but desired delivery medium was Email',
  SMS: 'No phone number provided but desired delivery medium was SMS',
};

/** A user to create or to invite again, for AdminCreateUser. */
export interface Invitation {
  readonly pool: Pool;
  readonly username: string;
  readonly attributes: Attributes;
  /** Default: a generated one. */
  readonly temporaryPassword?: string | undefined;
  /** Takes verified aliases from other users. */
  readonly forceAliasCreation: boolean;
  /** Default: no message. */
  readonly mediums?: readonly DeliveryMediumType[] | undefined;
  /** Whether the call left the mediums out. */
  readonly hasDefaultMediums: boolean;
  readonly validationData?: Record<string, string> | undefined;
  readonly clientMetadata?: Record<string, string> | undefined;
}

/**
 * AdminCreateUser: creates a user who must replace the temporary password. Without one, a user with a verified address
 * that the pool accepts as first factor needs no password and is confirmed.
 *
 * @throws CognitoFault UsernameExistsException, InvalidParameterException, InvalidPasswordException, and the exceptions
 *   of failing triggers.
 */
export async function adminCreateUser(environment: Environment, invitation: Invitation): Promise<User> {
  const { pool } = invitation;
  const { username, attributes } = resolveUsername(pool, invitation.username, invitation.attributes);
  assertUsernameFree(pool, invitation.username, attributes, 'User account already exists');
  assertAssignable(attributes);
  assertNewAttributes(pool, attributes);
  assertReachable(invitation, attributes);
  claimAliases(invitation, attributes);
  const password = isPasswordless(invitation, attributes) ? undefined : temporaryPassword(environment, invitation);
  const sub = environment.random.uuid();
  await runPreSignUp(environment, 'AdminCreateUser', { ...invitation, username: username ?? sub, attributes });
  const status = password === undefined ? 'CONFIRMED' : 'FORCE_CHANGE_PASSWORD';
  const user = addUser(environment, { pool, sub, username, attributes, status });
  if (password !== undefined) {
    setPassword(environment, pool, user, password, true);
    await invite(environment, invitation, user, password);
  }
  return user;
}

/**
 * AdminCreateUser with `MessageAction: 'RESEND'`: sends an invitation again, with a new temporary password.
 *
 * @throws CognitoFault UnsupportedUserStateException when the user has already set a password.
 */
export async function resendInvitation(environment: Environment, invitation: Invitation): Promise<User> {
  const user = userByName(invitation.pool, invitation.username);
  if (user.status !== 'FORCE_CHANGE_PASSWORD') {
    throw new CognitoFault(
      'UnsupportedUserStateException',
      `Resend not possible. ${user.username} status is not FORCE_CHANGE_PASSWORD`,
    );
  }
  assertReachable(invitation, user.attributes);
  const password = temporaryPassword(environment, invitation);
  setPassword(environment, invitation.pool, user, password, true);
  user.modifiedAt = environment.clock();
  await invite(environment, invitation, user, password);
  return user;
}

/** Whether the user signs in with codes only: AdminCreateUser names no password, and an address can take its place. */
function isPasswordless({ pool, temporaryPassword }: Invitation, attributes: Attributes): boolean {
  return (
    temporaryPassword === undefined &&
    CHANNELS.some((channel) => isVerified(attributes, channel) && poolAllows(pool, CODE_FACTOR[channel]))
  );
}

/** A medium that the call names needs its address. The default medium is skipped without one. */
function assertReachable({ mediums = [], hasDefaultMediums }: Invitation, attributes: Attributes): void {
  const unreachable = hasDefaultMediums ? undefined : mediums.find((medium) => !attributes[CHANNEL_OF[medium]]);
  if (unreachable !== undefined) {
    throw invalidParameter(NO_ADDRESS[unreachable]);
  }
}

function temporaryPassword({ random }: Environment, { pool, temporaryPassword: given }: Invitation): string {
  const password = given ?? generatePassword(random, pool.settings.Policies?.PasswordPolicy?.MinimumLength ?? 8);
  assertPasswordPolicy(pool, password, 'password policy');
  return password;
}

/** Attributes that are created as verified become aliases at once. */
function claimAliases({ pool, forceAliasCreation }: Invitation, attributes: Attributes): void {
  for (const name of [...CHANNELS, 'preferred_username']) {
    const value = attributes[name];
    const isAlias = name === 'preferred_username' || isVerified(attributes, name);
    const owner = value === undefined || !isAlias ? undefined : aliasOwner(pool, name, value);
    if (owner !== undefined && (!forceAliasCreation || name === 'preferred_username')) {
      throw new CognitoFault('UsernameExistsException', `An account with the given ${name} already exists.`);
    }
    if (owner !== undefined) {
      markUnverified(owner, name);
    }
  }
}

async function invite(environment: Environment, invitation: Invitation, user: User, password: string): Promise<void> {
  const { pool, mediums = [], clientMetadata } = invitation;
  for (const channel of mediums.map((medium) => CHANNEL_OF[medium]).filter((name) => user.attributes[name])) {
    await environment.messenger.send({ pool, user, channel, kind: 'AdminCreateUser', code: password, clientMetadata });
  }
}
