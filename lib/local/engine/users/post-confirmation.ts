import type { AppClient } from '../../model/app-client.js';
import type { Pool } from '../../model/pool.js';
import type { User } from '../../model/user.js';
import type { Environment } from '../environment.js';
import { triggerUser } from './trigger-attributes.js';

/** A user who has just been confirmed or has reset the password. */
export interface ConfirmedUser {
  readonly pool: Pool;
  readonly user: User;
  /** Undefined when an administrator confirmed the user. */
  readonly client?: AppClient | undefined;
  readonly clientMetadata?: Record<string, string> | undefined;
}

/**
 * Runs PostConfirmation. The user stays confirmed even if the trigger fails.
 *
 * @throws CognitoFault UserLambdaValidationException when the trigger throws.
 */
export async function runPostConfirmation(
  { triggers }: Pick<Environment, 'triggers'>,
  source: 'ConfirmSignUp' | 'ConfirmForgotPassword',
  confirmed: ConfirmedUser,
): Promise<void> {
  const { pool, user, client } = confirmed;
  await triggers.run('postConfirmation', {
    pool,
    clientId: client?.id,
    userName: user.username,
    source,
    request: triggerUser(confirmed),
    response: {},
  });
}
