import { setCookie } from '../../engine/oauth/cookies.js';
import { SESSION_COOKIE } from '../../engine/oauth/complete-authorization.js';
import { redirectTo } from '../../engine/oauth/redirect.js';
import type { Pool } from '../../model/pool.js';
import type { HttpResponse } from '../route.js';
import { clientsOf, type DomainRequest, type Handler } from './domain-request.js';
import { errorUrl } from './page-visit.js';

/**
 * `/logout`: ends the browser's session of the client's pool, and goes to one of the client's LogoutURLs or, with
 * `redirect_uri` and `response_type`, to the login page. It revokes no tokens. The parameters of OpenID Connect
 * RP-Initiated Logout are ignored.
 */
export const logout: Handler = (request) => {
  const { query } = request.http;
  const clientId = query.get('client_id');
  const found = clientsOf(request)(clientId ?? '');
  if (found === undefined) {
    return redirectTo(errorUrl('invalid_request', clientId));
  }
  const { LogoutURLs = [], CallbackURLs = [] } = found.client.settings;
  const logoutUri = query.get('logout_uri');
  if (logoutUri !== null) {
    return LogoutURLs.includes(logoutUri)
      ? signedOut(request, found.pool, logoutUri)
      : redirectTo(errorUrl('redirect_mismatch', clientId));
  }
  const redirectUri = query.get('redirect_uri');
  if (redirectUri === null || !query.has('response_type')) {
    return redirectTo(errorUrl('invalid_request', clientId));
  }
  return CallbackURLs.includes(redirectUri)
    ? signedOut(request, found.pool, `/login?${query.toString()}`)
    : redirectTo(errorUrl('redirect_mismatch', clientId));
};

function signedOut({ environment, browser }: DomainRequest, pool: Pool, location: string): HttpResponse {
  const { sessionId } = browser;
  if (sessionId === undefined || environment.browserSessions.end(sessionId, pool)) {
    return redirectTo(location, [setCookie(environment, { name: SESSION_COOKIE, value: '', maxAge: 0 })]);
  }
  return redirectTo(location);
}
