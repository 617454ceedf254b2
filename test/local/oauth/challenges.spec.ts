import type { LocalPoolOptions } from '../../../lib/testing/index.js';
import { totpCode, totpStep } from '../../../lib/protocol/totp.js';
import { call } from '../wire.js';
import type { CookieBrowser, Visit } from './support/browser.js';
import {
  CALLBACK,
  claims,
  codeClient,
  type OAuthService,
  PASSWORD,
  signIn,
  startOAuthService,
} from './support/oauth-service.js';

const SMS = { SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::123456789012:role/sms' } };
const ANN = {
  username: 'ann',
  password: PASSWORD,
  attributes: { email: 'ann@example.com', phone_number: '+14255550100' },
};

let service: OAuthService;

afterEach(() => service.stop());

async function start(pool: Partial<LocalPoolOptions>): Promise<CookieBrowser> {
  service = await startOAuthService({ users: [ANN], ...pool });
  return service.browser();
}

function lastCode(): string {
  return service.cognito.outbox.latest()?.code ?? '';
}

async function accessClaims(visit: Visit): Promise<Record<string, unknown>> {
  const { body } = await service.token({
    ...{ grant_type: 'authorization_code', client_id: service.clientId(), redirect_uri: CALLBACK },
    code: visit.callback['code'] ?? '',
  });
  return claims(body['access_token']);
}

describe('A second factor on the pages', () => {
  it('by text message: a wrong code can be repeated, the right one is asked once', async () => {
    const browser = await start({ mfa: { MfaConfiguration: 'ON', SmsMfaConfiguration: SMS } });
    const page = await signIn(browser, service.authorizeUrl());
    expect(page.heading).toBe('Confirm that it is you');
    expect(page.text).toContain('+*******0100');
    const wrong = await browser.submit(page, { code: '000000' });
    expect([wrong.status, wrong.alert]).toEqual([400, 'The code is wrong.']);
    const empty = await browser.submit(wrong, { code: ' ' });
    expect(empty.alert).toBe('Fill in every field.');
    const done = await browser.submit(empty, { code: lastCode() });
    expect(await accessClaims(done)).toMatchObject({ amr: ['pwd', 'sms', 'mfa'] });
    const again = await browser.follow(await browser.submit(page, { code: lastCode() }));
    expect(again.status).toBe(400);
  });

  it('survives a reload, and two tabs do not mix', async () => {
    const browser = await start({ mfa: { MfaConfiguration: 'ON', SmsMfaConfiguration: SMS } });
    service.cognito.pool().createUser({ ...ANN, username: 'bob' });
    const first = await signIn(browser, service.authorizeUrl());
    const firstCode = lastCode();
    expect((await browser.get(first.url)).heading).toBe('Confirm that it is you');
    const second = await signIn(browser, service.authorizeUrl(), 'bob');
    const secondCode = lastCode();
    expect((await accessClaims(await browser.submit(first, { code: firstCode })))['username']).toBe('ann');
    expect((await accessClaims(await browser.submit(second, { code: secondCode })))['username']).toBe('bob');
  });

  it('must be given within five minutes of the password', async () => {
    const browser = await start({ mfa: { MfaConfiguration: 'ON', SmsMfaConfiguration: SMS } });
    const page = await signIn(browser, service.authorizeUrl());
    service.pass(4 * 60_000);
    const wrong = await browser.submit(page, { code: '000000' });
    expect(wrong.alert).toBe('The code is wrong.');
    service.pass(61_000);
    const late = await browser.follow(await browser.submit(wrong, { code: lastCode() }));
    expect([late.heading, late.alert]).toEqual(['Sign in', 'The sign-in took too long. Please start again.']);
    const reload = await browser.follow(await browser.get(page.url));
    expect(reload.heading).toBe('Sign in');
  });

  it('by a choice of two', async () => {
    const browser = await start({
      mfa: {
        MfaConfiguration: 'OPTIONAL',
        SmsMfaConfiguration: SMS,
        EmailMfaConfiguration: { Message: 'Code {####}', Subject: 'Code' },
      },
    });
    await call(service.origin, 'AdminSetUserMFAPreference', {
      ...{ UserPoolId: service.cognito.pool().id, Username: 'ann' },
      SMSMfaSettings: { Enabled: true },
      EmailMfaSettings: { Enabled: true },
    });
    const page = await signIn(browser, service.authorizeUrl());
    expect(page.heading).toBe('How do you want to confirm that it is you?');
    const codePage = await browser.follow(await browser.submit(page, { answer: 'EMAIL_OTP' }));
    expect(codePage.text).toContain('a***@e***');
    expect((await browser.submit(codePage, { code: lastCode() })).callback).toHaveProperty('code');
    const forged = await browser.follow(
      await browser.submit(await signIn(browser, service.authorizeUrl({ prompt: 'login' })), { answer: 'X' }),
    );
    expect([forged.status, forged.heading]).toEqual([400, 'Sign in']);
  });

  it('is set up as an authenticator app, and asked for next time', async () => {
    const browser = await start({
      mfa: { MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } },
    });
    const choice = await signIn(browser, service.authorizeUrl());
    expect(choice.heading).toBe('Set up a second step');
    const page = await browser.follow(await browser.submit(choice, { answer: 'SOFTWARE_TOKEN_MFA' }));
    const secret = /<code>([A-Z2-7]+)<\/code>/.exec(page.text)?.[1] ?? '';
    expect(page.links['Open the authenticator app']).toBe(`otpauth://totp/default:ann?secret=${secret}&issuer=default`);
    const wrong = await browser.submit(page, { code: '000000' });
    expect([wrong.status, wrong.alert]).toEqual([400, 'The code is wrong.']);
    const done = await browser.submit(wrong, { code: totpCode(secret, totpStep(service.now())) });
    expect(done.callback).toHaveProperty('code');
    service.pass(60_000);
    const next = await signIn(browser, service.authorizeUrl({ prompt: 'login' }));
    expect(next.text).toContain('Enter the code that your authenticator app shows.');
    expect((await browser.submit(next, { code: totpCode(secret, totpStep(service.now())) })).callback).toHaveProperty(
      'code',
    );
  });

  it('is set up as an e-mail address', async () => {
    const browser = await start({
      users: [{ username: 'ann', password: PASSWORD }],
      mfa: { MfaConfiguration: 'ON', EmailMfaConfiguration: { Message: 'Code {####}', Subject: 'Code' } },
    });
    const choice = await signIn(browser, service.authorizeUrl());
    const page = await browser.follow(await browser.submit(choice, { email: 'new@example.com', answer: 'EMAIL_OTP' }));
    expect(page.text).toContain('n***@e***');
    expect((await browser.submit(page, { code: lastCode() })).callback).toHaveProperty('code');
  });

  it('belongs to the pages: the API cannot answer it, nor the pages a challenge of the API', async () => {
    const browser = await start({ mfa: { MfaConfiguration: 'ON', SmsMfaConfiguration: SMS } });
    await signIn(browser, service.authorizeUrl());
    expect(browser.cookie('page-data')).toMatch(/^[\w-]{22}$/);
    const { body } = await call(service.origin, 'RespondToAuthChallenge', {
      ClientId: service.clientId(),
      ChallengeName: 'SMS_MFA',
      Session: `AYABe${browser.cookie('page-data') ?? ''}`,
      ChallengeResponses: { USERNAME: 'ann', SMS_MFA_CODE: lastCode() },
    });
    expect(body).toMatchObject({ message: 'Invalid session for the user.' });
  });
});

