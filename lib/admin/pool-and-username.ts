import type { AppClient } from '../client/app-client.js';
import { requireText } from '../errors/require-argument.js';

/** The members that identify pool and user in privileged operations. */
export interface PoolAndUsername {
  readonly UserPoolId: string;
  /** The username, the `sub`, or an alias that Cognito accepts for sign-in. */
  readonly Username: string;
}

/** Identifies a user of the pool. */
export function poolAndUsername({ userPoolId }: AppClient, username: string): PoolAndUsername {
  requireText('username', username);
  return { UserPoolId: userPoolId, Username: username };
}
