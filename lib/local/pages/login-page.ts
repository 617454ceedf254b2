import { announcement, field, form, link, submit } from './fields.js';
import { type Content, html } from './html.js';
import type { Page } from './layout.js';
import type { Outcome, PageContext } from './page-context.js';
import { fill, type TextName } from './texts.js';

/** The login page. */
export interface LoginView extends Outcome {
  readonly username?: string | undefined;
  /** What users sign in with. */
  readonly usernameLabel: TextName;
  /** Whether users of the pool itself can sign in, or only those of identity providers. */
  readonly native: boolean;
  /** False: the page asks for the username alone, and offers the user's first factors next. */
  readonly withPassword: boolean;
  readonly canSignUp: boolean;
  readonly providers: readonly { readonly name: string; readonly label: string }[];
}

/** `/login`: username and password, and the identity providers. */
export function loginPage(context: PageContext, view: LoginView): Page {
  const { texts } = context;
  const { native, providers } = view;
  return {
    heading: texts.signIn,
    body: [
      announcement(view),
      providers.map((provider) => providerLink(context, provider)),
      native && providers.length > 0 && html`<p class="or">${texts.or}</p>`,
      native && nativeForm(context, view),
      !native && providers.length === 0 && html`<p>${texts.noProvider}</p>`,
    ],
  };
}

function nativeForm(context: PageContext, view: LoginView): Content {
  const { texts } = context;
  const { username, withPassword, canSignUp } = view;
  const known = username !== undefined && username !== '';
  return [
    form(context, '/login', [
      field({
        ...{ name: 'username', label: texts[view.usernameLabel], autocomplete: 'username', value: username },
        autofocus: !known || !withPassword,
      }),
      withPassword &&
        field({
          ...{ name: 'password', label: texts.password, type: 'password', autocomplete: 'current-password' },
          autofocus: known,
        }),
      submit(withPassword ? texts.signIn : texts.next),
    ]),
    html`<p class="links">
      ${link(context, '/forgotPassword', texts.forgotLink)} ${canSignUp && link(context, '/signup', texts.signUp)}
    </p>`,
  ];
}

function providerLink({ query, texts }: PageContext, { name, label }: LoginView['providers'][number]): Content {
  const target = new URLSearchParams(query);
  target.set('identity_provider', name);
  target.delete('idp_identifier');
  return html`<a class="button" href="/oauth2/authorize?${target.toString()}">
    ${fill(texts.continueWith, { provider: label })}
  </a>`;
}

/** `/login` of a browser that is signed in: go on as that user, or sign in as another. */
export function accountChoicePage(context: PageContext, user: string): Page {
  const { texts } = context;
  return {
    heading: texts.chooseAccount,
    body: form(context, '/login', [
      html`<button type="submit" name="account" value="current">${fill(texts.continueAs, { user })}</button>`,
      html`<button type="submit" class="secondary" name="account" value="other">${texts.otherAccount}</button>`,
    ]),
  };
}
