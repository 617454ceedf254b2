import { CognitoFault } from '../../engine/cognito-fault.js';
import { signInConfirmedUser } from '../../engine/oauth/managed-sign-in.js';
import { redirectTo } from '../../engine/oauth/redirect.js';
import type { PendingAccount } from '../../model/pending-step.js';
import { confirmPage, donePage } from '../../pages/account-pages.js';
import type { Outcome } from '../../pages/page-context.js';
import type { HttpResponse } from '../route.js';
import { callAsClient } from './call-as-client.js';
import { textOfFault } from './fault-texts.js';
import { input, usernameLabel } from './form-input.js';
import { onAuthorization, onForm, pageUrl, type PageVisit, showPage } from './page-visit.js';
import { pendingAccount, rememberPending } from './pending-cookie.js';
import { proceed } from './proceed.js';

const FAILED = 400;

/** `GET /confirm`: the code of a sign-up. */
export const showConfirm = onAuthorization((visit) => confirm(visit, {}, 200));

/** `POST /confirm`. Who signed up at this browser is signed in by that. */
export const submitConfirm = onForm(
  async (visit) => {
    const account = pendingAccount(visit, 'sign-up');
    const username = account?.username ?? input(visit.form, 'username');
    const code = input(visit.form, 'code');
    if (username === '' || code === '') {
      return confirm(visit, { error: visit.context.texts.missing });
    }
    try {
      await callAsClient(visit, 'ConfirmSignUp', username, { ConfirmationCode: code });
    } catch (error) {
      return refused(visit, error);
    }
    return confirmed(visit, username, account);
  },
  (visit) => confirm(visit, { error: visit.context.texts.formExpired }),
);

/** `POST /resendcode`. */
export const submitResend = onForm(
  async (visit) => {
    const username = pendingAccount(visit, 'sign-up')?.username ?? input(visit.form, 'username');
    if (username === '') {
      return confirm(visit, { error: visit.context.texts.missing });
    }
    try {
      await callAsClient(visit, 'ResendConfirmationCode', username, {});
      return confirm(visit, { note: visit.context.texts.resent }, 200);
    } catch (error) {
      return refused(visit, error);
    }
  },
  (visit) => confirm(visit, { error: visit.context.texts.formExpired }),
);

/** Leads to `/confirm` for a user who has to enter a code. */
export function askForCode(
  visit: PageVisit,
  account: Pick<PendingAccount, 'username' | 'destination' | 'methods'>,
): HttpResponse {
  const { authorization, environment } = visit;
  const { pendingAccounts } = environment;
  const added = pendingAccounts.add({
    ...account,
    purpose: 'sign-up',
    clientId: authorization.client.id,
    expiresAt: pendingAccounts.newDeadline(),
  });
  return redirectTo(pageUrl(visit, '/confirm'), [rememberPending(visit, added.id)]);
}

async function confirmed(
  visit: PageVisit,
  username: string,
  account: PendingAccount | undefined,
): Promise<HttpResponse> {
  const { authorization, environment, browser, context } = visit;
  const methods = account?.methods;
  if (methods === undefined) {
    const next = { href: pageUrl(visit, '/login'), label: context.texts.signIn };
    return showPage(visit, donePage(context.texts.confirmedTitle, context.texts.confirmed, next));
  }
  const { pool, client } = authorization;
  return proceed(visit, await signInConfirmedUser(environment, { pool, client, username, methods, caller: browser }));
}

function refused(visit: PageVisit, error: unknown): HttpResponse {
  if (!(error instanceof CognitoFault)) {
    throw error;
  }
  return confirm(visit, { error: textOfFault(visit.context.texts, error) });
}

function confirm(visit: PageVisit, outcome: Outcome, status = FAILED): HttpResponse {
  const { authorization, context } = visit;
  const account = pendingAccount(visit, 'sign-up');
  const page = confirmPage(context, {
    ...outcome,
    usernameLabel: usernameLabel(authorization.pool),
    username: account?.username,
    destination: account?.destination,
    pageId: account?.id,
  });
  return showPage(visit, page, { status });
}
