import type { AppClient } from '../../model/app-client.js';
import type { Pool } from '../../model/pool.js';
import type { User } from '../../model/user.js';
import type { Environment } from '../environment.js';
import { triggerAttributes } from './trigger-attributes.js';

/** A user who has just been confirmed, or has got back in. */
export interface ConfirmedUser {
  readonly pool: Pool;
  readonly user: User;
  /** Undefined when an administrator did it. */
  readonly client?: AppClient | undefined;
  readonly clientMetadata?: Record<string, string> | undefined;
}

/** Runs PostConfirmation. The user stays confirmed even if it throws; the call fails. */
export async function afterConfirmation(
  { triggers }: Pick<Environment, 'triggers'>,
  source: 'ConfirmSignUp' | 'ConfirmForgotPassword',
  { pool, user, client, clientMetadata }: ConfirmedUser,
): Promise<void> {
  await triggers.run('postConfirmation', {
    pool,
    clientId: client?.id,
    userName: user.username,
    source,
    request: { userAttributes: triggerAttributes(pool, user), ...(clientMetadata && { clientMetadata }) },
    response: {},
  });
}
