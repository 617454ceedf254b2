import { CognitoFault } from '../../engine/cognito-fault.js';
import { authorizationQuery } from '../../engine/oauth/authorization-request.js';
import { redirectTo } from '../../engine/oauth/redirect.js';
import { signedInUser } from '../../engine/oauth/silent-sign-in.js';
import { completeRegistration, startRegistration } from '../../engine/passkeys/registration.js';
import { donePage } from '../../pages/account-pages.js';
import { html } from '../../pages/html.js';
import { addPasskeyPage } from '../../pages/passkey-pages.js';
import type { HttpResponse } from '../route.js';
import { onAuthorization, onForm, pageUrl, type PageVisit, showPage } from './page-visit.js';

const FAILED = 400;

/** `GET /passkeys/add`: for a user who is signed in. */
export const showAddPasskey = onAuthorization((visit) => addPasskey(visit));

/** `POST /passkeys/add`. */
export const submitAddPasskey = onForm(
  async (visit) => {
    const { authorization, environment, browser, context, form } = visit;
    const signedIn = signedInUser(environment, authorization, browser);
    if (signedIn === undefined) {
      return redirectTo(pageUrl(visit, '/login'));
    }
    try {
      const { pool, client } = authorization;
      const credential = credentialOf(form.get('credential'));
      await completeRegistration(environment, { pool, client, user: signedIn.user }, credential);
    } catch (error) {
      if (!(error instanceof CognitoFault)) {
        throw error;
      }
      return addPasskey(visit, context.texts.passkeyFailed);
    }
    const next = { href: applicationUrl(visit), label: context.texts.done };
    return showPage(visit, donePage(context.texts.addPasskey, context.texts.passkeyAdded, next));
  },
  (visit) => addPasskey(visit, visit.context.texts.formExpired),
);

function addPasskey(visit: PageVisit, error?: string): HttpResponse {
  const { authorization, environment, browser, context } = visit;
  const signedIn = signedInUser(environment, authorization, browser);
  if (signedIn === undefined) {
    return redirectTo(pageUrl(visit, '/login'));
  }
  try {
    const { pool, client } = authorization;
    const options = JSON.stringify(startRegistration(environment, { pool, client, user: signedIn.user }));
    const page = addPasskeyPage(context, { error, options, next: applicationUrl(visit) });
    return showPage(visit, page, { status: error === undefined ? 200 : FAILED });
  } catch (fault) {
    if (!(fault instanceof CognitoFault)) {
      throw fault;
    }
    const { texts } = context;
    const body = html`<p role="alert">${texts.passkeysOff}</p>`;
    return showPage(visit, { heading: texts.addPasskey, body }, { status: FAILED });
  }
}

/** Back to the application, with a code: the user is signed in. */
function applicationUrl({ authorization }: PageVisit): string {
  const query = authorizationQuery({ ...authorization, prompt: [] });
  return `/oauth2/authorize?${query.toString()}`;
}

function credentialOf(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
