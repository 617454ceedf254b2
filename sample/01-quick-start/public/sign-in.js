/* global document */

import { showAccount } from './account.js';
import { askUser } from './challenges.js';
import { client } from './client.js';
import { attempt, element, onClick, onSubmit, say, show } from './dom.js';

/** Who signs up, or has forgotten the password. */
let username = '';

const form = (id) => element(id).elements;

/** Refusals that another view helps with. */
const WAYS_ON = {
  USER_NOT_CONFIRMED: () => show('confirm', 'Your account is not confirmed yet. Enter the code of our e-mail.'),
  PASSWORD_RESET_REQUIRED: () => show('forgot', 'Your password has to be changed.'),
  CHALLENGE_UNANSWERED: () => showSignIn(),
};

/** Goes through all challenges until the user is signed in. */
async function signIn(credentials) {
  username = credentials.username;
  say('');
  try {
    await client.signIn(credentials, { onChallenge: askUser });
    element('sign-in-form').reset();
    await showAccount();
  } catch (error) {
    const wayOn = WAYS_ON[error.code];
    if (wayOn === undefined) {
      show('sign-in');
      throw error;
    }
    wayOn();
  }
}

/** Shows the form with the name of the user, who types in the password alone. */
function showSignIn(text) {
  form('sign-in-form').username.value = username;
  form('sign-in-form').password.value = '';
  show('sign-in', text);
}

onSubmit('sign-in-form', ({ username: name, password }, { value }) =>
  value === 'passkey'
    ? signIn({ username: name, flow: 'USER_AUTH', preferredChallenge: 'WEB_AUTHN' })
    : signIn({ username: name, password }),
);

onSubmit('register-form', async ({ username: name, email, password }) => {
  await client.register({ username: name, password, attributes: { email } });
  username = name;
  element('register-form').reset();
  element('confirm-form').reset();
  show('confirm', `We have sent a code to ${email}.`);
});

onSubmit('confirm-form', async ({ code }) => {
  await client.confirmSignUp({ username, code: code.trim() });
  showSignIn('Your account is ready. Sign in.');
});

onClick('resend', async () => {
  await client.resendConfirmationCode({ username });
  say('We have sent a new code.');
});

onSubmit('forgot-form', async ({ username: name }) => {
  await client.initiateForgotPassword({ username: name });
  username = name;
  element('reset-form').reset();
  show('reset', 'If there is such an account, a code is on its way.');
});

onSubmit('reset-form', async ({ code, password }) => {
  await client.confirmForgotPassword({ username, code: code.trim(), password });
  showSignIn('Your password is changed. Sign in.');
});

for (const link of document.querySelectorAll('[data-show]')) {
  link.addEventListener('click', () => attempt(link, () => show(link.dataset.show)));
}
