import { pages } from '../client/pages.js';
import { readUserSession, type UserSession } from '../client/shapes/user-session.js';
import { requireObject, requireText } from '../errors/require-argument.js';
import type { UserDependencies } from './user-dependencies.js';

/** One of a user's other sessions. */
export interface RevokeSessionRequest {
  readonly accessToken: string;
  readonly sessionId: string;
  /** Whether the sessions that came from it end too. Default false. */
  readonly revokeLinked?: boolean | undefined;
}

/** A user's sessions over all app clients, where the pool tracks them. */
export class CognitoSessions {
  constructor(private readonly dependencies: Pick<UserDependencies<object>, 'client'>) {}

  /**
   * The active sessions, a little behind reality (ListUserSessions).
   *
   * @throws CognitoServiceError with the code ACCESS_TOKEN_..., from the iteration.
   */
  async *list(accessToken: string): AsyncGenerator<UserSession, void, undefined> {
    requireText('accessToken', accessToken);
    yield* pages(async (token) => {
      const { Sessions = [], NextToken } = await this.dependencies.client.send('ListUserSessions', {
        AccessToken: accessToken,
        NextToken: token,
      });
      return { items: Sessions.map(readUserSession), next: NextToken };
    });
  }

  /**
   * Ends another session; the calling one cannot be ended so (RevokeUserSession).
   *
   * @throws CognitoServiceError with the code ACCESS_TOKEN_..., RESOURCE_NOT_FOUND (no such session) or
   *   PARAMETER_INVALID (the calling one).
   */
  async revoke(request: RevokeSessionRequest): Promise<void> {
    requireObject('request', request);
    const { accessToken, sessionId, revokeLinked } = request;
    requireText('accessToken', accessToken);
    requireText('sessionId', sessionId);
    await this.dependencies.client.send('RevokeUserSession', {
      AccessToken: accessToken,
      SessionId: sessionId,
      RevokeAssociatedSessions: revokeLinked === undefined ? undefined : revokeLinked ? 'LINKED' : 'NONE',
    });
  }
}
