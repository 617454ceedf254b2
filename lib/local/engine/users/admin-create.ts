import type { DeliveryMediumType } from '@aws-sdk/client-cognito-identity-provider';

import type { Pool } from '../../model/pool.js';
import type { User } from '../../model/user.js';
import { CognitoFault } from '../cognito-fault.js';
import type { Environment } from '../environment.js';
import type { Channel } from '../messages/outgoing-message.js';
import { type Attributes, assertNewAttributes } from './attribute-rules.js';
import { aliasOwner, userByName } from './find-user.js';
import { generatePassword } from './generated-password.js';
import { addUser, assertUsernameFree, resolveUsername } from './new-user.js';
import { setPassword } from './password.js';
import { assertPasswordPolicy } from './password-policy.js';
import { runPreSignUp } from './pre-sign-up.js';

/** A user whom an administrator creates or invites again. */
export interface Invitation {
  readonly pool: Pool;
  readonly username: string;
  readonly attributes: Attributes;
  readonly temporaryPassword?: string | undefined;
  readonly forceAliasCreation: boolean;
  /** Undefined: no message. */
  readonly mediums?: readonly DeliveryMediumType[] | undefined;
  readonly validationData?: Record<string, string> | undefined;
  readonly clientMetadata?: Record<string, string> | undefined;
}

/** Creates a user who must change the temporary password. */
export async function adminCreateUser(environment: Environment, invitation: Invitation): Promise<User> {
  const { pool, username } = invitation;
  const { attributes } = resolveUsername(pool, username, invitation.attributes);
  assertUsernameFree(pool, username, attributes, 'User account already exists');
  assertNewAttributes(pool, attributes);
  takeAliases(invitation, attributes);
  const password = temporaryPassword(environment, invitation);
  await runPreSignUp(environment, 'AdminCreateUser', { ...invitation, attributes });
  const user = addUser(environment, { pool, username, attributes, status: 'FORCE_CHANGE_PASSWORD' });
  setPassword(environment, pool, user, password, true);
  await invite(environment, invitation, user, password);
  return user;
}

/**
 * Sends an invitation again, with a new temporary password.
 *
 * @throws CognitoFault UnsupportedUserStateException when the user has one of their own already.
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

/** An attribute that is created as verified is an alias at once. */
function takeAliases({ pool, forceAliasCreation }: Invitation, attributes: Attributes): void {
  for (const name of ['email', 'phone_number', 'preferred_username']) {
    const value = attributes[name];
    const isAlias = name === 'preferred_username' || attributes[`${name}_verified`] === 'true';
    const owner = value === undefined || !isAlias ? undefined : aliasOwner(pool, name, value);
    if (owner !== undefined && (!forceAliasCreation || name === 'preferred_username')) {
      throw new CognitoFault('UsernameExistsException', `An account with the given ${name} already exists.`);
    }
    if (owner !== undefined) {
      owner.attributes[`${name}_verified`] = 'false';
    }
  }
}

async function invite(environment: Environment, invitation: Invitation, user: User, password: string): Promise<void> {
  const { pool, mediums = [], clientMetadata } = invitation;
  for (const channel of channelsOf(mediums).filter((name) => user.attributes[name] !== undefined)) {
    const letter = { pool, user, channel, kind: 'AdminCreateUser', clientMetadata } as const;
    await environment.messenger.send({ ...letter, code: password });
  }
}

function channelsOf(mediums: readonly DeliveryMediumType[]): Channel[] {
  return mediums.map((medium) => (medium === 'EMAIL' ? 'email' : 'phone_number'));
}
