import type { DeliveryMediumType } from '@aws-sdk/client-cognito-identity-provider';

import type { Pool } from '../../model/pool.js';
import type { User } from '../../model/user.js';
import { CognitoFault } from '../cognito-fault.js';
import type { Environment } from '../environment.js';
import { type Channel, CHANNELS } from '../messages/outgoing-message.js';
import { type Attributes, assertNewAttributes } from './attribute-rules.js';
import { aliasOwner, userByName } from './find-user.js';
import { addUser, assertUsernameFree, resolveUsername } from './add-user.js';
import { setPassword } from './password.js';
import { assertPasswordPolicy, generatePassword } from './password-policy.js';
import { runPreSignUp } from './pre-sign-up.js';
import { isVerified, markUnverified } from './verification-flags.js';

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
  readonly validationData?: Record<string, string> | undefined;
  readonly clientMetadata?: Record<string, string> | undefined;
}

/**
 * AdminCreateUser: creates a user who must replace the temporary password.
 *
 * @throws CognitoFault UsernameExistsException, InvalidParameterException, InvalidPasswordException, and the exceptions
 *   of failing triggers.
 */
export async function adminCreateUser(environment: Environment, invitation: Invitation): Promise<User> {
  const { pool, username } = invitation;
  const { attributes } = resolveUsername(pool, username, invitation.attributes);
  assertUsernameFree(pool, username, attributes, 'User account already exists');
  assertNewAttributes(pool, attributes);
  claimAliases(invitation, attributes);
  const password = temporaryPassword(environment, invitation);
  await runPreSignUp(environment, 'AdminCreateUser', { ...invitation, attributes });
  const user = addUser(environment, { pool, username, attributes, status: 'FORCE_CHANGE_PASSWORD' });
  setPassword(environment, pool, user, password, true);
  await invite(environment, invitation, user, password);
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
  const password = temporaryPassword(environment, invitation);
  setPassword(environment, invitation.pool, user, password, true);
  user.modifiedAt = environment.clock();
  await invite(environment, invitation, user, password);
  return user;
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
  for (const channel of channelsOf(mediums).filter((name) => user.attributes[name] !== undefined)) {
    await environment.messenger.send({ pool, user, channel, kind: 'AdminCreateUser', code: password, clientMetadata });
  }
}

function channelsOf(mediums: readonly DeliveryMediumType[]): Channel[] {
  return mediums.map((medium) => (medium === 'EMAIL' ? 'email' : 'phone_number'));
}
