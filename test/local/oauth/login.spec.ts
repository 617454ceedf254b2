import { succeed } from '../wire.js';
import { codeClient, type OAuthService, PASSWORD, signIn, startOAuthService } from './support/oauth-service.js';

let service: OAuthService;
const triggers = {
  preAuthentication: jest.fn((event: never) => event),
  postAuthentication: jest.fn((event: never) => event),
  userMigration: jest.fn((event: { userName: string; response: object }) => ({
    ...event,
    response:
      event.userName === 'mia' ? { userAttributes: { email: 'mia@example.com' }, finalUserStatus: 'CONFIRMED' } : {},
  })),
  defineAuthChallenge: jest.fn((event: never) => event),
};

beforeAll(async () => {
  service = await startOAuthService({
    triggers: triggers as never,
    identityProviders: ['Google'],
    clients: [
      codeClient('web'),
      codeClient('hidden', { PreventUserExistenceErrors: 'ENABLED' }),
      codeClient('secret', { secret: true, ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] }),
      codeClient('federated', { SupportedIdentityProviders: ['Google'] }),
    ],
  });
});

beforeEach(() => jest.clearAllMocks());

afterAll(() => service.stop());

async function loginPage(client = 'web', parameters: Record<string, string> = {}) {
  const browser = service.browser();
  return { browser, page: await browser.follow(await browser.get(service.authorizeUrl(parameters, client))) };
}

