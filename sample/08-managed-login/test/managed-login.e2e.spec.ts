import type { INestApplication } from '@nestjs/common';
import type { LocalCognito } from 'mandate/testing';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

import { freePort } from '../../../test/e2e/support/free-port.js';
import { openPasskeyPage, type PasskeyPage } from '../../../test/support/headless-browser.js';
import { createApp } from '../src/create-app.js';
import { DEMO_USER, environmentOf, startEmbeddedCognito } from '../src/embedded-cognito.js';

describe('the managed login sample in a browser', () => {
  let cognito: LocalCognito;
  let app: INestApplication;
  let origin: string;
  let browser: PasskeyPage;
  let page: Page;

  beforeAll(async () => {
    const port = await freePort();
    origin = `http://localhost:${String(port)}`;
    cognito = await startEmbeddedCognito(origin);
    Object.assign(process.env, environmentOf(cognito, origin), {
      SESSION_SECRET: 'a secret of this test, with 32 characters or more',
    });
    app = await createApp(join(__dirname, '..', 'public'));
    await app.listen(port, '127.0.0.1');
  });

  afterAll(async () => {
    await app.close();
    await cognito.stop();
  });

  beforeEach(async () => {
    browser = await openPasskeyPage();
    page = browser.page;
    page.setDefaultTimeout(20_000);
    await page.goto(origin);
  });

  afterEach(async () => browser.close());

  const follow = (name: string) => page.getByRole('link', { name }).click();
  const press = (name: string, on = page) => on.getByRole('button', { name, exact: true }).click();
  const see = (text: string, on = page) => on.getByText(text).waitFor();

  async function typeAddress(): Promise<void> {
    await follow('Sign in');
    await page.getByLabel('Email address').fill(DEMO_USER.username);
    await press('Next');
  }

  async function signIn(): Promise<void> {
    await typeAddress();
    await press('Password');
    await page.getByLabel('Password').fill(DEMO_USER.password);
    await press('Sign in');
    await see(`Signed in as ${DEMO_USER.username}`);
  }

  it('signs in with a password and leaves nothing that script can read', async () => {
    await signIn();
    expect(page.url()).toBe(`${origin}/`);
    expect(await page.evaluate('document.cookie')).toBe('');
    const cookies = (await page.context().cookies(origin)).filter(({ name }) => name.includes('mandate'));
    expect(cookies.length).toBeGreaterThan(0);
    for (const cookie of cookies) {
      expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/', domain: 'localhost' });
    }
    await press('Who am I?');
    await see('The API calls you');
  });

  it('signs out in one tab, and the other notices', async () => {
    await signIn();
    const other = await page.context().newPage();
    await other.goto(origin);
    await see(`Signed in as ${DEMO_USER.username}`, other);

    await press('Sign out');
    await see('You are not signed in.');
    await press('Who am I?', other);
    await see('You have been signed out in another tab.', other);
    // Cognito's own session has ended too: the next sign-in asks for the password.
    await typeAddress();
    await page.getByRole('button', { name: 'Password', exact: true }).waitFor();
  });

  it('signs in with Google', async () => {
    // #region google
    await page.getByRole('link', { name: 'Continue with Google' }).click();
    await page.getByLabel('Email address').fill('bob@example.com');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByText('Signed in as bob@example.com').waitFor();
    // #endregion
  });

  it('adds a passkey and signs in with it', async () => {
    await signIn();
    await follow('Add a passkey');
    await press('Add a passkey');
    await see('The passkey was added.');
    await page.getByText('Continue').click();
    await see(`Signed in as ${DEMO_USER.username}`);
    expect(await browser.passkeys()).toHaveLength(1);

    await press('Sign out');
    await see('You are not signed in.');
    await typeAddress();
    await press('Passkey');
    await press('Use a passkey');
    await see(`Signed in as ${DEMO_USER.username}`);
  });

  it('refuses what a page of another site sends', async () => {
    await signIn();
    const answer = await page.request.post(`${origin}/auth/logout`, { headers: { 'sec-fetch-site': 'cross-site' } });
    expect(answer.status()).toBe(403);
    await page.reload();
    await see(`Signed in as ${DEMO_USER.username}`);
  });
});
