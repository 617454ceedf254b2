import type { AppClient } from '../../model/app-client.js';
import type { UserMigrationEvent } from '../../model/authentication-events.js';
import type { Pool } from '../../model/pool.js';
import type { User } from '../../model/user.js';
import { CognitoFault } from '../cognito-fault.js';
import type { Environment } from '../environment.js';
import { enableFactor } from '../mfa/preferences.js';
import { claimAlias } from './aliases.js';
import { assertNewAttributes } from './attribute-rules.js';
import { findUser, hidesUsers } from './find-user.js';
import { addUser, resolveUsername } from './new-user.js';
import { setPassword } from './password.js';

/** Somebody whom the pool does not have, and who may be known elsewhere. */
export interface MigrationRequest {
  readonly pool: Pool;
  readonly client: AppClient;
  /** As typed. */
  readonly username: string;
  /** Only when they sign in. */
  readonly password?: string;
  readonly validationData?: Record<string, string> | undefined;
  readonly clientMetadata?: Record<string, string> | undefined;
}

type Response = UserMigrationEvent['response'];

const NOBODY: Response = { userAttributes: null, finalUserStatus: null, messageAction: null };

/**
 * Asks UserMigration for a user whom the pool does not have, and adds them.
 *
 * @returns undefined when there is no trigger or it knows nobody either; also for a name that the pool has.
 * @throws CognitoFault UserNotFoundException when the trigger fails, unless the client hides who exists.
 */
export async function migrateUser(environment: Environment, newcomer: MigrationRequest): Promise<User | undefined> {
  const { pool, username } = newcomer;
  if (findUser(pool, username) !== undefined) {
    return undefined;
  }
  const response = await ask(environment, newcomer);
  return response?.userAttributes ? addMigrated(environment, newcomer, response, response.userAttributes) : undefined;
}

async function ask({ triggers }: Environment, newcomer: MigrationRequest): Promise<Response | undefined> {
  const { pool, client, username, password, validationData, clientMetadata } = newcomer;
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
      response: NOBODY,
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
  { pool, username: typed, password }: MigrationRequest,
  { finalUserStatus, forceAliasCreation, enableSMSMFA }: Response,
  given: Record<string, string>,
): User {
  const { username = typed, ...attributes } = given;
  const planned = resolveUsername(pool, username, attributes).attributes;
  assertNewAttributes(pool, planned);
  for (const alias of ['email', 'phone_number']) {
    const value = planned[alias];
    if (value !== undefined && planned[`${alias}_verified`] === 'true') {
      claimAlias(pool, undefined, alias, value, { force: forceAliasCreation ?? false });
    }
  }
  const status = finalUserStatus === 'CONFIRMED' ? 'CONFIRMED' : 'RESET_REQUIRED';
  const user = addUser(environment, { pool, username, attributes, status });
  if (password !== undefined) {
    setPassword(environment, pool, user, password);
  }
  if (enableSMSMFA) {
    enableFactor(user, 'SMS_MFA');
  }
  return user;
}