describe('/login', () => {
  it('is a page that nothing may frame, keep or script', async () => {
    const { page } = await loginPage();
    expect(page.status).toBe(200);
    const headers = Object.fromEntries(page.response.headers);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/]+=*'; base-uri 'none'; frame-ancestors 'none'$/,
    );
    expect(page.text).not.toMatch(/<script|https?:\/\/(?!localhost|127)/);
  });

  it('fills in login_hint', async () => {
    const { page } = await loginPage('web', { login_hint: 'ann@example.com' });
    expect(page.text).toMatch(/name="username"[^>]*value="ann@example.com"/s);
  });

  it('runs the triggers of a sign-in, but not those of CUSTOM_AUTH', async () => {
    await signIn(service.browser(), service.authorizeUrl());
    expect(triggers.preAuthentication).toHaveBeenCalledTimes(1);
    expect(triggers.postAuthentication).toHaveBeenCalledTimes(1);
    expect(triggers.defineAuthChallenge).not.toHaveBeenCalled();
  });

  it('shows what a trigger says against the sign-in', async () => {
    triggers.preAuthentication.mockImplementationOnce(() => {
      throw new Error('closed on <Sundays>');
    });
    const visit = await signIn(service.browser(), service.authorizeUrl());
    expect(visit.alert).toBe('PreAuthentication failed with error closed on <Sundays>.');
    expect(visit.text).toContain('&lt;Sundays&gt;');
  });

  it('migrates an unknown user', async () => {
    expect((await signIn(service.browser(), service.authorizeUrl(), 'mia')).callback).toHaveProperty('code');
    expect(triggers.userMigration).toHaveBeenCalledTimes(1);
  });

  it('works for a client with a secret, whatever flows the API allows it', async () => {
    expect((await signIn(service.browser(), service.authorizeUrl({}, 'secret'))).callback).toHaveProperty('code');
  });

  it('refuses a wrong password, keeps the username, and locks out after five', async () => {
    const pool = service.cognito.pool();
    pool.createUser({ username: 'leo', password: PASSWORD });
    const { browser, page } = await loginPage();
    for (let attempt = 0; attempt < 5; attempt++) {
      const refused = await browser.submit(page, { username: 'leo', password: 'wrong' });
      expect([refused.status, refused.alert]).toEqual([400, 'The username or the password is wrong.']);
      expect(refused.text).toMatch(/name="username"[^>]*value="leo"/s);
      expect(refused.text).not.toContain('wrong"');
    }
    const locked = await browser.submit(page, { username: 'leo', password: PASSWORD });
    expect(locked.alert).toBe('Too many attempts. Try again later.');
    service.pass(2000);
    expect((await browser.submit(page, { username: 'leo', password: PASSWORD })).callback).toHaveProperty('code');
  });

  it('reveals unknown users only where the client does', async () => {
    expect((await signIn(service.browser(), service.authorizeUrl(), 'nobody')).alert).toBe('There is no such account.');
    const hidden = await signIn(service.browser(), service.authorizeUrl({}, 'hidden'), 'nobody');
    expect(hidden.alert).toBe('The username or the password is wrong.');
  });

  it('says that an account is disabled', async () => {
    service.cognito.pool().createUser({ username: 'dan', password: PASSWORD });
    await succeed(service.origin, 'AdminDisableUser', { UserPoolId: service.cognito.pool().id, Username: 'dan' });
    expect((await signIn(service.browser(), service.authorizeUrl(), 'dan')).alert).toBe('This account is disabled.');
  });

  it('asks for every field', async () => {
    const { browser, page } = await loginPage();
    for (const fields of [
      { username: '', password: PASSWORD },
      { username: 'ann', password: '' },
    ]) {
      expect((await browser.submit(page, fields)).alert).toBe('Fill in every field.');
    }
  });

  it('refuses a form that this browser did not get', async () => {
    const { browser, page } = await loginPage();
    const [form] = page.forms;
    const fields = { username: 'ann', password: PASSWORD };
    const without = await browser.post(form?.action ?? '', new URLSearchParams(fields).toString());
    expect([without.status, without.alert]).toEqual([400, 'The form has expired. Please send it again.']);
    const other = service.browser();
    const foreign = await other.submit(page, fields);
    expect([foreign.status, foreign.alert]).toEqual([400, 'The form has expired. Please send it again.']);
    expect((await other.submit(foreign, fields)).callback).toHaveProperty('code');
  });

  it('signs nobody in with a password where only identity providers may', async () => {
    const { browser, page } = await loginPage('federated');
    expect(page.forms).toHaveLength(0);
    expect(Object.keys(page.links)).toEqual(['Continue with Google']);
    const csrf = browser.cookie('XSRF-TOKEN') ?? '';
    const body = new URLSearchParams({ username: 'ann', password: PASSWORD, _csrf: csrf }).toString();
    const visit = await browser.post(page.url, body);
    expect(visit.status).toBe(400);
    const UserPoolId = service.cognito.pool().id;
    await succeed(service.origin, 'DeleteIdentityProvider', { UserPoolId, ProviderName: 'Google' });
    expect((await loginPage('federated')).page.text).toContain('Nobody can sign in to this application yet.');
  });

  it('checks the request again: a link cannot lead elsewhere', async () => {
    const url = service.authorizeUrl({ redirect_uri: 'https://evil.example/' }).replace('/oauth2/authorize', '/login');
    expect((await service.browser().get(url)).location).toMatch(/^\/error\?error=redirect_mismatch/);
  });
});

describe('The languages', () => {
  it.each([
    ['de-CH', 'Anmelden'],
    ['fr', 'Se connecter'],
    ['es', 'Iniciar sesión'],
    ['ja', 'Sign in'],
  ])('lang=%s shows "%s", and is kept in a cookie', async (lang, heading) => {
    const { browser, page } = await loginPage('web', { lang });
    expect(page.heading).toBe(heading);
    expect(browser.cookie('lang')).toBe(lang);
    const later = await browser.follow(await browser.get(service.authorizeUrl()));
    expect(later.heading).toBe(heading);
  });

  it('follow Accept-Language by weight', async () => {
    const browser = service.browser();
    const url = service.authorizeUrl().replace('/oauth2/authorize', '/login');
    const page = await browser.get(url, { 'accept-language': 'en;q=0.2, xx, es-MX;q=0.5, fr;q=0' });
    expect(page.heading).toBe('Iniciar sesión');
    expect(page.text).toContain('<html lang="es">');
  });

  it('keep no language that is no tag', async () => {
    const { browser } = await loginPage('web', { lang: 'x; Path=/evil' });
    expect(browser.cookie('lang')).toBeUndefined();
  });
});
