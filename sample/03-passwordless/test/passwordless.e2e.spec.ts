import type { INestApplication } from '@nestjs/common';
import type { LocalCognito } from 'mandate/testing';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import request from 'supertest';

import { freePort } from '../../../test/e2e/support/free-port.js';
import { buildBrowserModule } from '../../../test/support/browser-module.js';
import { openPasskeyPage, type PasskeyPage } from '../../../test/support/headless-browser.js';
import { createApp } from '../src/create-app.js';
import { environmentOf, startEmbeddedCognito } from '../src/embedded-cognito.js';

const EMAIL = 'ann@example.com';

describe('the passwordless page', () => {
  let cognito: LocalCognito;
  let app: INestApplication;
  let client: string;
  let origin: string;
  let browser: PasskeyPage;

  beforeAll(async () => {
    const port = await freePort();
    origin = `http://localhost:${String(port)}`;
    client = await buildBrowserModule();
    cognito = await startEmbeddedCognito();
    Object.assign(process.env, environmentOf(cognito), { ORIGIN: origin });
    app = await createApp(join(__dirname, '..', 'public'), client);
    await app.listen(port, '127.0.0.1');
  });

  afterAll(async () => {
    await app.close();
    await cognito.stop();
    await rm(client, { recursive: true });
  });

  beforeEach(async () => {
    browser = await openPasskeyPage();
    browser.page.setDefaultTimeout(20_000);
    await browser.page.goto(origin);
  });

  afterEach(async () => {
    await browser.close();
  });

  const press = (name: string) => browser.page.getByRole('button', { name }).click();
  const see = (text: string) => browser.page.getByText(text).waitFor();

  async function enter(email: string, button: string): Promise<void> {
    await browser.page.getByLabel('E-mail address').fill(email);
    await press(button);
  }

  async function enterCode(to: string): Promise<void> {
    await see('We have sent a code to');
    await browser.page.getByLabel('Code').fill(cognito.outbox.latest({ to })?.code ?? '');
    await press('Continue');
  }

  async function signUp(email: string): Promise<void> {
    await enter(email, 'Sign up');
    await enterCode(email);
    await see(`Signed in as ${email}`);
  }

  it('signs users up by e-mail and in with a passkey', async () => {
    await signUp(EMAIL);
    await press('Add a passkey');
    await see('The passkey was added.');
    expect(await browser.passkeys()).toMatchObject([{ rpId: 'localhost', isResidentCredential: true }]);

    await press('Sign out');
    await see('Signed out.');
    cognito.outbox.clear();
    await enter(EMAIL, 'Sign in');
    await see(`Signed in as ${EMAIL}`);
    expect(cognito.outbox.all()).toEqual([]);

    await press('Remove');
    await see('The passkey was removed.');
    expect(await browser.page.getByRole('listitem').count()).toBe(0);
  });

  it('falls back to a code without a passkey', async () => {
    await signUp('bob@example.com');
    await press('Sign out');
    await see('Signed out.');
    await enter('bob@example.com', 'Sign in');
    await enterCode('bob@example.com');
    await see('Signed in as bob@example.com');
  });

  it('falls back to a code when the passkey is not available', async () => {
    await signUp('cid@example.com');
    await press('Add a passkey');
    await see('The passkey was added.');
    await press('Sign out');
    await see('Signed out.');
    await browser.refuse();
    await enter('cid@example.com', 'Sign in');
    await see('The passkey was not used. You can sign in with a code instead.');
    await press('Send me a code');
    await enterCode('cid@example.com');
    await see('Signed in as cid@example.com');
  });

  it('reports a wrong code, and does not reveal which users exist', async () => {
    await enter('nobody@example.com', 'Send me a code');
    await see('We have sent a code to n***@e***.');
    expect(cognito.outbox.all({ to: 'nobody@example.com' })).toEqual([]);
    await browser.page.getByLabel('Code').fill('12345678');
    await press('Continue');
    await see('Invalid code or auth state for the user.');
    // The same challenge can be answered again.
    await browser.page.getByLabel('Code').waitFor();
  });

  it('keeps a user signed in when the page is loaded again, with nothing that script can read', async () => {
    await signUp('dan@example.com');
    expect(await browser.page.evaluate('document.cookie + JSON.stringify(localStorage)')).toBe('{}');
    await browser.page.reload();
    await see('Signed in as dan@example.com');
  });

  it('requires a session for passkeys, and accepts neither passwords nor unknown factors', async () => {
    const http = request(origin);
    const own = { origin, 'x-mandate-csrf': '1' };
    await http.get('/auth/passkeys').expect(401);
    await http.post('/auth/passkeys/start').set(own).expect(401);
    const signIn = { username: EMAIL, preferredChallenge: 'SMOKE' };
    const { body } = await http.post('/auth/authenticate').set(own).send(signIn).expect(400);
    expect(body.errors).toEqual([expect.objectContaining({ field: 'preferredChallenge' })]);
    const withPassword = { username: 'eve@example.com', password: 'Correct-Horse-9' };
    await http.post('/auth/register').set(own).send(withPassword).expect(400);
  });
});
