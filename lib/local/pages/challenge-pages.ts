import { otpauthUri } from '../../protocol/otpauth-uri.js';
import type { PendingSignIn } from '../model/pending-step.js';
import { backLink } from './account-pages.js';
import { attributeField } from './attribute-fields.js';
import { announcement, codeField, field, form, submit } from './fields.js';
import { type Content, html } from './html.js';
import type { Page } from './layout.js';
import type { Outcome, PageContext } from './page-context.js';
import { passkeySignInPage } from './passkey-pages.js';
import { newPasswordField, type PasswordRules } from './password-field.js';
import { fill, type TextName } from './texts.js';

/** A page that asks for the answer to a challenge. */
export interface ChallengeView extends Outcome {
  readonly pending: PendingSignIn;
  /** Factors to choose from or to set up. */
  readonly choices: readonly string[];
  readonly password: PasswordRules;
  /** Names of attributes that the user must fill in. */
  readonly missingAttributes: readonly string[];
  /** The application's name in an authenticator app. */
  readonly issuer: string;
}

const FACTOR_TEXTS: Readonly<Record<string, TextName>> = {
  PASSWORD: 'byPassword',
  EMAIL_OTP: 'byEmail',
  SMS_OTP: 'bySms',
  SMS_MFA: 'bySms',
  SOFTWARE_TOKEN_MFA: 'byTotp',
  WEB_AUTHN: 'byPasskey',
};

/** `/challenge`: the page of the challenge that a sign-in waits for. */
export function challengePage(context: PageContext, view: ChallengeView): Page {
  const { texts } = context;
  switch (view.pending.challenge) {
    case 'SELECT_CHALLENGE':
      return choicePage(context, view, texts.chooseFactor);
    case 'SELECT_MFA_TYPE':
      return choicePage(context, view, texts.chooseMfa);
    case 'PASSWORD':
      return answerPage(context, view, texts.signIn, passwordFields(context, view));
    case 'NEW_PASSWORD_REQUIRED':
      return newPasswordPage(context, view);
    case 'MFA_SETUP':
      return view.pending.totpSecret === undefined ? setupPage(context, view) : totpSetupPage(context, view);
    case 'SOFTWARE_TOKEN_MFA':
      return answerPage(context, view, texts.mfa, [
        html`<p>${texts.totpIntro}</p>`,
        codeField(texts.code),
        submit(texts.confirmButton),
      ]);
    case 'WEB_AUTHN':
      return passkeySignInPage(context, view);
    default:
      return answerPage(context, view, texts.mfa, codeFields(context, view));
  }
}

function answerPage(context: PageContext, view: ChallengeView, heading: string, fields: Content): Page {
  return {
    heading,
    body: [
      announcement(view),
      form(context, '/challenge', [html`<input type="hidden" name="page" value="${view.pending.id}" />`, fields]),
      backLink(context),
    ],
  };
}

function choicePage(context: PageContext, view: ChallengeView, heading: string): Page {
  const { texts } = context;
  const buttons = view.choices.map((factor) => factorButton(context, factor));
  return answerPage(context, view, heading, buttons.length > 0 ? buttons : html`<p role="alert">${texts.failed}</p>`);
}

function factorButton({ texts }: PageContext, factor: string): Content {
  const name = FACTOR_TEXTS[factor];
  return (
    name !== undefined &&
    html`<button type="submit" class="secondary" name="answer" value="${factor}">${texts[name]}</button>`
  );
}

/** The username is there for password managers. */
function passwordFields({ texts }: PageContext, { pending }: ChallengeView): Content {
  return [
    html`<p>${pending.typedName}</p>
      <input type="hidden" name="username" autocomplete="username" value="${pending.typedName}" />`,
    field({
      ...{ name: 'password', label: texts.password, type: 'password', autocomplete: 'current-password' },
      autofocus: true,
    }),
    submit(texts.signIn),
  ];
}

function codeFields({ texts }: PageContext, { pending }: ChallengeView): Content {
  const destination = pending.parameters['CODE_DELIVERY_DESTINATION'] ?? '';
  return [html`<p>${fill(texts.codeSent, { destination })}</p>`, codeField(texts.code), submit(texts.confirmButton)];
}

function newPasswordPage(context: PageContext, view: ChallengeView): Page {
  const { texts } = context;
  return answerPage(context, view, texts.reset, [
    html`<p>${texts.newPasswordIntro}</p>`,
    newPasswordField(texts, 'newPassword', view.password),
    view.missingAttributes.map((name) => attributeField(texts, name)),
    submit(texts.resetButton),
  ]);
}

function setupPage(context: PageContext, view: ChallengeView): Page {
  const { texts } = context;
  const { choices } = view;
  return {
    heading: texts.setup,
    body: [
      announcement(view),
      html`<p>${texts.setupIntro}</p>`,
      choices.includes('SOFTWARE_TOKEN_MFA') && setupForm(context, view, factorButton(context, 'SOFTWARE_TOKEN_MFA')),
      choices.includes('EMAIL_OTP') &&
        setupForm(context, view, [
          field({ name: 'email', label: texts.email, type: 'email', autocomplete: 'email' }),
          factorButton(context, 'EMAIL_OTP'),
        ]),
      backLink(context),
    ],
  };
}

function setupForm(context: PageContext, { pending }: ChallengeView, fields: Content): Content {
  return form(context, '/challenge', [html`<input type="hidden" name="page" value="${pending.id}" />`, fields]);
}

function totpSetupPage(context: PageContext, view: ChallengeView): Page {
  const { texts } = context;
  const { pending, issuer } = view;
  const secret = pending.totpSecret ?? '';
  return answerPage(context, view, texts.setup, [
    html`<p>${texts.totpSetupIntro}</p>
      <p>
        <a class="button" href="${otpauthUri({ issuer, account: pending.typedName }, secret)}">${texts.totpLink}</a>
      </p>
      <p>${texts.totpKey} <code>${secret}</code></p>
      <p>${texts.totpIntro}</p>`,
    codeField(texts.code),
    submit(texts.confirmButton),
  ]);
}
