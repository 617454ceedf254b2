import { CognitoFault } from '../../engine/cognito-fault.js';
import { associateTokenInSession, verifyTokenInSession } from '../../engine/mfa/software-token-setup.js';
import { answerManagedSignIn } from '../../engine/oauth/managed-sign-in.js';
import { redirectTo } from '../../engine/oauth/redirect.js';
import { isRetryable } from '../../engine/sign-in/challenges/answer-challenge.js';
import type { PendingSignIn } from '../../model/pending-step.js';
import { challengePage } from '../../pages/challenge-pages.js';
import type { HttpResponse } from '../route.js';
import { choicesOf, missingAttributesOf, responsesOf } from './challenge-form.js';
import { textOfFault } from './fault-texts.js';
import { input, passwordRules } from './form-input.js';
import { afterFault, login } from './login.js';
import { onAuthorization, onForm, pageUrl, type PageVisit, showPage } from './page-visit.js';
import { pendingId, rememberPending } from './pending-cookie.js';
import { proceed } from './proceed.js';

const FAILED = 400;

/** `GET /challenge`: what a sign-in waits for. */
export const showChallenge = onAuthorization((visit) => {
  const pending = pendingSignIn(visit);
  return pending === undefined ? expired(visit) : challenge(visit, pending);
});

/** `POST /challenge`. */
export const submitChallenge = onForm(
  async (visit) => {
    const pending = pendingSignIn(visit);
    if (pending === undefined) {
      return expired(visit);
    }
    try {
      return await answer(visit, pending);
    } catch (error) {
      return refused(visit, pending, error);
    }
  },
  (visit) => {
    const pending = pendingSignIn(visit);
    return pending === undefined ? expired(visit) : challenge(visit, pending, visit.context.texts.formExpired);
  },
);

async function answer(visit: PageVisit, pending: PendingSignIn): Promise<HttpResponse> {
  const { authorization, environment, browser, form, context } = visit;
  if (pending.challenge === 'MFA_SETUP' && !form.has('email')) {
    return setUpSoftwareToken(visit, pending);
  }
  const responses = responsesOf(pending, form);
  if (responses === undefined) {
    return challenge(visit, pending, context.texts.missing);
  }
  return proceed(visit, await answerManagedSignIn(environment, authorization, pending, responses, browser));
}

/** An authenticator app is set up in two steps: its secret, then the first code. */
async function setUpSoftwareToken(visit: PageVisit, pending: PendingSignIn): Promise<HttpResponse> {
  const { authorization, environment, browser, form } = visit;
  if (pending.totpSecret === undefined) {
    const { secret, session } = associateTokenInSession(environment, pending.session);
    const { id } = environment.pendingSignIns.add({ ...pending, session, totpSecret: secret });
    return redirectTo(pageUrl(visit, '/challenge'), [rememberPending(visit, id)]);
  }
  const session = verifyTokenInSession(environment, pending.session, input(form, 'code'));
  const verified = { ...pending, session };
  return proceed(visit, await answerManagedSignIn(environment, authorization, verified, {}, browser));
}

/** A wrong code can be repeated; after any other fault the sign-in starts again. */
function refused(visit: PageVisit, pending: PendingSignIn, error: unknown): HttpResponse {
  const { texts } = visit.context;
  if (error instanceof CognitoFault) {
    if (isRetryable(error) || error.exception === 'EnableSoftwareTokenMFAException') {
      return challenge(visit, pending, textOfFault(texts, error));
    }
    if (pending.challenge === 'WEB_AUTHN') {
      return login(visit, { username: pending.typedName, error: texts.passkeyFailed });
    }
  }
  return afterFault(visit, pending.typedName, error);
}

function challenge(visit: PageVisit, pending: PendingSignIn, error?: string): HttpResponse {
  const { authorization, context } = visit;
  const page = challengePage(context, {
    ...{ pending, error, issuer: authorization.pool.name },
    choices: choicesOf(pending),
    password: passwordRules(authorization.pool),
    missingAttributes: missingAttributesOf(pending),
  });
  return showPage(visit, page, { status: error === undefined ? 200 : FAILED });
}

function pendingSignIn(visit: PageVisit): PendingSignIn | undefined {
  const { authorization, environment } = visit;
  return environment.pendingSignIns.find(pendingId(visit), authorization.client.id);
}

function expired(visit: PageVisit): HttpResponse {
  return redirectTo(`${pageUrl(visit, '/login')}&expired=1`);
}
