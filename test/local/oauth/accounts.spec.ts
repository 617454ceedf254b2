import type { LocalPoolOptions } from '../../../lib/testing/index.js';
import { call } from '../wire.js';
import type { CookieBrowser, Visit } from './support/browser.js';
import { codeClient, type OAuthService, PASSWORD, signIn, startOAuthService } from './support/oauth-service.js';

let service: OAuthService;

afterEach(() => service.stop());

async function start(pool: Partial<LocalPoolOptions> = {}): Promise<CookieBrowser> {
  service = await startOAuthService(pool);
  return service.browser();
}

function lastCode(): string {
  return service.cognito.outbox.latest()?.code ?? '';
}

async function open(browser: CookieBrowser, path: string, client = 'web'): Promise<Visit> {
  return browser.get(service.authorizeUrl({}, client).replace('/oauth2/authorize', path));
}

describe('Sign-up on the pages', () => {
  it('is linked from the login page, asks for a code, and signs the new user in', async () => {
    const browser = await start();
    const login = await browser.follow(await browser.get(service.authorizeUrl()));
    const page = await browser.get(login.links['Create an account'] ?? '');
    expect(page.heading).toBe('Create an account');
    const fields = { username: 'eva', 'attribute-email': 'eva@example.com', password: PASSWORD };
    const confirm = await browser.follow(await browser.submit(page, fields));
    expect(confirm.heading).toBe('Confirm your account');
    expect(confirm.text).toContain('e***@e***');
    expect(confirm.text).not.toContain(PASSWORD);
    const wrong = await browser.submit(confirm, { code: '000000' });
    expect([wrong.status, wrong.alert]).toEqual([400, 'The code is wrong.']);
    const resent = await browser.submit(wrong, {}, 1);
    expect(resent.text).toContain('We sent a new code.');
    const done = await browser.submit(resent, { code: lastCode() });
    expect(done.callback).toMatchObject({ state: 'st-1', code: expect.any(String) as string });
  });

  it('keeps what was typed, except the password, and explains what is wrong', async () => {
    const browser = await start();
    const page = await open(browser, '/signup');
    const weak = await browser.submit(page, {
      ...{ username: 'eva', 'attribute-email': 'eva@example.com', password: 'weakpassword' },
    });
    expect([weak.status, weak.alert]).toEqual([400, 'The password does not meet the requirements.']);
    expect(weak.text).toMatch(/value="eva@example.com"/);
    expect(weak.text).not.toContain('weakpassword');
    const taken = await browser.submit(weak, {
      ...{ username: 'ann', 'attribute-email': 'a@example.com', password: PASSWORD },
    });
    expect(taken.alert).toBe('An account with this name or address exists already.');
    const bad = await browser.submit(taken, { username: 'eva', 'attribute-email': 'no address', password: PASSWORD });
    expect(bad.alert).toMatch(/^Some of the input is not valid: /);
    const missing = await browser.submit(taken, { username: 'eva', 'attribute-email': '', password: PASSWORD });
    expect(missing.alert).toBe('Fill in every field.');
  });

  it('asks for the address alone where it is the username, and for required attributes', async () => {
    const browser = await start({
      UsernameAttributes: ['email'],
      users: [],
      Schema: [{ Name: 'given_name', AttributeDataType: 'String', Required: true }],
    });
    const page = await open(browser, '/signup');
    expect([...page.text.matchAll(/<input\s+id="([^"]+)"/g)].map(([, id]) => id)).toEqual([
      ...['username', 'attribute-given_name', 'password'],
    ]);
    const fields = { username: 'eva@example.com', 'attribute-given_name': 'Eva', password: PASSWORD };
    const confirm = await browser.follow(await browser.submit(page, fields));
    expect((await browser.submit(confirm, { code: lastCode() })).callback).toHaveProperty('code');
  });

  it('goes on at once where a trigger confirms', async () => {
    const browser = await start({
      triggers: { preSignUp: (event) => ({ ...event, response: { ...event.response, autoConfirmUser: true } }) },
    });
    const fields = { username: 'eva', 'attribute-email': 'eva@example.com', password: PASSWORD };
    const done = await browser.submit(await open(browser, '/signup'), fields);
    expect(done.callback).toHaveProperty('code');
  });

  it('needs no password where the pool needs none', async () => {
    const browser = await start({
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } },
      clients: [codeClient('web', { secret: true })],
    });
    const page = await open(browser, '/signup');
    expect(page.text).not.toContain('type="password"');
    const fields = { username: 'eva', 'attribute-email': 'eva@example.com' };
    const confirm = await browser.follow(await browser.submit(page, fields));
    expect((await browser.submit(confirm, { code: lastCode() })).callback).toHaveProperty('code');
  });

  it('is closed where only administrators create users', async () => {
    const browser = await start({ AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } });
    const login = await browser.follow(await browser.get(service.authorizeUrl()));
    expect(login.links).not.toHaveProperty('Create an account');
    const page = await open(browser, '/signup');
    expect([page.status, page.alert]).toEqual([400, 'You cannot create an account here.']);
    const fields = { username: 'eva', 'attribute-email': 'eva@example.com', password: PASSWORD };
    expect((await browser.submit(page, fields)).alert).toBe('You cannot create an account here.');
  });
});

