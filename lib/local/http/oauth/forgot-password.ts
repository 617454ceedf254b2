import { CognitoFault } from '../../engine/cognito-fault.js';
import { redirectTo } from '../../engine/oauth/redirect.js';
import { donePage, forgotPasswordPage, resetPasswordPage } from '../../pages/account-pages.js';
import type { Outcome } from '../../pages/page-context.js';
import type { HttpResponse } from '../route.js';
import { callAsClient } from './call-as-client.js';
import { textOfFault } from './fault-texts.js';
import { input, passwordRules, usernameLabel } from './form-input.js';
import { onAuthorization, onForm, pageUrl, type PageVisit, showPage } from './page-visit.js';
import { pendingAccount, rememberPending } from './pending-cookie.js';

const FAILED = 400;

/** `GET /forgotPassword`. */
export const showForgotPassword = onAuthorization((visit) =>
  askForRecovery(visit, { username: visit.authorization.loginHint }, 200),
);

/** `POST /forgotPassword`. */
export const submitForgotPassword = onForm(
  async (visit) => {
    const { authorization, environment, context, form } = visit;
    const username = input(form, 'username');
    if (username === '') {
      return askForRecovery(visit, { error: context.texts.missing });
    }
    try {
      const { CodeDeliveryDetails } = await callAsClient(visit, 'ForgotPassword', username, {});
      const { pendingAccounts } = environment;
      const { id } = pendingAccounts.add({
        purpose: 'forgot-password',
        ...{ username, clientId: authorization.client.id, expiresAt: pendingAccounts.newDeadline() },
        destination: CodeDeliveryDetails?.Destination ?? '',
      });
      return redirectTo(pageUrl(visit, '/confirmforgotPassword'), [rememberPending(visit, id)]);
    } catch (error) {
      return askForRecovery(visit, { username, error: textOf(visit, error) });
    }
  },
  (visit) => askForRecovery(visit, { error: visit.context.texts.formExpired }),
);

/** `GET /confirmforgotPassword`. */
export const showResetPassword = onAuthorization((visit) => reset(visit, {}, 200));

/** `POST /confirmforgotPassword`. */
export const submitResetPassword = onForm(
  async (visit) => {
    const { context, form } = visit;
    const username = pendingAccount(visit, 'forgot-password')?.username ?? input(form, 'username');
    const code = input(form, 'code');
    const password = form.get('password') ?? '';
    if (username === '' || code === '' || password === '') {
      return reset(visit, { error: context.texts.missing });
    }
    try {
      await callAsClient(visit, 'ConfirmForgotPassword', username, { ConfirmationCode: code, Password: password });
    } catch (error) {
      return reset(visit, { error: textOf(visit, error) });
    }
    const next = { href: pageUrl(visit, '/login'), label: context.texts.signIn };
    return showPage(visit, donePage(context.texts.reset, context.texts.resetDone, next));
  },
  (visit) => reset(visit, { error: visit.context.texts.formExpired }),
);

/** The page `/forgotPassword`. */
export function askForRecovery(
  visit: PageVisit,
  view: Outcome & { readonly username?: string | undefined },
  status = FAILED,
): HttpResponse {
  const { authorization, context } = visit;
  const page = forgotPasswordPage(context, { ...view, usernameLabel: usernameLabel(authorization.pool) });
  return showPage(visit, page, { status });
}

function reset(visit: PageVisit, outcome: Outcome, status = FAILED): HttpResponse {
  const { authorization, context } = visit;
  const { pool } = authorization;
  const account = pendingAccount(visit, 'forgot-password');
  const page = resetPasswordPage(context, {
    ...outcome,
    usernameLabel: usernameLabel(pool),
    destination: account?.destination,
    pageId: account?.id,
    password: passwordRules(pool),
  });
  return showPage(visit, page, { status });
}

function textOf({ context }: PageVisit, error: unknown): string {
  if (!(error instanceof CognitoFault)) {
    throw error;
  }
  return textOfFault(context.texts, error);
}
