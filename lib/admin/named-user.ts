import type { AppClient } from '../client/app-client.js';
import { requireText } from '../errors/require-argument.js';

/** A user as privileged operations name one. */
export interface NamedUser {
  readonly UserPoolId: string;
  /** The username, the `sub`, or an alias that Cognito accepts for sign-in. */
  readonly Username: string;
}

/** Names a user of the pool. */
export function namedUser({ userPoolId }: AppClient, username: string): NamedUser {
  requireText('username', username);
  return { UserPoolId: userPoolId, Username: username };
}
