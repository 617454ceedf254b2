/* global document */

import { request, signIn, useTokens } from './api.js';
import { createPasskey, getPasskey } from './passkeys.js';

const element = (id) => document.getElementById(id);
const forms = { enter: element('enter'), code: element('code'), account: element('account') };

/** Handles the code that the user enters. */
let handleCode;

function show(name, message = '') {
  for (const [candidate, form] of Object.entries(forms)) {
    form.hidden = candidate !== name;
  }
  element('message').textContent = message;
}

function askForCode(destination, handle) {
  handleCode = handle;
  forms.code.reset();
  show('code', `We have sent a code to ${destination}.`);
}

/** Handles the outcome of a sign-in step: signed in, or the next challenge. */
async function follow(outcome) {
  if (outcome.status === 'AUTHENTICATED') {
    useTokens(outcome.tokens);
    return showAccount();
  }
  const { challenge } = outcome;
  const answer = async (value) => follow(await request('POST', '/auth/respond', { challenge, answer: value }));
  switch (challenge.name) {
    case 'WEB_AUTHN':
      return answer({ credential: await getPasskey(challenge.parameters.credentialRequestOptions) });
    case 'SELECT_CHALLENGE':
      // Without a passkey the user gets a code.
      return answer({ factor: 'EMAIL_OTP' });
    case 'EMAIL_OTP':
      return askForCode(challenge.parameters.destination, (code) => answer({ code }));
    default:
      throw new Error(`This page does not support the challenge ${challenge.name}.`);
  }
}

async function register(email) {
  const { session, delivery } = await request('POST', '/auth/register', { username: email, attributes: { email } });
  askForCode(delivery.destination, async (code) =>
    follow(await request('POST', '/auth/confirm', { username: email, code, session })),
  );
}

async function showAccount(message) {
  const [{ email }, passkeys] = await Promise.all([request('GET', '/auth/me'), request('GET', '/passkeys')]);
  element('email').textContent = email;
  element('passkeys').replaceChildren(...passkeys.map(passkeyItem));
  show('account', message);
}

function passkeyItem({ credentialId, name, createdAt }) {
  const item = document.createElement('li');
  const remove = document.createElement('button');
  remove.textContent = 'Remove';
  remove.onclick = attempt(async () => {
    await request('DELETE', `/passkeys/${credentialId}`);
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
        error.name === 'NotAllowedError'
          ? 'The passkey was not used. You can sign in with a code instead.'
          : error.message;
    }
  };
}

forms.enter.onsubmit = attempt(async ({ submitter }) => {
  const email = forms.enter.elements.email.value;
  if (submitter.value === 'register') {
    return register(email);
  }
  return follow(await signIn(email, submitter.value === 'code' ? 'EMAIL_OTP' : 'WEB_AUTHN'));
});

forms.code.onsubmit = attempt(() => handleCode(forms.code.elements.code.value));

element('add').onclick = attempt(async () => {
  const credential = await createPasskey(await request('POST', '/passkeys/start'));
  await request('POST', '/passkeys', { credential });
  await showAccount('The passkey was added.');
});

element('leave').onclick = attempt(async () => {
  await request('POST', '/auth/sign-out');
  useTokens(undefined);
  show('enter', 'Signed out.');
});
