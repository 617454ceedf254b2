import type { AuthorizationRequest } from '../../engine/oauth/authorization-request.js';
import { callbackOf } from '../../engine/oauth/complete-authorization.js';
import { withQuery } from '../../engine/oauth/callback-url.js';
import { redirectTo } from '../../engine/oauth/redirect.js';
import { signedInUser } from '../../engine/oauth/silent-sign-in.js';
import type { HttpResponse } from '../route.js';
import { originOf } from '../request-url.js';
import { onAuthorization, type PageVisit } from './page-visit.js';

/**
 * `/oauth2/authorize`: sends the browser back with a code if it is signed in, else to the login page or to an identity
 * provider.
 */
export const authorize = onAuthorization(async (visit) => {
  const { authorization, environment, browser, http } = visit;
  const { prompt } = authorization;
  const signedIn = signedInUser(environment, authorization, browser);
  if (prompt.includes('none')) {
    return signedIn === undefined
      ? redirectTo(loginRequired(authorization))
      : redirectTo(await callbackOf(environment, authorization, signedIn.session, browser));
  }
  if (signedIn !== undefined && !prompt.includes('login') && !prompt.includes('select_account')) {
    return redirectTo(await callbackOf(environment, authorization, signedIn.session, browser));
  }
  return (await federated(visit)) ?? redirectTo(`/login?${http.query.toString()}`);
});

/** Goes straight to the identity provider that the request names. @returns undefined if it names none. */
async function federated({ authorization, environment, http }: PageVisit): Promise<HttpResponse | undefined> {
  const { pool, client, identityProvider, idpIdentifier, redirectUri } = authorization;
  if (identityProvider === 'COGNITO' || (identityProvider ?? idpIdentifier) === undefined) {
    return undefined;
  }
  const { federation } = environment;
  const name = identityProvider ?? federation?.byIdentifier(pool, idpIdentifier ?? '');
  const isOffered = federation?.providersOf(pool, client).some((provider) => provider.name === name);
  return federation === undefined || name === undefined || !isOffered
    ? redirectTo(withQuery(redirectUri, { error: 'invalid_request' }))
    : federation.start(authorization, name, originOf(environment, http));
}

function loginRequired({ redirectUri, state }: AuthorizationRequest): string {
  return withQuery(redirectUri, { error: 'login_required', ...(state !== undefined && { state }) });
}
