import { PagedList } from '../client/paged-list.js';
import { readUserSession, sdkRevokeLinked, type UserSession } from '../client/shapes/user-session.js';
import { requireObject, requireText } from '../errors/require-argument.js';
import type { UserDependencies } from './user-dependencies.js';

/**
 * A session of the user to end.
 *
 * @publicApi
 */
export interface RevokeSessionRequest {
  /** Of the signed-in user. */
  readonly accessToken: string;
  /** The `id` of a listed session. */
  readonly sessionId: string;
  /** Whether to end the sessions that are linked to it as well. Default: false. */
  readonly revokeLinked?: boolean | undefined;
}

/**
 * Sessions of the signed-in user in all app clients of a pool that tracks sessions: `CognitoService.sessions`.
 *
 * @publicApi
 */
export class CognitoSessions {
  constructor(private readonly dependencies: Pick<UserDependencies<object>, 'client'>) {}

  /**
   * The active sessions, all or page by page (ListUserSessions). New and ended sessions appear with a short delay.
   *
   * @throws CognitoServiceError with the code ACCESS_TOKEN_..., with a page.
   */
  list(accessToken: string): PagedList<UserSession> {
    return new PagedList(async (_limit, cursor) => {
      requireText('accessToken', accessToken);
      const page = { AccessToken: accessToken, NextToken: cursor };
      const { Sessions = [], NextToken } = await this.dependencies.client.send('ListUserSessions', page);
      return { items: Sessions.map(readUserSession), cursor: NextToken };
    });
  }

  /**
   * Ends another session of the user (RevokeUserSession). `logout` ends the current one.
   *
   * @throws CognitoServiceError with the code ACCESS_TOKEN_..., USER_SESSION_NOT_FOUND or USER_SESSION_CURRENT.
   */
  async revoke(request: RevokeSessionRequest): Promise<void> {
    requireObject('request', request);
    const { accessToken, sessionId, revokeLinked } = request;
    requireText('accessToken', accessToken);
    requireText('sessionId', sessionId);
    await this.dependencies.client.send('RevokeUserSession', {
      AccessToken: accessToken,
      SessionId: sessionId,
      RevokeAssociatedSessions: sdkRevokeLinked(revokeLinked),
    });
  }
}
