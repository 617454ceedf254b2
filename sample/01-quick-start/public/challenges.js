import { codeField, create, element, field, onClick, onSubmit, complain, show } from './dom.js';
import { totpSecret } from './qr-code.js';

const LABELS = {
  EMAIL_OTP: 'A code by e-mail',
  SMS_MFA: 'A code by text message',
  SMS_OTP: 'A code by text message',
  SOFTWARE_TOKEN_MFA: 'Authenticator app',
  PASSWORD_SRP: 'Password',
  WEB_AUTHN: 'Passkey',
};

const byCode = (hint) => () => ({
  title: 'Enter the code',
  hint,
  fields: [codeField()],
  read: ({ code }) => ({ code: code.trim() }),
});

/** How to ask for the answer to each challenge, and how to read it from the form. Passkeys are the browser's. */
const FORMS = {
  EMAIL_OTP: byCode('We have sent you a code by e-mail.'),
  SMS_MFA: byCode('We have sent you a code by text message.'),
  SMS_OTP: byCode('We have sent you a code by text message.'),
  SOFTWARE_TOKEN_MFA: byCode('Your authenticator app shows it.'),

  SELECT_MFA_TYPE: ({ parameters: { choices } }) => ({
    title: 'Choose your second factor',
    fields: [options('mfaType', choices)],
    read: ({ mfaType }) => ({ mfaType }),
  }),

  SELECT_CHALLENGE: ({ parameters: { choices } }) => ({
    title: 'Choose how to sign in',
    hint: choices.includes('WEB_AUTHN')
      ? ''
      : 'This account has no passkey yet. You can add one when you are signed in.',
    fields: [options('factor', choices), passwordField()],
    read: ({ factor, password }) => (factor === 'PASSWORD_SRP' ? { factor, password } : { factor }),
  }),

  NEW_PASSWORD_REQUIRED: ({ parameters: { requiredAttributes } }) => ({
    title: 'Choose a new password',
    hint: 'The one that you have is for your first sign-in only.',
    fields: [
      field('New password', { name: 'password', type: 'password', autocomplete: 'new-password' }),
      ...requiredAttributes.map((name) => field(name.replaceAll('_', ' '), { name })),
    ],
    read: ({ password, ...attributes }) => ({ password, attributes }),
  }),

  MFA_SETUP: async ({ parameters: { choices }, setUpTotp }) =>
    choices.includes('SOFTWARE_TOKEN_MFA')
      ? {
          title: 'Set up your authenticator app',
          hint: 'Everybody needs a second factor here.',
          fields: [totpSecret(await setUpTotp()), codeField('Code of the app')],
          read: ({ code }) => ({ code: code.trim() }),
        }
      : {
          title: 'Your e-mail address',
          hint: 'Codes for your sign-ins go there.',
          fields: [field('E-mail address', { name: 'email', type: 'email', autocomplete: 'email' })],
          read: ({ email }) => ({ email }),
        },

  CUSTOM_CHALLENGE: ({ parameters }) => ({
    title: 'One more question',
    hint: Object.values(parameters).join(' '),
    fields: [field('Answer', { name: 'answer' })],
    read: ({ answer }) => ({ answer }),
  }),
};

/** The form that is shown: how to read it, and who waits for it. */
let asked;

/** Asks the user. The result is for `onChallenge` of the client. */
export async function askUser(challenge) {
  const { title, hint = '', fields, read } = await FORMS[challenge.name](challenge);
  element('challenge-title').textContent = title;
  element('challenge-hint').textContent = hint;
  element('challenge-fields').replaceChildren(...fields);
  show('challenge');
  if (challenge.error) {
    complain(challenge.error.message);
  }
  return new Promise((resolve) => {
    asked = { resolve: (values) => resolve(values && challenge.answer(read(values))) };
  });
}

onSubmit('challenge-form', (values) => asked?.resolve(values));

// Nothing is an answer, too: the client gives up.
onClick('challenge-cancel', () => asked?.resolve(undefined));

/** Is shown where the user chooses the password. */
function passwordField() {
  const properties = { name: 'password', type: 'password', autocomplete: 'current-password', required: false };
  return Object.assign(field('Password', properties), { className: 'for-password' });
}

function options(name, choices) {
  const known = choices.filter((choice) => choice in LABELS);
  return create(
    'fieldset',
    {},
    create('legend', { className: 'hidden' }, 'Choices'),
    ...known.map((value, index) =>
      create(
        'label',
        { className: 'choice' },
        create('input', { type: 'radio', name, value, checked: index === 0 }),
        LABELS[value],
      ),
    ),
  );
}
