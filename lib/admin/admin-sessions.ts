import { pages } from '../client/pages.js';
import { readUserSession, type UserSession } from '../client/shapes/user-session.js';
import { requireObject, requireText } from '../errors/require-argument.js';
import type { AdminDependencies } from './admin-dependencies.js';

/** One session of a user. */
export interface AdminRevokeSessionRequest {
  readonly username: string;
  readonly sessionId: string;
  /** Whether the sessions that belong to it end too. Default false. */
  readonly revokeLinked?: boolean | undefined;
}

/** The sessions of any user over all app clients, where the pool tracks them. */
export class AdminSessions {
  constructor(private readonly dependencies: Pick<AdminDependencies<object>, 'client' | 'appClient'>) {}

  /**
   * The active sessions of a user, a little behind reality (AdminListUserSessions).
   *
   * @throws CognitoServiceError with the code USER_NOT_FOUND, from the iteration.
   */
  async *list(username: string): AsyncGenerator<UserSession, void, undefined> {
    requireText('username', username);
    const { client, appClient } = this.dependencies;
    yield* pages(async (token) => {
      const page = { UserPoolId: appClient.userPoolId, Username: username, NextToken: token };
      const { Sessions = [], NextToken } = await client.send('AdminListUserSessions', page);
      return { items: Sessions.map(readUserSession), next: NextToken };
    });
  }

  /**
   * Ends a session of a user (AdminRevokeUserSession).
   *
   * @throws CognitoServiceError with the code USER_NOT_FOUND or RESOURCE_NOT_FOUND (no such session).
   */
  async revoke(request: AdminRevokeSessionRequest): Promise<void> {
    requireObject('request', request);
    const { username, sessionId, revokeLinked } = request;
    requireText('username', username);
    requireText('sessionId', sessionId);
    const { client, appClient } = this.dependencies;
    await client.send('AdminRevokeUserSession', {
      UserPoolId: appClient.userPoolId,
      Username: username,
      SessionId: sessionId,
      RevokeAssociatedSessions: revokeLinked === undefined ? undefined : revokeLinked ? 'LINKED' : 'NONE',
    });
  }
}
