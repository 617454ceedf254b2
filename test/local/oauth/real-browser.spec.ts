import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Browser, Page } from 'playwright-core';

import { totpCode, totpStep } from '../../../lib/protocol/totp.js';
import { LocalCognito, type LocalPoolOptions } from '../../../lib/testing/index.js';
import { launch, openPasskeyPage } from '../../support/headless-browser.js';
import { signingKeysPem } from '../signing-keys.js';
import { call } from '../wire.js';
import { codeClient, PASSWORD } from './support/oauth-service.js';
import { PageInspector } from './support/page-inspector.js';

const NEXT_PASSWORD = 'Next-Horse-9';
const SMS = { SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::123456789012:role/sms' } };
const ANN = {
  username: 'ann',
  password: PASSWORD,
  attributes: { email: 'ann@example.com', phone_number: '+14255550100' },
};

let cognito: LocalCognito;
let application: Server;
let callback: string;
let browser: Browser;
let inspector: PageInspector;
const problems: string[] = [];

beforeAll(async () => {
  application = createServer((_request, response) => response.end('signed in')).listen(0, '127.0.0.1');
  await once(application, 'listening');
  callback = `http://localhost:${(application.address() as AddressInfo).port}/callback`;
  cognito = await LocalCognito.start({ pools: pools() });
  browser = await launch();
  inspector = await PageInspector.open(browser);
});

afterAll(async () => {
  await browser.close();
  await cognito.stop();
  application.closeAllConnections();
  application.close();
});

function pools(): LocalPoolOptions[] {
  const clients = [codeClient('web', { CallbackURLs: [callback] })];
  const shared = { keys: signingKeysPem(), users: [ANN] };
  return [
    { ...shared, name: 'plain', clients: [{ ...clients[0], name: 'web', id: 'plainclient' }] },
    {
      ...shared,
      name: 'second step',
      clients: [{ ...clients[0], name: 'web', id: 'mfaclient' }],
      users: [ANN, { username: 'tom', password: PASSWORD, status: 'FORCE_CHANGE_PASSWORD' }],
      mfa: {
        MfaConfiguration: 'ON',
        SmsMfaConfiguration: SMS,
        SoftwareTokenMfaConfiguration: { Enabled: true },
        EmailMfaConfiguration: { Message: 'Your code is {####}', Subject: 'Code' },
      },
    },
    {
      ...shared,
      name: 'choice',
      clients: [{ ...clients[0], name: 'web', id: 'choiceclient' }],
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN'] } },
      webAuthn: { RelyingPartyId: 'localhost' },
    },
  ];
}

function url(client: string, path = '/oauth2/authorize', more: Record<string, string> = {}): string {
  const query = new URLSearchParams({
    ...{ client_id: client, response_type: 'code', redirect_uri: callback, scope: 'openid', state: 's' },
    ...more,
  });
  return `http://localhost:${cognito.port}${path}?${query.toString()}`;
}

function lastCode(): string {
  return cognito.outbox.latest()?.code ?? '';
}

/** A walk through the pages by what a user sees. */
class Walk {
  constructor(readonly page: Page) {
    page.setDefaultTimeout(20_000);
  }

  async see(name: string, heading: string): Promise<void> {
    await this.page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor();
    problems.push(...(await inspector.inspect(name, await this.page.content())));
  }

  fill(label: string, value: string): Promise<void> {
    return this.page.getByLabel(label, { exact: true }).fill(value);
  }

  press(name: string): Promise<void> {
    return this.page.getByRole('button', { name, exact: true }).click();
  }

  follow(name: string): Promise<void> {
    return this.page.getByRole('link', { name, exact: true }).click();
  }

  async arrive(): Promise<void> {
    await this.page.getByText('signed in').waitFor();
    expect(this.page.url()).toMatch(/\/callback\?code=[\da-f-]{36}&state=s$/);
  }
}

describe('Without JavaScript', () => {
  let walk: Walk;

  beforeEach(async () => {
    const context = await browser.newContext({ javaScriptEnabled: false, locale: 'en-GB' });
    walk = new Walk(await context.newPage());
  });

  afterEach(() => walk.page.context().close());

  it('a user signs in, chooses the account, and sees errors', async () => {
    await walk.page.goto(url('plainclient'));
    await walk.see('login', 'Sign in');
    await expect(walk.page.locator(':focus').getAttribute('name')).resolves.toBe('username');
    await walk.fill('Username', 'ann');
    await walk.fill('Password', 'wrong');
    await walk.press('Sign in');
    await walk.page.getByRole('alert').waitFor();
    await walk.see('login-error', 'Sign in');
    await walk.fill('Password', PASSWORD);
    await walk.press('Sign in');
    await walk.arrive();
    await walk.page.goto(url('plainclient', undefined, { prompt: 'select_account' }));
    await walk.see('account-choice', 'Choose an account');
    await walk.press('Continue as ann@example.com');
    await walk.arrive();
    await walk.page.goto(url('unknown'));
    await walk.see('error', 'Something went wrong');
    await walk.page.goto(url('plainclient', undefined, { prompt: 'login', lang: 'de' }));
    await walk.see('login-de', 'Anmelden');
  });

  it('a user signs up, and resets the password', async () => {
    await walk.page.goto(url('plainclient'));
    await walk.follow('Create an account');
    await walk.see('sign-up', 'Create an account');
    await walk.fill('Username', 'eva');
    await walk.fill('Email address', 'eva@example.com');
    await walk.fill('Password', PASSWORD);
    await walk.press('Create an account');
    await walk.see('confirm', 'Confirm your account');
    await walk.press('Send a new code');
    await walk.page.getByRole('status').waitFor();
    await walk.see('confirm-resent', 'Confirm your account');
    await walk.fill('Code', lastCode());
    await walk.press('Confirm');
    await walk.arrive();
    await walk.page.goto(url('plainclient', '/forgotPassword'));
    await walk.see('forgot-password', 'Forgot your password?');
    await walk.fill('Username', 'eva');
    await walk.press('Send the code');
    await walk.see('reset-password', 'Choose a new password');
    await walk.fill('Code', lastCode());
    await walk.fill('New password', NEXT_PASSWORD);
    await walk.press('Change the password');
    await walk.page.getByRole('status').waitFor();
    await walk.see('reset-done', 'Choose a new password');
    await walk.page.goto(url('plainclient', '/confirm'));
    await walk.see('confirm-unknown', 'Confirm your account');
  });

  it('a user replaces the password and sets up an authenticator app', async () => {
    await walk.page.goto(url('mfaclient'));
    await walk.fill('Username', 'tom');
    await walk.fill('Password', PASSWORD);
    await walk.press('Sign in');
    await walk.see('new-password', 'Choose a new password');
    await walk.fill('New password', NEXT_PASSWORD);
    await walk.press('Change the password');
    await walk.see('mfa-setup', 'Set up a second step');
    await walk.press('Authenticator app');
    await walk.page.locator('code').waitFor();
    await walk.see('totp-setup', 'Set up a second step');
    const secret = (await walk.page.locator('code').textContent()) ?? '';
    await walk.fill('Code', totpCode(secret, totpStep(Date.now())));
    await walk.press('Confirm');
    await walk.arrive();
  });

  it('a user chooses a second step', async () => {
    await call(cognito.endpoint, 'AdminSetUserMFAPreference', {
      ...{ UserPoolId: cognito.pool('second step').id, Username: 'ann' },
      SMSMfaSettings: { Enabled: true },
      EmailMfaSettings: { Enabled: true },
    });
    await walk.page.goto(url('mfaclient'));
    await walk.fill('Username', 'ann');
    await walk.fill('Password', PASSWORD);
    await walk.press('Sign in');
    await walk.see('mfa-choice', 'How do you want to confirm that it is you?');
    await walk.press('Code by text message');
    await walk.see('mfa-sms', 'Confirm that it is you');
    await walk.fill('Code', lastCode());
    await walk.press('Confirm');
    await walk.arrive();
  });

  it('a user chooses a first step; a passkey asks for JavaScript', async () => {
    await walk.page.goto(url('choiceclient'));
    await walk.see('login-username', 'Sign in');
    await walk.fill('Username', 'ann');
    await walk.press('Next');
    await walk.see('first-factor-choice', 'How do you want to sign in?');
    await walk.press('Password');
    await walk.page.getByLabel('Password').waitFor();
    await walk.see('password', 'Sign in');
    await walk.fill('Password', PASSWORD);
    await walk.press('Sign in');
    await walk.arrive();
    await walk.page.goto(url('choiceclient', '/passkeys/add'));
    await walk.page.getByText('Passkeys need JavaScript').waitFor();
    await walk.see('add-passkey-without-script', 'Add a passkey');
    await walk.follow('Not now');
    await walk.arrive();
  });
});

describe('With a passkey', () => {
  it('a user adds it and signs in with it', async () => {
    const passkeys = await openPasskeyPage();
    try {
      const walk = new Walk(passkeys.page);
      await walk.page.goto(url('choiceclient'));
      await walk.fill('Username', 'ann');
      await walk.press('Next');
      await walk.press('Password');
      await walk.fill('Password', PASSWORD);
      await walk.press('Sign in');
      await walk.arrive();
      await walk.page.goto(url('choiceclient', '/passkeys/add'));
      await walk.see('add-passkey', 'Add a passkey');
      await walk.press('Add a passkey');
      await walk.page.getByText('The passkey was added.').waitFor();
      await expect(passkeys.passkeys()).resolves.toMatchObject([{ rpId: 'localhost' }]);
      await walk.follow('Continue');
      await walk.arrive();
      await walk.page.goto(url('choiceclient', undefined, { prompt: 'login' }));
      await walk.fill('Username', 'ann');
      await walk.press('Next');
      await walk.press('Passkey');
      await walk.see('passkey', 'Sign in with a passkey');
      await walk.press('Use a passkey');
      await walk.arrive();
      const code = new URL(walk.page.url()).searchParams.get('code') ?? '';
      const answer = await fetch(`${cognito.endpoint}/oauth2/token`, {
        method: 'POST',
        body: new URLSearchParams({
          ...{ grant_type: 'authorization_code', client_id: 'choiceclient', redirect_uri: callback, code },
        }),
      });
      expect(answer.status).toBe(200);
      await passkeys.refuse();
      await walk.page.goto(url('choiceclient', undefined, { prompt: 'login' }));
      await walk.fill('Username', 'ann');
      await walk.press('Next');
      await walk.press('Passkey');
      await walk.press('Use a passkey');
      await walk.page.getByText('The passkey was not accepted.').waitFor();
    } finally {
      await passkeys.close();
    }
  });
});

describe('Every page of the walks', () => {
  it('is looked at by an inspector that finds faults', async () => {
    const found = await inspector.inspect('bad', '<p style="width:3000px">x</p><a href="/">y</a><img src="x">');
    expect(found.join()).toMatch(/image-alt/);
    expect(found.join()).toMatch(/small target/);
    expect(found.join()).toMatch(/scrolls sideways/);
  });

  it('is accessible on a phone and a desktop, light and dark', () => {
    expect(problems).toEqual([]);
  });
});
