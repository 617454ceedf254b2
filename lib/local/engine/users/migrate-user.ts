import type { AppClient } from '../../model/app-client.js';
import type { UserMigrationEvent } from '../../model/authentication-events.js';
import type { Pool } from '../../model/pool.js';
import type { User } from '../../model/user.js';
import { CognitoFault } from '../cognito-fault.js';
import type { Environment } from '../environment.js';
import { CHANNELS } from '../messages/outgoing-message.js';
import { enableFactor } from '../mfa/preferences.js';
import { claimAlias } from './aliases.js';
import { assertNewAttributes } from './attribute-rules.js';
import { findUser, hidesUsers } from './find-user.js';
import { addUser, resolveUsername } from './add-user.js';
import { setPassword } from './password.js';
import { isVerified } from './verification-flags.js';

/** An unknown user who signs in or resets the password. */
export interface MigrationRequest {
  readonly pool: Pool;
  readonly client: AppClient;
  /** As sent by the client. */
  readonly username: string;
  /** Only at a sign-in. */
  readonly password?: string;
  readonly validationData?: Record<string, string> | undefined;
  readonly clientMetadata?: Record<string, string> | undefined;
}

type Response = UserMigrationEvent['response'];

const EMPTY_RESPONSE: Response = { userAttributes: null, finalUserStatus: null, messageAction: null };

/**
 * Runs UserMigration for an unknown user and adds the user that it returns.
 *
 * @returns undefined when the pool has the user already, has no trigger, or when the trigger returns no user.
 * @throws CognitoFault UserNotFoundException when the trigger fails, unless the client has PreventUserExistenceErrors.
 */
export async function migrateUser(environment: Environment, request: MigrationRequest): Promise<User | undefined> {
  const { pool, username } = request;
  if (findUser(pool, username) !== undefined) {
    return undefined;
  }
  const response = await runUserMigration(environment, request);
  return response?.userAttributes ? addMigrated(environment, request, response, response.userAttributes) : undefined;
}

async function runUserMigration({ triggers }: Environment, request: MigrationRequest): Promise<Response | undefined> {
  const { pool, client, username, password, validationData, clientMetadata } = request;
  try {
    return await triggers.run('userMigration', {
      pool,
      clientId: client.id,
      userName: username,
      source: password === undefined ? 'ForgotPassword' : 'Authentication',
      request: {
        ...(password !== undefined && { password }),
        ...(validationData && { validationData }),
        ...(clientMetadata && { clientMetadata }),
      },
      response: EMPTY_RESPONSE,
    });
  } catch (cause) {
    if (hidesUsers(client)) {
      return undefined;
    }
    throw new CognitoFault('UserNotFoundException', `Exception migrating user in app client ${client.id}`, { cause });
  }
}

function addMigrated(
  environment: Environment,
  { pool, username: requestedName, password }: MigrationRequest,
  { finalUserStatus, forceAliasCreation, enableSMSMFA }: Response,
  userAttributes: Record<string, string>,
): User {
  const { username = requestedName, ...attributes } = userAttributes;
  const resolved = resolveUsername(pool, username, attributes);
  assertNewAttributes(pool, resolved.attributes);
  for (const alias of CHANNELS) {
    const value = resolved.attributes[alias];
    if (value !== undefined && isVerified(resolved.attributes, alias)) {
      claimAlias(pool, undefined, alias, value, { force: forceAliasCreation ?? false });
    }
  }
  const status = finalUserStatus === 'CONFIRMED' ? 'CONFIRMED' : 'RESET_REQUIRED';
  const user = addUser(environment, { pool, status, ...resolved });
  if (password !== undefined) {
    setPassword(environment, pool, user, password);
  }
  if (enableSMSMFA) {
    enableFactor(user, 'SMS_MFA');
  }
  return user;
}
