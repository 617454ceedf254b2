import { completeAuthorization } from '../../engine/oauth/complete-authorization.js';
import type { ManagedSignIn } from '../../engine/oauth/managed-sign-in.js';
import { redirectTo } from '../../engine/oauth/redirect.js';
import type { HttpResponse } from '../route.js';
import { pageUrl, type PageVisit } from './page-visit.js';
import { rememberPending } from './pending-cookie.js';

/** Goes on with a sign-in: to the page of its next challenge, or back to the app client. */
export async function proceed(visit: PageVisit, signIn: ManagedSignIn): Promise<HttpResponse> {
  if ('pending' in signIn) {
    return redirectTo(pageUrl(visit, '/challenge'), [rememberPending(visit, signIn.pending.id)]);
  }
  const { authorization, environment, browser } = visit;
  const { user, methods } = signIn;
  return completeAuthorization(environment, { request: authorization, user, signInMethods: methods, browser });
}
