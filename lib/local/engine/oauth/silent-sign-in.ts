import type { BrowserSession } from '../../model/browser-session.js';
import type { User } from '../../model/user.js';
import type { Environment } from '../environment.js';
import type { AuthorizationRequest } from './authorization-request.js';
import type { Browser } from './complete-authorization.js';

/** A signed-in browser with its user. */
export interface SignedInBrowser {
  readonly session: BrowserSession;
  readonly user: User;
}

/**
 * The user who is signed in at the browser, and for whom the request can be answered without a page.
 *
 * @returns undefined if nobody is, if the user is disabled or no longer exists, or if the request names another identity
 *   provider than the one of the sign-in.
 */
export function signedInUser(
  { browserSessions }: Pick<Environment, 'browserSessions'>,
  { pool, client, identityProvider }: AuthorizationRequest,
  { sessionId }: Browser,
): SignedInBrowser | undefined {
  const session = browserSessions.find(sessionId, pool, client);
  const user = session && pool.users.bySubject(session.sub);
  if (session === undefined || !user?.enabled) {
    return undefined;
  }
  const provider = session.provider ?? 'COGNITO';
  return identityProvider === undefined || identityProvider === provider ? { session, user } : undefined;
}