describe('A temporary password', () => {
  it('is replaced, with the attributes that are missing', async () => {
    const browser = await start({
      Schema: [{ Name: 'given_name', AttributeDataType: 'String', Required: true }],
      users: [{ username: 'tom', password: PASSWORD, status: 'FORCE_CHANGE_PASSWORD' }],
    });
    const page = await signIn(browser, service.authorizeUrl(), 'tom');
    expect(page.heading).toBe('Choose a new password');
    const weak = await browser.submit(page, { password: 'weak', 'attribute-given_name': 'Tom' });
    expect([weak.status, weak.alert]).toEqual([400, 'The password does not meet the requirements.']);
    const missing = await browser.submit(weak, { password: 'Next-Horse-9', 'attribute-given_name': '' });
    expect(missing.alert).toBe('Fill in every field.');
    const done = await browser.submit(missing, { password: 'Next-Horse-9', 'attribute-given_name': 'Tom' });
    expect(done.callback).toHaveProperty('code');
    const again = await signIn(browser, service.authorizeUrl({ prompt: 'login' }), 'tom', 'Next-Horse-9');
    expect(again.callback).toHaveProperty('code');
  });
});

describe('A choice of first factors', () => {
  const passwordless = {
    Policies: {
      SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD' as const, 'EMAIL_OTP' as const, 'SMS_OTP' as const] },
    },
  };

  it('asks for the username first, then offers what the user has', async () => {
    const browser = await start(passwordless);
    const login = await browser.follow(await browser.get(service.authorizeUrl()));
    expect(login.text).not.toContain('type="password"');
    const choice = await browser.follow(await browser.submit(login, { username: 'ann' }));
    expect(choice.heading).toBe('How do you want to sign in?');
    expect([...choice.text.matchAll(/name="answer" value="(\w+)"/g)].map(([, value]) => value)).toEqual([
      ...['PASSWORD', 'EMAIL_OTP', 'SMS_OTP'],
    ]);
    const byCode = await browser.follow(await browser.submit(choice, { answer: 'EMAIL_OTP' }));
    expect(byCode.text).toContain('a***@e***');
    expect(await accessClaims(await browser.submit(byCode, { code: lastCode() }))).toMatchObject({ amr: ['otp'] });
  });

  it('signs in with the password, and starts again after a wrong one', async () => {
    const browser = await start(passwordless);
    const choose = async () => {
      const login = await browser.follow(await browser.get(service.authorizeUrl({ prompt: 'login' })));
      const choice = await browser.follow(await browser.submit(login, { username: 'ann' }));
      return browser.follow(await browser.submit(choice, { answer: 'PASSWORD' }));
    };
    const wrong = await browser.submit(await choose(), { password: 'wrong' });
    expect([wrong.status, wrong.heading]).toEqual([400, 'Sign in']);
    expect(wrong.alert).toBe('The username or the password is wrong.');
    expect((await browser.submit(await choose(), { password: PASSWORD })).callback).toHaveProperty('code');
  });

  it('is the password page for a client without USER_AUTH', async () => {
    const browser = await start({
      ...passwordless,
      clients: [codeClient('web', { ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] })],
    });
    expect((await signIn(browser, service.authorizeUrl())).callback).toHaveProperty('code');
  });
});