describe('/confirm', () => {
  it('is where an unconfirmed user ends up at sign-in, and does not sign in without the password', async () => {
    const browser = await start();
    const fields = { username: 'eva', 'attribute-email': 'eva@example.com', password: PASSWORD };
    await browser.submit(await open(browser, '/signup'), fields);
    const code = lastCode();
    const stranger = service.browser();
    const confirm = await signIn(stranger, service.authorizeUrl(), 'eva');
    expect(confirm.heading).toBe('Confirm your account');
    const confirmed = await stranger.submit(confirm, { code });
    expect(confirmed.heading).toBe('Account confirmed');
    const login = await stranger.get(confirmed.links['Sign in'] ?? '');
    expect((await stranger.submit(login, { username: 'eva', password: PASSWORD })).callback).toHaveProperty('code');
  });

  it('asks who it is about if no page before has said so', async () => {
    const browser = await start();
    const page = await open(browser, '/confirm');
    expect(page.text).toContain('name="username"');
    expect((await browser.submit(page, { username: 'ann', code: '123456' })).alert).toBe(
      'This account cannot be confirmed. It may be confirmed already.',
    );
    expect((await browser.submit(page, { username: '', code: '123456' })).alert).toBe('Fill in every field.');
  });
});

describe('/confirmUser', () => {
  it('confirms by the link of a message', async () => {
    const browser = await start();
    await call(service.origin, 'SignUp', {
      ...{ ClientId: service.clientId(), Username: 'eva', Password: PASSWORD },
      UserAttributes: [{ Name: 'email', Value: 'eva@example.com' }],
    });
    const query = (code: string) =>
      new URLSearchParams({ client_id: service.clientId(), user_name: 'eva', confirmation_code: code }).toString();
    const wrong = await browser.get(`/confirmUser?${query('000000')}`);
    expect([wrong.status, wrong.alert]).toEqual([400, 'The code is wrong.']);
    const done = await browser.get(`/confirmUser/?${query(lastCode())}`);
    expect([done.status, done.heading]).toEqual([200, 'Account confirmed']);
    expect((await signIn(browser, service.authorizeUrl(), 'eva')).callback).toHaveProperty('code');
    const nobody = await browser.get('/confirmUser?client_id=nobody');
    expect(nobody.location).toBe('/error?error=invalid_request&client_id=nobody');
  });
});

describe('A forgotten password', () => {
  it('is replaced with a code', async () => {
    const browser = await start();
    const login = await browser.follow(await browser.get(service.authorizeUrl()));
    const page = await browser.get(login.links['Forgot your password?'] ?? '');
    expect((await browser.submit(page, { username: '' })).alert).toBe('Fill in every field.');
    const reset = await browser.follow(await browser.submit(page, { username: 'ann' }));
    expect(reset.heading).toBe('Choose a new password');
    expect(reset.text).toContain('a***@e***');
    expect((await browser.submit(reset, { code: '000000', password: 'Next-Horse-9' })).alert).toBe(
      'The code is wrong.',
    );
    expect((await browser.submit(reset, { code: lastCode(), password: 'weak' })).alert).not.toBe('');
    const done = await browser.submit(reset, { code: lastCode(), password: 'Next-Horse-9' });
    expect(done.text).toContain('Your password has been changed.');
    const again = await browser.get(done.links['Sign in'] ?? '');
    expect((await browser.submit(again, { username: 'ann', password: 'Next-Horse-9' })).callback).toHaveProperty(
      'code',
    );
  });

  it('of an unknown user looks the same where the client hides users', async () => {
    const browser = await start({ clients: [codeClient('web', { PreventUserExistenceErrors: 'ENABLED' })] });
    const page = await open(browser, '/forgotPassword');
    const reset = await browser.follow(await browser.submit(page, { username: 'nobody@example.com' }));
    expect(reset.heading).toBe('Choose a new password');
    expect(reset.text).toContain('n***@e***');
  });

  it('cannot be replaced where only administrators may', async () => {
    const browser = await start({
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'admin_only', Priority: 1 }] },
    });
    const page = await open(browser, '/forgotPassword');
    expect((await browser.submit(page, { username: 'ann' })).alert).toMatch(/cannot be reset here/);
  });

  it('must be replaced when an administrator asks for it', async () => {
    const browser = await start();
    await call(service.origin, 'AdminResetUserPassword', { UserPoolId: service.cognito.pool().id, Username: 'ann' });
    const page = await signIn(browser, service.authorizeUrl());
    expect([page.heading, page.alert]).toEqual(['Forgot your password?', 'You must choose a new password.']);
  });
});

describe('Every page with a form', () => {
  it.each(['/login', '/signup', '/confirm', '/resendcode', '/forgotPassword', '/confirmforgotPassword'])(
    '%s refuses one without its token',
    async (path) => {
      const browser = await start();
      const visit = await browser.post(service.authorizeUrl().replace('/oauth2/authorize', path), 'username=ann');
      expect([visit.status, visit.alert]).toEqual([400, 'The form has expired. Please send it again.']);
    },
  );

  it('/challenge and /passkeys/add lead to the login page without a sign-in', async () => {
    const browser = await start();
    for (const path of ['/challenge', '/passkeys/add']) {
      expect((await browser.follow(await open(browser, path))).heading).toBe('Sign in');
      const visit = await browser.post(service.authorizeUrl().replace('/oauth2/authorize', path), '');
      expect(visit.location).toMatch(/^\/login\?/);
    }
  });
});
