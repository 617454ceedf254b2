import { codeClient, CALLBACK, LOGOUT, type OAuthService, oauthPool, signIn } from './support/oauth-service.js';
import { startOAuthService } from './support/oauth-service.js';

let service: OAuthService;

beforeAll(async () => {
  service = await startOAuthService({ clients: [codeClient('web'), codeClient('other')] });
});

afterAll(() => service.stop());

function logoutUrl(parameters: Record<string, string>): string {
  return `/logout?${new URLSearchParams(parameters).toString()}`;
}

describe('/logout', () => {
  it('ends the session and goes to a registered URL', async () => {
    const browser = service.browser();
    await signIn(browser, service.authorizeUrl());
    const url = logoutUrl({ client_id: service.clientId(), logout_uri: LOGOUT, state: 'ignored' });
    expect((await browser.get(url)).location).toBe(LOGOUT);
    expect(browser.cookie('cognito')).toBeUndefined();
    expect((await browser.get(service.authorizeUrl({ prompt: 'none' }))).callback).toHaveProperty('error');
  });

  it('ends it for a copy of the cookie too', async () => {
    const browser = service.browser();
    await signIn(browser, service.authorizeUrl());
    const copy = browser.cookie('cognito');
    await browser.get(logoutUrl({ client_id: service.clientId(), logout_uri: LOGOUT }));
    browser.setCookie('cognito', copy);
    expect((await browser.get(service.authorizeUrl({ prompt: 'none' }))).callback).toHaveProperty('error');
  });

  it('goes to the login page with redirect_uri and response_type', async () => {
    const browser = service.browser();
    await signIn(browser, service.authorizeUrl());
    const query = {
      ...{ client_id: service.clientId(), response_type: 'code', redirect_uri: CALLBACK, scope: 'openid', state: 's' },
    };
    const visit = await browser.get(logoutUrl(query));
    expect(visit.location).toBe(`/login?${new URLSearchParams(query).toString()}`);
    expect((await browser.follow(visit)).heading).toBe('Sign in');
  });

  it('does not revoke tokens', async () => {
    const browser = service.browser();
    const { callback } = await signIn(browser, service.authorizeUrl());
    await browser.get(logoutUrl({ client_id: service.clientId(), logout_uri: LOGOUT }));
    const { status } = await service.token({
      ...{ grant_type: 'authorization_code', client_id: service.clientId(), redirect_uri: CALLBACK },
      code: callback['code'] ?? '',
    });
    expect(status).toBe(200);
  });

  it.each([
    ['an unknown client', { client_id: 'nobody', logout_uri: LOGOUT }, 'invalid_request'],
    ['a URL that is not registered', { logout_uri: 'https://evil.example/' }, 'redirect_mismatch'],
    ['a callback URL in its place', { logout_uri: CALLBACK }, 'redirect_mismatch'],
    ['an unregistered redirect URI', { redirect_uri: LOGOUT, response_type: 'code' }, 'redirect_mismatch'],
    ['no response type', { redirect_uri: CALLBACK }, 'invalid_request'],
    ['nothing else', {}, 'invalid_request'],
    ['names of OpenID Connect', { post_logout_redirect_uri: LOGOUT, id_token_hint: 'x' }, 'invalid_request'],
  ])('with %s ends on the error page and keeps the session', async (_case, parameters, error) => {
    const browser = service.browser();
    await signIn(browser, service.authorizeUrl());
    const visit = await browser.get(logoutUrl({ client_id: service.clientId(), ...parameters }));
    expect(visit.location).toMatch(new RegExp(`^/error\\?error=${error}&`));
    expect((await browser.get(service.authorizeUrl({ prompt: 'none' }))).callback).toHaveProperty('code');
  });

  it('leaves the sessions of other pools', async () => {
    const two = await startOAuthService({}, { pools: [oauthPool(), { ...oauthPool(), name: 'second' }] });
    try {
      const browser = two.browser();
      const second = two.cognito.pool('second').client('web').id;
      await signIn(browser, two.authorizeUrl());
      await signIn(browser, two.authorizeUrl({ client_id: second }));
      await browser.get(logoutUrl({ client_id: second, logout_uri: LOGOUT }));
      expect((await browser.get(two.authorizeUrl({ prompt: 'none' }))).callback).toHaveProperty('code');
      const silent = two.authorizeUrl({ prompt: 'none', client_id: second });
      expect((await browser.get(silent)).callback).toHaveProperty('error');
    } finally {
      await two.stop();
    }
  });
});
