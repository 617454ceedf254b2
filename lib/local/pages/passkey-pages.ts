import type { PendingSignIn } from '../model/pending-step.js';
import { announcement } from './fields.js';
import { type Content, type Html, html } from './html.js';
import type { Page } from './layout.js';
import type { Outcome, PageContext } from './page-context.js';
import { PASSKEY_SCRIPT } from './passkey-script.js';

/** Sign-in with a passkey. */
export function passkeySignInPage(
  context: PageContext,
  view: Outcome & { readonly pending: Pick<PendingSignIn, 'id' | 'parameters'> },
): Page {
  const { texts, query } = context;
  const options = view.pending.parameters['CREDENTIAL_REQUEST_OPTIONS'] ?? '';
  const page = html`<input type="hidden" name="page" value="${view.pending.id}" />`;
  return {
    heading: texts.passkey,
    script: PASSKEY_SCRIPT,
    body: [
      announcement(view),
      html`<p>${texts.passkeyIntro}</p>`,
      ceremony(context, { path: '/challenge', kind: 'get', options, button: texts.passkeyButton, more: page }),
      html`<p class="links"><a href="/login?${query}">${texts.anotherWay}</a></p>`,
    ],
  };
}

/** `/passkeys/add`. */
export function addPasskeyPage(
  context: PageContext,
  view: Outcome & { readonly options: string; readonly next: string },
): Page {
  const { texts } = context;
  return {
    heading: texts.addPasskey,
    script: PASSKEY_SCRIPT,
    body: [
      announcement(view),
      html`<p>${texts.addPasskeyIntro}</p>`,
      ceremony(context, { path: '/passkeys/add', kind: 'create', options: view.options, button: texts.addPasskey }),
      html`<p class="links"><a href="${view.next}">${texts.notNow}</a></p>`,
    ],
  };
}

interface Ceremony {
  readonly path: string;
  readonly kind: 'get' | 'create';
  /** JSON for the authenticator. */
  readonly options: string;
  readonly button: string;
  readonly more?: Content;
}

/** The script hides the message and shows the button. */
function ceremony({ query, csrf, texts }: PageContext, { path, kind, options, button, more }: Ceremony): Html {
  return html`<div role="alert" data-failure="${texts.passkeyFailed}"></div>
    <p class="alert" data-without-script>${texts.needsScript}</p>
    <div data-with-script hidden>
      <form method="post" action="${path}?${query}" data-ceremony="${kind}" data-options="${options}">
        <input type="hidden" name="_csrf" value="${csrf}" />
        <input type="hidden" name="credential" value="" />
        ${more}
        <button type="submit">${button}</button>
      </form>
    </div>`;
}
