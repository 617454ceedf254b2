import type { INestApplication } from '@nestjs/common';
import type { LocalCognito, LocalMessage } from 'mandate/testing';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { ReplaySubject } from 'rxjs';

import { freePort } from '../../../test/e2e/support/free-port.js';
import { authenticatorCode } from '../../../test/support/authenticator-app.js';
import { buildBrowserModule } from '../../../test/support/browser-module.js';
import { openPasskeyPage, type PasskeyPage } from '../../../test/support/headless-browser.js';
import { createApp } from '../src/create-app.js';
import { DemoModule } from '../src/demo.module.js';
import { DEMO_USER, environmentOf, startEmbeddedCognito } from '../src/embedded-cognito.js';

const MINUTE = 60_000;
const PASSWORD = 'Correct-Horse-9';
/** A folder for screenshots to look at. Default: none are taken. */
const SCREENSHOTS = process.env['SCREENSHOTS'];

describe('the front page of the quick start', () => {
  // Behind the system clock, so that it can advance within the lifetime of a token.
  let now = Date.now() - 30 * MINUTE;
  let cognito: LocalCognito;
  let app: INestApplication;
  let modules: string;
  let origin: string;
  let browser: PasskeyPage;
  let page: Page;
  const troubles: string[] = [];

  beforeAll(async () => {
    const port = await freePort();
    origin = `http://localhost:${String(port)}`;
    modules = await buildBrowserModule();
    const messages = new ReplaySubject<LocalMessage>();
    cognito = await startEmbeddedCognito({
      clock: () => now,
      onMessage: (message) => {
        messages.next(message);
      },
    });
    cognito.pool().createUser({ username: 'invited', password: 'Temporary-9', status: 'FORCE_CHANGE_PASSWORD' });
    Object.assign(process.env, environmentOf(cognito), { ORIGIN: origin });
    const assets = {
      pages: join(__dirname, '..', 'public'),
      modules: { mandate: modules, qr: dirname(require.resolve('qr')) },
    };
    app = await createApp(assets, DemoModule.with(messages));
    await app.listen(port, '127.0.0.1');
  });

  afterAll(async () => {
    await app.close();
    await cognito.stop();
    await rm(modules, { recursive: true });
  });

  beforeEach(async () => {
    browser = await openPasskeyPage({ viewport: { width: 390, height: 844 } });
    page = browser.page;
    page.setDefaultTimeout(20_000);
    troubles.length = 0;
    page.on('pageerror', ({ message }) => troubles.push(message));
    page.on('console', (entry) => {
      if (entry.text().includes('Content Security Policy')) {
        troubles.push(entry.text());
      }
    });
    await page.goto(origin);
    await see('Sign in', 'heading');
  });

  afterEach(async () => {
    expect(troubles).toEqual([]);
    await browser.close();
  });

  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  const type = (label: string, text: string) =>
    page.getByLabel(label, { exact: true }).and(page.locator('input:visible')).fill(text);
  const see = (text: string, role?: 'heading' | 'alert' | 'status') =>
    (role === 'heading'
      ? page.getByRole(role, { name: text, exact: true })
      : page.locator(role === undefined ? 'main' : `[role=${role}]`).getByText(text)
    ).waitFor();
  const nextCode = (otpauthUri: string) => authenticatorCode(otpauthUri, (now += MINUTE / 2));

  /** Takes the code from the mailbox on the page. */
  async function useCode(to: string): Promise<void> {
    const message = page.getByRole('complementary', { name: 'Demo mailbox' }).getByRole('listitem');
    await message
      .filter({ hasText: `To ${to}` })
      .first()
      .getByRole('button', { name: /^Use/ })
      .click();
  }

  async function signIn(username: string, password: string): Promise<void> {
    await type('Username or e-mail address', username);
    await type('Password', password);
    await press('Sign in');
  }

  async function signOut(): Promise<void> {
    await press('Sign out');
    await see('You are signed out.', 'status');
  }

  /** What a phone sees that scans the QR code. */
  async function scan(): Promise<string> {
    await page.getByRole('img', { name: 'QR code for your authenticator app' }).waitFor();
    return page.evaluate(`(async () => {
      const { default: decodeQR } = await import('/modules/qr/decode.js');
      const canvas = document.querySelector('canvas');
      const { data, width, height } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      return decodeQR({ data, width, height });
    })()`);
  }

  async function look(name: string): Promise<void> {
    if (SCREENSHOTS === undefined) {
      return;
    }
    for (const [size, width, height] of [['phone', 390, 844] as const, ['desktop', 1280, 900] as const]) {
      await page.setViewportSize({ width, height });
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await page.screenshot({ path: join(SCREENSHOTS, `${name}-${size}-${colorScheme}.png`), fullPage: true });
      }
    }
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 390, height: 844 });
  }

  it('goes with a person from the sign-up to a passkey', async () => {
    await look('01-sign-in');
    await press('Create an account');
    await type('Username', 'ann');
    await type('E-mail address', 'ann@example.com');
    await type('Password', PASSWORD);
    await look('02-register');
    await press('Create account');
    await see('We have sent a code to ann@example.com.', 'status');
    await useCode('ann@example.com');
    await look('03-confirm');
    await press('Confirm');
    await see('Your account is ready. Sign in.', 'status');

    await type('Password', PASSWORD);
    await press('Sign in');
    await see('Hello, ann', 'heading');
    await see('ann@example.com');

    await press('Set up');
    const otpauthUri = await scan();
    expect(otpauthUri).toMatch(/^otpauth:\/\/totp\/Mandate%20quick%20start:ann\?secret=[A-Z2-7]+&/);
    const { searchParams } = new URL(otpauthUri);
    expect((await page.locator('#secret').innerText()).replaceAll(' ', '')).toBe(searchParams.get('secret'));
    await look('04-authenticator-app');
    await type('Code of the app', nextCode(otpauthUri));
    await press('Turn on');
    await see('The authenticator app is on. The next sign-in asks for its code.', 'status');
    await signOut();

    await signIn('ann@example.com', PASSWORD);
    await see('Enter the code', 'heading');
    const right = nextCode(otpauthUri);
    await type('Code', right === '000000' ? '000001' : '000000');
    await press('Continue');
    await page.locator('[role=alert]:not(:empty)').waitFor();
    await look('05-code-refused');
    await type('Code', right);
    await press('Continue');
    await see('Hello, ann', 'heading');

    await press('Add a passkey');
    await see('The passkey is added. The next sign-in can do without a password.', 'status');
    expect(await browser.passkeys()).toMatchObject([{ rpId: 'localhost', isResidentCredential: true }]);
    await look('06-account');
    await signOut();

    await type('Username or e-mail address', 'ann');
    await press('Sign in with a passkey');
    await see('Hello, ann', 'heading');
    expect(await page.evaluate('document.cookie')).toBe('');
  });

  it('lets a user without a passkey choose another way', async () => {
    await type('Username or e-mail address', DEMO_USER.username);
    await press('Sign in with a passkey');
    await see('Choose how to sign in', 'heading');
    await look('07-choice');
    await page.getByLabel('A code by e-mail').check();
    await press('Continue');
    await see('We have sent you a code by e-mail.');
    await useCode(DEMO_USER.email);
    await press('Continue');
    await see('Hello, demo', 'heading');
    await see('readers');
    await page.reload();
    await see('Hello, demo', 'heading');
  });

  it('asks for a new password in place of a temporary one', async () => {
    await signIn('invited', 'Temporary-9');
    await see('Choose a new password', 'heading');
    await type('New password', PASSWORD);
    await press('Continue');
    await see('Hello, invited', 'heading');
  });

  it('goes back from a challenge', async () => {
    await type('Username or e-mail address', DEMO_USER.username);
    await press('Sign in with a passkey');
    await see('Choose how to sign in', 'heading');
    await press('Back');
    await see('Sign in', 'heading');
    await signIn(DEMO_USER.username, DEMO_USER.password);
    await see('Hello, demo', 'heading');
  });

  it('says what is wrong, and helps those who have forgotten their password', async () => {
    await signIn(DEMO_USER.username, 'wrong');
    await see('Incorrect username or password.', 'alert');
    await press('Forgot your password?');
    await type('Username or e-mail address', DEMO_USER.username);
    await press('Send a code');
    await see('If there is such an account, a code is on its way.', 'status');
    await useCode(DEMO_USER.email);
    await type('New password', 'Another-Passw0rd');
    await press('Change password');
    await see('Your password is changed. Sign in.', 'status');
    await type('Password', 'Another-Passw0rd');
    await press('Sign in');
    await see('Hello, demo', 'heading');
  });

  it('tells the other tabs when the user has signed out', async () => {
    await signIn('invited', PASSWORD);
    await see('Hello, invited', 'heading');
    const other = await page.context().newPage();
    await other.goto(origin);
    await other.getByRole('heading', { name: 'Hello, invited' }).waitFor();
    await signOut();
    await other.locator('[role=status]').getByText('You are signed out.').waitFor();
  });
});
