import { CognitoFault } from '../../engine/cognito-fault.js';
import { requiredAttributes } from '../../engine/pools/schema.js';
import { signUpTerms } from '../../engine/terms/terms.js';
import { allowsPasswordless } from '../../engine/sign-in/first-factors.js';
import type { Pool } from '../../model/pool.js';
import { signUpPage } from '../../pages/account-pages.js';
import type { Outcome } from '../../pages/page-context.js';
import type { HttpResponse } from '../route.js';
import { signInConfirmedUser } from '../../engine/oauth/managed-sign-in.js';
import { callAsClient } from './call-as-client.js';
import { askForCode } from './confirm.js';
import { textOfFault } from './fault-texts.js';
import { attributeInputs, input, passwordRules, usernameLabel } from './form-input.js';
import { onAuthorization, onForm, type PageVisit, showPage } from './page-visit.js';
import { proceed } from './proceed.js';

const FAILED = 400;

/** `GET /signup`. */
export const showSignUp = onAuthorization((visit) => signUp(visit, {}, 200));

/** `POST /signup`. */
export const submitSignUp = onForm(
  async (visit) => {
    const { authorization, context, form } = visit;
    const username = input(form, 'username');
    const names = askedAttributes(authorization.pool);
    const attributes = attributeInputs(form, names);
    const password = form.get('password') ?? '';
    const isMissing = username === '' || names.some((name) => attributes[name] === undefined);
    if (isMissing || (password === '' && needsPassword(authorization.pool))) {
      return signUp(visit, { error: context.texts.missing });
    }
    try {
      return await register(visit, username, password, attributes);
    } catch (error) {
      if (!(error instanceof CognitoFault)) {
        throw error;
      }
      return signUp(visit, { error: textOfFault(context.texts, error) });
    }
  },
  (visit) => signUp(visit, { error: visit.context.texts.formExpired }),
);

async function register(
  visit: PageVisit,
  username: string,
  password: string,
  attributes: Readonly<Record<string, string>>,
): Promise<HttpResponse> {
  const { authorization, environment, browser } = visit;
  const { UserConfirmed, CodeDeliveryDetails } = await callAsClient(visit, 'SignUp', username, {
    UserAttributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
    ...(password !== '' && { Password: password }),
  });
  const channel = CodeDeliveryDetails?.AttributeName === 'phone_number' ? ('sms' as const) : ('email' as const);
  const methods = [password === '' ? channel : ('password' as const)];
  if (UserConfirmed) {
    const { pool, client } = authorization;
    const confirmed = { pool, client, username, methods, caller: browser };
    return proceed(visit, await signInConfirmedUser(environment, confirmed));
  }
  const destination = CodeDeliveryDetails?.Destination;
  return askForCode(visit, { username, methods, ...(destination !== undefined && { destination }) });
}

function signUp(visit: PageVisit, outcome: Outcome, status = FAILED): HttpResponse {
  const { authorization, context, form } = visit;
  const { pool, client } = authorization;
  const names = askedAttributes(pool);
  const typed = attributeInputs(form, names);
  const isClosed = pool.settings.AdminCreateUserConfig?.AllowAdminCreateUserOnly ?? false;
  const page = signUpPage(context, {
    ...outcome,
    ...(isClosed && { error: context.texts.noSignUp }),
    usernameLabel: usernameLabel(pool) === 'usernameOrEmail' ? 'username' : usernameLabel(pool),
    username: input(form, 'username'),
    attributes: Object.fromEntries(names.map((name) => [name, typed[name] ?? ''])),
    password: needsPassword(pool) ? passwordRules(pool) : undefined,
    terms: signUpTerms(pool, client.id, context.texts.lang),
  });
  return showPage(visit, page, { status: isClosed ? FAILED : status });
}

/** The attributes that the schema requires and those that are verified, except the one that is the username. */
function askedAttributes(pool: Pool): readonly string[] {
  const { AutoVerifiedAttributes = [], UsernameAttributes = [] } = pool.settings;
  const required = requiredAttributes(pool);
  const verified = AutoVerifiedAttributes.filter((name) => UsernameAttributes.length === 0 || required.includes(name));
  return [...new Set<string>([...verified, ...required])].filter(
    (name) => !UsernameAttributes.some((username) => username === name),
  );
}

function needsPassword(pool: Pool): boolean {
  return !allowsPasswordless(pool);
}
