/* global document */

import { createAuthClient } from '/mandate/index.js';

const element = (id) => document.getElementById(id);
const views = { enter: element('enter'), code: element('code'), account: element('account') };

const client = createAuthClient({ onSessionEnded: () => show('enter', 'Signed out.') });

/** Handles the code that the user enters. */
let handleCode;

function show(name, message = '') {
  for (const [candidate, view] of Object.entries(views)) {
    view.hidden = candidate !== name;
  }
  element('message').textContent = message;
}

/** Waits for the code. */
function askForCode(text) {
  views.code.reset();
  show('code', text);
  return new Promise((resolve) => {
    handleCode = resolve;
  });
}

const sentTo = (destination) => `We have sent a code to ${destination}.`;

// #region answer
/** Answers the challenges but WEB_AUTHN, which the client hands to the browser. */
async function answer(challenge) {
  switch (challenge.name) {
    case 'SELECT_CHALLENGE':
      // Without a passkey the user gets a code.
      return challenge.answer({ factor: 'EMAIL_OTP' });
    case 'EMAIL_OTP':
      return challenge.answer({
        code: await askForCode(challenge.error?.message ?? sentTo(challenge.parameters.destination)),
      });
    default:
      return undefined;
  }
}

async function signIn(username, preferredChallenge) {
  await client.signIn({ username, preferredChallenge }, { onChallenge: answer });
  await showAccount();
}
// #endregion

async function register(email) {
  const { delivery } = await client.register({ username: email, attributes: { email } });
  const code = await askForCode(sentTo(delivery.destination));
  await client.continueSignIn(await client.confirmSignUp({ username: email, code }), { onChallenge: answer });
  await showAccount();
}

async function showAccount(message) {
  const [{ attributes }, passkeys] = await Promise.all([client.getUser(), client.passkeys.list()]);
  element('email').textContent = attributes.email;
  element('passkeys').replaceChildren(...passkeys.map(passkeyItem));
  show('account', message);
}

function passkeyItem({ credentialId, name, createdAt }) {
  const item = document.createElement('li');
  const remove = document.createElement('button');
  remove.textContent = 'Remove';
  remove.onclick = attempt(async () => {
    await client.passkeys.delete({ credentialId });
    await showAccount('The passkey was removed.');
  });
  item.append(`${name}, ${new Date(createdAt).toLocaleDateString()} `, remove);
  return item;
}

/** Wraps a handler to show its error, so that the user can try something else. */
function attempt(handler) {
  return async (event) => {
    event.preventDefault();
    try {
      await handler(event);
    } catch (error) {
      element('message').textContent =
        error.code === 'PASSKEY_CANCELLED'
          ? 'The passkey was not used. You can sign in with a code instead.'
          : error.message;
    }
  };
}

views.enter.onsubmit = attempt(async ({ submitter }) => {
  const email = views.enter.elements.email.value;
  if (submitter.value === 'register') {
    return register(email);
  }
  return signIn(email, submitter.value === 'code' ? 'EMAIL_OTP' : 'WEB_AUTHN');
});

views.code.onsubmit = attempt(() => handleCode(views.code.elements.code.value));

element('add').onclick = attempt(async () => {
  await client.passkeys.register();
  await showAccount('The passkey was added.');
});

// `onSessionEnded` shows that it is over, in this tab and in all others.
element('leave').onclick = attempt(() => client.logout());

if (await client.session()) {
  await showAccount();
}
