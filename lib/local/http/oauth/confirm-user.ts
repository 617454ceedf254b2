import { CognitoFault } from '../../engine/cognito-fault.js';
import { namedUser } from '../../engine/oauth/managed-sign-in.js';
import { callOperation } from '../../operations/call-operation.js';
import { donePage } from '../../pages/account-pages.js';
import { html } from '../../pages/html.js';
import { renderPage } from '../../pages/layout.js';
import { clientsOf, type Handler } from './domain-request.js';
import { textOfFault } from './fault-texts.js';
import { textsFor } from './languages.js';
import { errorUrl, pageResponse } from './page-visit.js';
import { redirectTo } from '../../engine/oauth/redirect.js';

/** `/confirmUser`: the link of a confirmation message. It belongs to no authorization request. */
export const confirmUser: Handler = async (request) => {
  const { environment, http, browser } = request;
  const clientId = http.query.get('client_id') ?? '';
  const found = clientsOf(request)(clientId);
  if (found === undefined) {
    return redirectTo(errorUrl('invalid_request', clientId));
  }
  const { client, pool } = found;
  const texts = textsFor(http);
  const username = http.query.get('user_name') ?? '';
  const { SECRET_HASH: hash } = namedUser(client, username);
  const render = (page: Parameters<typeof renderPage>[0]) => renderPage(page, texts, client.branding ?? pool.branding);
  try {
    const input = {
      ...{ ClientId: client.id, Username: username, ConfirmationCode: http.query.get('confirmation_code') ?? '' },
      ...(hash !== undefined && { SecretHash: hash }),
    };
    await callOperation('ConfirmSignUp', input, { environment, ...browser, region: environment.region });
    return pageResponse({ status: 200, ...render(donePage(texts.confirmedTitle, texts.confirmed)) });
  } catch (error) {
    if (!(error instanceof CognitoFault)) {
      throw error;
    }
    const body = html`<p role="alert">${textOfFault(texts, error)}</p>`;
    return pageResponse({ status: 400, ...render({ heading: texts.error, body }) });
  }
};
