import { CognitoFault } from '../../engine/cognito-fault.js';
import { callbackOf } from '../../engine/oauth/complete-authorization.js';
import { choosesFirstFactor, startManagedSignIn } from '../../engine/oauth/managed-sign-in.js';
import { redirectTo } from '../../engine/oauth/redirect.js';
import { signedInUser } from '../../engine/oauth/silent-sign-in.js';
import type { AppClient } from '../../model/app-client.js';
import type { User } from '../../model/user.js';
import { accountChoicePage, loginPage } from '../../pages/login-page.js';
import type { Outcome } from '../../pages/page-context.js';
import type { HttpResponse } from '../route.js';
import { textOfFault } from './fault-texts.js';
import { askForCode } from './confirm.js';
import { askForRecovery } from './forgot-password.js';
import { input, usernameLabel } from './form-input.js';
import { onAuthorization, onForm, type PageVisit, showPage } from './page-visit.js';
import { proceed } from './proceed.js';

const FAILED = 400;

/** `GET /login`. */
export const showLogin = onAuthorization((visit) => {
  const { authorization, environment, browser, context, http } = visit;
  const signedIn = signedInUser(environment, authorization, browser);
  if (signedIn !== undefined && !authorization.prompt.includes('login')) {
    return showPage(visit, accountChoicePage(context, nameOf(signedIn.user)));
  }
  const { texts } = context;
  return http.query.has('expired')
    ? login(visit, { error: texts.expired })
    : login(visit, { username: authorization.loginHint }, 200);
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

/** The login page. */
export function login(
  visit: PageVisit,
  view: Outcome & { readonly username?: string | undefined },
  status = FAILED,
): HttpResponse {
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

async function continueAsCurrent(visit: PageVisit): Promise<HttpResponse> {
  const { authorization, environment, browser } = visit;
  const signedIn = signedInUser(environment, authorization, browser);
  return signedIn === undefined
    ? login(visit, { error: visit.context.texts.expired })
    : redirectTo(await callbackOf(environment, authorization, signedIn.session, browser));
}

async function signIn(visit: PageVisit): Promise<HttpResponse> {
  const { authorization, environment, browser, context, form } = visit;
  const username = input(form, 'username');
  const password = choosesFirstFactor(authorization) ? undefined : (form.get('password') ?? '');
  if (!isNative(authorization.client) || username === '' || password === '') {
    return login(visit, { username, error: context.texts.missing });
  }
  try {
    const { pool, client } = authorization;
    const start = { pool, client, username, caller: browser, ...(password !== undefined && { password }) };
    return await proceed(visit, await startManagedSignIn(environment, start));
  } catch (error) {
    return afterFault(visit, username, error);
  }
}

/** The page after a sign-in that was refused. @throws every error that is not of Cognito. */
export function afterFault(visit: PageVisit, username: string, error: unknown): HttpResponse {
  if (!(error instanceof CognitoFault)) {
    throw error;
  }
  const text = textOfFault(visit.context.texts, error);
  switch (error.exception) {
    case 'UserNotConfirmedException':
      return askForCode(visit, { username });
    case 'PasswordResetRequiredException':
      return askForRecovery(visit, { username, error: text });
    default:
      return login(visit, { username, error: text });
  }
}

/** Whether users of the pool itself can sign in. */
function isNative({ settings }: AppClient): boolean {
  return settings.SupportedIdentityProviders?.includes('COGNITO') ?? true;
}

function nameOf({ attributes, username }: User): string {
  return attributes['email'] ?? attributes['phone_number'] ?? username;
}
