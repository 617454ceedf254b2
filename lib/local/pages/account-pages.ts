import { attributeField } from './attribute-fields.js';
import { announcement, codeField, field, form, link, submit } from './fields.js';
import { type Content, html } from './html.js';
import type { Page } from './layout.js';
import type { Outcome, PageContext } from './page-context.js';
import { newPasswordField, type PasswordRules } from './password-field.js';
import { fill, type TextName } from './texts.js';

/** The sign-up page. */
export interface SignUpView extends Outcome {
  readonly usernameLabel: TextName;
  readonly username?: string | undefined;
  /** Attributes to ask for, with what was typed. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Undefined: a password is not needed. */
  readonly password?: PasswordRules | undefined;
  /** What the app client asks to read. */
  readonly terms?: { readonly termsOfUse: string; readonly privacyPolicy: string } | undefined;
}

/** A page that asks for a code. */
export interface CodeView extends Outcome {
  readonly usernameLabel: TextName;
  /** The user who waits for the code. Undefined: the page asks. */
  readonly username?: string | undefined;
  /** Identifies what the page is about. */
  readonly pageId?: string | undefined;
  /** Where the code was sent, masked. */
  readonly destination?: string | undefined;
}

/** `/signup`. */
export function signUpPage(context: PageContext, view: SignUpView): Page {
  const { texts } = context;
  const attributes = Object.entries(view.attributes);
  return {
    heading: texts.signUp,
    body: [
      announcement(view),
      form(context, '/signup', [
        usernameField(context, view),
        attributes.map(([name, value]) => attributeField(texts, name, value)),
        view.password !== undefined && newPasswordField(texts, 'password', view.password),
        view.terms !== undefined && termsLinks(context, view.terms),
        submit(texts.signUp),
      ]),
      backLink(context),
    ],
  };
}

/** `/confirm`: the code of a sign-up. */
export function confirmPage(context: PageContext, view: CodeView): Page {
  const { texts } = context;
  return {
    heading: texts.confirm,
    body: [
      announcement(view),
      codeIntro(context, view),
      form(context, '/confirm', [accountFields(context, view), codeField(texts.code), submit(texts.confirmButton)]),
      view.username !== undefined &&
        form(context, '/resendcode', [
          accountFields(context, view),
          html`<button type="submit" class="secondary">${texts.resend}</button>`,
        ]),
      backLink(context),
    ],
  };
}

/** `/forgotPassword`. */
export function forgotPasswordPage(context: PageContext, view: CodeView): Page {
  const { texts } = context;
  return {
    heading: texts.forgot,
    body: [
      announcement(view),
      html`<p>${texts.forgotIntro}</p>`,
      form(context, '/forgotPassword', [usernameField(context, view), submit(texts.forgotButton)]),
      backLink(context),
    ],
  };
}

/** `/confirmforgotPassword`: the code and the new password. */
export function resetPasswordPage(context: PageContext, view: CodeView & { readonly password: PasswordRules }): Page {
  const { texts } = context;
  return {
    heading: texts.reset,
    body: [
      announcement(view),
      codeIntro(context, view),
      form(context, '/confirmforgotPassword', [
        accountFields(context, view),
        codeField(texts.code),
        newPasswordField(texts, 'newPassword', view.password),
        submit(texts.resetButton),
      ]),
      backLink(context),
    ],
  };
}

/** A page that says what has happened, with a link to go on. */
export function donePage(
  heading: string,
  text: string,
  next?: { readonly href: string; readonly label: string },
): Page {
  return {
    heading,
    body: [
      html`<p class="note" role="status">${text}</p>`,
      next !== undefined && html`<p><a class="button" href="${next.href}">${next.label}</a></p>`,
    ],
  };
}

function termsLinks({ texts }: PageContext, { termsOfUse, privacyPolicy }: NonNullable<SignUpView['terms']>): Content {
  return html`<p>
    ${texts.termsIntro} <a href="${termsOfUse}" target="_blank" rel="noopener">${texts.termsOfUse}</a>,
    <a href="${privacyPolicy}" target="_blank" rel="noopener">${texts.privacyPolicy}</a>
  </p>`;
}

function usernameField({ texts }: PageContext, view: Pick<CodeView, 'username' | 'usernameLabel'>): Content {
  const { usernameLabel, username } = view;
  const hint = usernameLabel === 'phone' ? texts.phoneHint : undefined;
  return field({
    ...{ name: 'username', label: texts[usernameLabel], autocomplete: 'username', value: username, hint },
    autofocus: true,
  });
}

/** Who the form is about: the page before said so, or the user does. */
function accountFields(context: PageContext, { pageId, ...view }: CodeView): Content {
  return pageId === undefined
    ? usernameField(context, view)
    : html`<input type="hidden" name="page" value="${pageId}" />`;
}

function codeIntro({ texts }: PageContext, { destination }: CodeView): Content {
  const text = destination === undefined ? texts.codeSentSomewhere : fill(texts.codeSent, { destination });
  return html`<p>${text}</p>`;
}

/** The link back to the login page. */
export function backLink(context: PageContext): Content {
  return html`<p class="links">${link(context, '/login', context.texts.back)}</p>`;
}
