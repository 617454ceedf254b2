import { CognitoFault } from '../../engine/cognito-fault.js';
import { callbackOf, completeAuthorization } from '../../engine/oauth/complete-authorization.js';
import { choosesFirstFactor, type ManagedSignIn, startManagedSignIn } from '../../engine/oauth/managed-sign-in.js';
import { redirectTo } from '../../engine/oauth/redirect.js';
import { signedInUser } from '../../engine/oauth/silent-sign-in.js';
import type { AppClient } from '../../model/app-client.js';
import type { Pool } from '../../model/pool.js';
import { accountChoicePage, loginPage } from '../../pages/login-page.js';
import type { Outcome } from '../../pages/page-context.js';
import type { TextName } from '../../pages/texts.js';
import type { HttpResponse } from '../route.js';
import { textOfFault } from './fault-texts.js';
import { onAuthorization, onForm, pageUrl, type PageVisit, showPage } from './page-visit.js';
import { rememberPending } from './pending-cookie.js';

const FAILED = 400;

/** `GET /login`. */
export const showLogin = onAuthorization((visit) => {
  const { authorization, environment, browser, context, http } = visit;
  const signedIn = signedInUser(environment, authorization, browser);
  if (signedIn !== undefined && !authorization.prompt.includes('login')) {
    return showPage(visit, accountChoicePage(context, nameOf(signedIn.user)));
  }
  const error = http.query.has('expired') ? context.texts.expired : undefined;
  return login(visit, { username: authorization.loginHint, error }, 200);
});

/** `POST /login`. */
export const submitLogin = onForm(
  async (visit) => {
    switch (visit.form.get('account')) {
      case 'current':
        return continueAsCurrent(visit);
      case 'other':
        return login(visit, { username: visit.authorization.loginHint }, 200);
      default:
        return signIn(visit);
    }
  },
  (visit) => login(visit, { error: visit.context.texts.formExpired }),
);

/** Goes on with a sign-in: to the page of its next challenge, or back to the app client. */
export async function proceed(visit: PageVisit, signIn: ManagedSignIn): Promise<HttpResponse> {
  if ('pending' in signIn) {
    return redirectTo(pageUrl(visit, '/challenge'), [rememberPending(visit, signIn.pending.id)]);
  }
  const { authorization, environment, browser } = visit;
  return completeAuthorization(environment, {
    ...{ request: authorization, user: signIn.user, signInMethods: signIn.methods, browser },
  });
}

async function continueAsCurrent(visit: PageVisit): Promise<HttpResponse> {
  const { authorization, environment, browser } = visit;
  const signedIn = signedInUser(environment, authorization, browser);
  return signedIn === undefined
    ? login(visit, { error: visit.context.texts.expired })
    : redirectTo(await callbackOf(environment, authorization, signedIn.session, browser));
}

async function signIn(visit: PageVisit): Promise<HttpResponse> {
  const { authorization, environment, browser, context, form } = visit;
  const username = form.get('username')?.trim() ?? '';
  const password = choosesFirstFactor(authorization) ? undefined : (form.get('password') ?? '');
  if (!isNative(authorization.client) || username === '' || password === '') {
    return login(visit, { username, error: context.texts.missing });
  }
  try {
    const { pool, client } = authorization;
    const start = { pool, client, username, caller: browser, ...(password !== undefined && { password }) };
    return await proceed(visit, await startManagedSignIn(environment, start));
  } catch (error) {
    if (!(error instanceof CognitoFault)) {
      throw error;
    }
    return login(visit, { username, error: textOfFault(context.texts, error) });
  }
}

function login(visit: PageVisit, view: Outcome & { username?: string | undefined }, status = FAILED): HttpResponse {
  const { authorization, environment, context } = visit;
  const { pool, client } = authorization;
  const page = loginPage(context, {
    ...view,
    usernameLabel: usernameLabel(pool),
    native: isNative(client),
    withPassword: !choosesFirstFactor(authorization),
    canSignUp: !pool.settings.AdminCreateUserConfig?.AllowAdminCreateUserOnly,
    providers: environment.federation?.providersOf(pool, client) ?? [],
  });
  return showPage(visit, page, { status });
}

/** Whether users of the pool itself can sign in. */
function isNative({ settings }: AppClient): boolean {
  return settings.SupportedIdentityProviders?.includes('COGNITO') ?? true;
}

/** What users of the pool sign in with. */
export function usernameLabel({ settings }: Pool): TextName {
  const names = settings.UsernameAttributes ?? [];
  if (names.length > 1) {
    return 'emailOrPhone';
  }
  if (names.length === 1) {
    return names[0] === 'email' ? 'email' : 'phone';
  }
  return settings.AliasAttributes?.includes('email') ? 'usernameOrEmail' : 'username';
}

function nameOf({ attributes, username }: { attributes: Record<string, string>; username: string }): string {
  return attributes['email'] ?? attributes['phone_number'] ?? username;
}
