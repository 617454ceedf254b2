import { PagedList } from '../client/paged-list.js';
import { readUserSession, sdkRevokeLinked, type UserSession } from '../client/shapes/user-session.js';
import { requireObject, requireText } from '../errors/require-argument.js';
import type { AdminDependencies } from './admin-dependencies.js';
import { poolAndUsername } from './pool-and-username.js';

/**
 * A session of a user to end.
 *
 * @publicApi
 */
export interface AdminRevokeSessionRequest {
  /** The username, the `sub`, or an alias. */
  readonly username: string;
  /** The `id` of a listed session. */
  readonly sessionId: string;
  /** Whether to end the sessions that are linked to it as well. Default: false. */
  readonly revokeLinked?: boolean | undefined;
}

/**
 * Sessions of any user in all app clients of a pool that tracks sessions: `CognitoAdminService.sessions`.
 *
 * @publicApi
 */
export class AdminSessions {
  constructor(private readonly dependencies: Pick<AdminDependencies<object>, 'client' | 'appClient'>) {}

  /**
   * The active sessions of a user, all or page by page (AdminListUserSessions). New and ended sessions appear with a short
   * delay.
   *
   * @throws CognitoServiceError with the code USER_NOT_FOUND, with a page.
   */
  list(username: string): PagedList<UserSession> {
    const { client, appClient } = this.dependencies;
    return new PagedList(async (_limit, cursor) => {
      const page = { ...poolAndUsername(appClient, username), NextToken: cursor };
      const { Sessions = [], NextToken } = await client.send('AdminListUserSessions', page);
      return { items: Sessions.map(readUserSession), cursor: NextToken };
    });
  }

  /**
   * Ends a session of a user (AdminRevokeUserSession).
   *
   * @throws CognitoServiceError with the code USER_NOT_FOUND or USER_SESSION_NOT_FOUND.
   */
  async revoke(request: AdminRevokeSessionRequest): Promise<void> {
    requireObject('request', request);
    const { username, sessionId, revokeLinked } = request;
    const { client, appClient } = this.dependencies;
    const user = poolAndUsername(appClient, username);
    requireText('sessionId', sessionId);
    await client.send('AdminRevokeUserSession', {
      ...user,
      SessionId: sessionId,
      RevokeAssociatedSessions: sdkRevokeLinked(revokeLinked),
    });
  }
}
