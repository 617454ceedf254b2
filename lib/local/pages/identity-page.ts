import { announcement, field, submit } from './fields.js';
import { type Content, html } from './html.js';
import type { Page } from './layout.js';

/** A person who has signed in through the provider before. */
export interface KnownPerson {
  readonly label: string;
  /** Fields of the form that signs them in again. */
  readonly fields: Readonly<Record<string, string>>;
}

/** The page that plays an identity provider. */
export interface IdentityView {
  readonly provider: string;
  /** Where its forms go. */
  readonly action: string;
  readonly people: readonly KnownPerson[];
  /** Fields of a form that was refused, or what the request suggests. */
  readonly typed: URLSearchParams;
  /** Whether the address is verified. */
  readonly verified: boolean;
  /** Why the form was refused. */
  readonly error?: string | undefined;
}

/** The page on which a person chooses who the provider says that they are. In English only: it is no page of Cognito. */
export function identityPage(view: IdentityView): Page {
  return {
    heading: `Sign in with ${view.provider} as …`,
    body: [
      html`<p>The embedded Cognito plays ${view.provider}. Choose who it says that you are.</p>`,
      announcement({ error: view.error }),
      view.people.map((person) => knownPerson(view.action, person)),
      view.people.length > 0 && html`<p class="or">or</p>`,
      personForm(view),
    ],
  };
}

/** The page for a sign-in that is over, or that this browser never began. */
export function endedPage(): Page {
  return {
    heading: 'This sign-in has ended',
    body: html`<p role="alert">
      It was completed, or more than five minutes have passed. Go back to the application and sign in again.
    </p>`,
  };
}

function personForm({ provider, action, typed, verified }: IdentityView): Content {
  const value = (name: string) => typed.get(name) ?? '';
  const optional = { required: false, autocomplete: 'off' } as const;
  return html`<form method="post" action="${action}">
    ${field({ name: 'email', label: 'Email address', type: 'email', ...optional, value: value('email') })}
    <label class="choice">
      <input type="checkbox" name="email_verified" value="true" ${verified && html`checked`} />
      <span>The address is verified</span>
    </label>
    ${field({ name: 'name', label: 'Name', ...optional, value: value('name') })}
    ${field({
      ...{ name: 'sub', label: 'Identifier', ...optional, value: value('sub') },
      hint: 'Left empty, an address always gets the same one.',
    })}
    ${field({ name: 'groups', label: 'Groups', ...optional, value: value('groups'), hint: 'Separated by commas.' })}
    ${field({
      ...{ name: 'claims', label: 'Further claims', ...optional, value: value('claims') },
      hint: 'A JSON object, such as {"locale": "de"}.',
    })}
    ${submit('Sign in', 'outcome', 'allow')} ${failure('deny', 'Deny')}
    ${failure('refuse', `Let ${provider} answer with an error`)}
    ${failure('timeout', `Let ${provider} not answer in time`)}
  </form>`;
}

function failure(outcome: string, label: string): Content {
  return html`<button type="submit" class="secondary" name="outcome" value="${outcome}" formnovalidate>
    ${label}
  </button>`;
}

function knownPerson(action: string, { label, fields }: KnownPerson): Content {
  return html`<form method="post" action="${action}">
    ${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
    ${submit(label, 'outcome', 'allow')}
  </form>`;
}
