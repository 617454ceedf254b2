import { client } from './client.js';
import { attempt, create, element, onClick, onSubmit, say, show } from './dom.js';
import { totpSecret } from './qr-code.js';

/** Shows the signed-in user. */
export async function showAccount(text) {
  await Promise.all([showProfile(), showFactors(), showPasskeys()]);
  show('account', text);
}

/** `/me` is a route of the application, which the guard protects; the other one is the API's. */
async function showProfile() {
  const [response, { attributes }] = await Promise.all([client.fetch('/me'), client.getUser()]);
  const { sub, username, groups } = await response.json();
  element('account-name').textContent = username;
  const rows = { 'E-mail address': attributes.email, Groups: groups.join(', ') || 'none', 'User ID': sub };
  element('profile').replaceChildren(
    ...Object.entries(rows).flatMap(([name, value]) => [create('dt', {}, name), create('dd', {}, value ?? '–')]),
  );
}

async function showFactors() {
  const { mfa } = await client.mfa.factors();
  const isOn = mfa.includes('SOFTWARE_TOKEN_MFA');
  element('totp-state').textContent = isOn ? 'on' : 'off';
  element('totp-state').classList.toggle('on', isOn);
  element('totp-form').hidden = true;
  element('totp-hint').hidden = false;
  element('totp-start').hidden = isOn;
  element('totp-off').hidden = !isOn;
}

/** A pool may not allow passkeys at all. */
async function showPasskeys() {
  const passkeys = await client.passkeys.list().catch(() => undefined);
  element('passkeys').hidden = passkeys === undefined;
  element('passkey-list').replaceChildren(...(passkeys ?? []).map(passkeyItem));
}

function passkeyItem({ credentialId, name, createdAt }) {
  const remove = create('button', { type: 'button' }, 'Remove');
  remove.setAttribute('aria-label', `Remove the passkey ${name}`);
  remove.addEventListener('click', () =>
    attempt(remove, async () => {
      await client.passkeys.delete({ credentialId });
      await showPasskeys();
      say('The passkey is removed.');
      element('passkey-add').focus();
    }),
  );
  const date = new Date(createdAt).toLocaleDateString(undefined, { dateStyle: 'medium' });
  return create('li', {}, create('span', {}, name, create('small', {}, `added on ${date}`)), remove);
}

onClick('totp-start', async () => {
  element('totp-secret').replaceChildren(totpSecret(await client.mfa.associateSoftwareToken()));
  element('totp-form').reset();
  element('totp-form').hidden = false;
  element('totp-hint').hidden = true;
  element('totp-start').hidden = true;
  element('totp-form').elements.code.focus();
});

onSubmit('totp-form', async ({ code }) => {
  await client.mfa.verifySoftwareToken({ code: code.trim() });
  await showFactors();
  say('The authenticator app is on. The next sign-in asks for its code.');
});

onClick('totp-off', async () => {
  await client.mfa.setPreference({ softwareToken: { enabled: false } });
  await showFactors();
  say('The authenticator app is off.');
});

onClick('passkey-add', async () => {
  await client.passkeys.register();
  await showPasskeys();
  say('The passkey is added. The next sign-in can do without a password.');
});

// The client reports the end of the session to every tab: see client.js.
onClick('sign-out', () => client.logout());
onClick('sign-out-everywhere', () => client.logout({ everywhere: true }));
