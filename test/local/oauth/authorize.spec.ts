import type { PreTokenGenerationEvent } from '../../../lib/testing/index.js';
import { succeed } from '../wire.js';
import {
  CALLBACK,
  CHALLENGE,
  claims,
  codeClient,
  type OAuthService,
  PASSWORD,
  signIn,
  startOAuthService,
} from './support/oauth-service.js';

let service: OAuthService;
const preTokenGeneration = jest.fn((event: PreTokenGenerationEvent) => event);

beforeAll(async () => {
  service = await startOAuthService({
    triggers: { preTokenGeneration },
    clients: [
      codeClient('web'),
      codeClient('spa', { AllowedOAuthFlows: ['implicit'] }),
      codeClient('other', { CallbackURLs: [CALLBACK, 'myapp://signed-in', 'http://localhost:3000/cb?tab=1'] }),
      codeClient('off', { AllowedOAuthFlowsUserPoolClient: false }),
      codeClient('narrow', { AllowedOAuthScopes: ['openid'] }),
    ],
  });
});

afterAll(() => service.stop());

describe('/oauth2/authorize', () => {
  it('sends a browser without a session to the login page, with the same query', async () => {
    const url = service.authorizeUrl({ state: 'a b+c' });
    const visit = await service.browser().get(url);
    expect(visit.status).toBe(302);
    expect(visit.location).toBe(`/login?${new URL(url).searchParams.toString()}`);
    expect(visit.response.headers.get('cache-control')).toBe('no-store');
  });

  it('answers HEAD like GET and refuses POST', async () => {
    const head = await fetch(service.authorizeUrl(), { method: 'HEAD', redirect: 'manual' });
    expect(head.status).toBe(302);
    const post = await fetch(service.authorizeUrl(), { method: 'POST' });
    expect(post.status).toBe(405);
    expect(post.headers.get('allow')).toBe('GET, HEAD');
  });

  it.each([
    ['an unknown client', { client_id: 'nobody' }, 'invalid_request'],
    ['no client', { client_id: undefined }, 'invalid_request'],
    ['no redirect URI', { redirect_uri: undefined }, 'invalid_request'],
    ['a redirect URI that is not registered', { redirect_uri: 'https://evil.example/cb' }, 'redirect_mismatch'],
    ['a redirect URI that only begins like a registered one', { redirect_uri: `${CALLBACK}/x` }, 'redirect_mismatch'],
    ['another case', { redirect_uri: CALLBACK.toUpperCase() }, 'redirect_mismatch'],
  ])('with %s never goes to the redirect URI but to the error page', async (_case, parameters, error) => {
    const browser = service.browser();
    const visit = await browser.get(service.authorizeUrl(parameters));
    const clientId = 'client_id' in parameters ? (parameters.client_id ?? '') : service.clientId();
    expect(visit.location).toBe(`/error?error=${error}&client_id=${clientId}`);
    const page = await browser.follow(visit);
    expect(page.status).toBe(400);
    expect(page.heading).toBe('Something went wrong');
    expect(page.alert).not.toBe('');
  });

  it('does not trust the first of two redirect URIs', async () => {
    const url = `${service.authorizeUrl()}&redirect_uri=${encodeURIComponent('https://evil.example/')}`;
    expect((await service.browser().get(url)).location).toMatch(/^\/error\?error=invalid_request/);
  });

  it.each([
    ['no response type', { response_type: undefined }],
    ['an unknown response type', { response_type: 'id_token' }],
    ['a challenge without a method', { code_challenge: CHALLENGE }],
    ['a method without a challenge', { code_challenge_method: 'S256' }],
    ['the method plain', { code_challenge: CHALLENGE, code_challenge_method: 'plain' }],
    ['a challenge that is too short', { code_challenge: 'short', code_challenge_method: 'S256' }],
    ['a resource over plain HTTP', { resource: 'http://api.example.com' }],
    ['a resource that is no URL', { resource: 'api' }],
    ['an unknown prompt', { prompt: 'maybe' }],
    ['none with another prompt', { prompt: 'none login' }],
    ['an identity provider that there is not', { identity_provider: 'Google' }],
    ['an identifier that no provider has', { idp_identifier: 'example.com' }],
  ])('answers %s with invalid_request and no state', async (_case, parameters) => {
    const visit = await service.browser().get(service.authorizeUrl(parameters));
    expect(visit.location).toBe(`${CALLBACK}?error=invalid_request`);
  });

  it('refuses repeated parameters', async () => {
    const visit = await service.browser().get(`${service.authorizeUrl()}&state=other`);
    expect(visit.location).toBe(`${CALLBACK}?error=invalid_request`);
  });

  it.each([
    ['the implicit flow for a client of the code flow', { response_type: 'token' }, 'web'],
    ['the code flow for a client of the implicit flow', {}, 'spa'],
    ['a client that may not use OAuth', {}, 'off'],
  ])('answers %s with unauthorized_client', async (_case, parameters, client) => {
    const visit = await service.browser().get(service.authorizeUrl(parameters, client));
    expect(visit.location).toBe(`${CALLBACK}?error=unauthorized_client`);
  });

  it.each([
    ['a scope that the client may not have', { scope: 'openid admin/everything' }, 'web'],
    ['email without openid', { scope: 'email' }, 'web'],
    ['email for a client without it', { scope: 'openid email' }, 'narrow'],
  ])('answers %s as observed at the service', async (_case, parameters, client) => {
    const visit = await service.browser().get(service.authorizeUrl(parameters, client));
    expect(visit.location).toBe(`${CALLBACK}?error_description=invalid_scope&state=st-1&error=invalid_request`);
  });

  it('keeps the query of a redirect URI, and goes to custom schemes', async () => {
    for (const redirect of ['http://localhost:3000/cb?tab=1', 'myapp://signed-in']) {
      const visit = await service
        .browser()
        .get(service.authorizeUrl({ redirect_uri: redirect, prompt: 'none' }, 'other'));
      const separator = redirect.includes('?') ? '&' : '?';
      expect(visit.location).toBe(`${redirect}${separator}error=login_required&state=st-1`);
    }
  });
});

describe('A session of the browser', () => {
  it('gives codes to every client of the pool, with the first auth_time', async () => {
    const browser = service.browser();
    const first = await signIn(browser, service.authorizeUrl());
    expect(first.location).toMatch(/^http:\/\/localhost:3000\/callback\?code=[\da-f-]{36}&state=st-1$/);
    const since = Math.floor(service.now() / 1000);
    service.pass(60_000);
    const silent = await browser.get(service.authorizeUrl({ prompt: 'none', redirect_uri: CALLBACK }, 'other'));
    const { code = '' } = silent.callback;
    const { body } = await service.token({
      ...{ grant_type: 'authorization_code', client_id: service.clientId('other'), redirect_uri: CALLBACK, code },
    });
    expect(Math.abs(Number(claims(body['access_token'])['auth_time']) - since)).toBeLessThanOrEqual(2);
    expect(Number(claims(body['access_token'])['iat']) - since).toBeGreaterThanOrEqual(59);
  });

  it('ends one hour after the sign-in, however often it was used', async () => {
    const browser = service.browser();
    await signIn(browser, service.authorizeUrl());
    service.pass(50 * 60_000);
    expect((await browser.get(service.authorizeUrl({ prompt: 'none' }))).callback).toHaveProperty('code');
    service.pass(11 * 60_000);
    expect((await browser.get(service.authorizeUrl({ prompt: 'none' }))).callback).toEqual({
      error: 'login_required',
      state: 'st-1',
    });
  });

  it('lives as long as the session configuration of the client says', async () => {
    const pool = { UserPoolId: service.cognito.pool().id };
    await succeed(service.origin, 'SetUserPoolSessionConfiguration', {
      ...{ ...pool, UserSessionTracking: 'ENABLED', TokenSession: { MaxPerUser: 20 } },
    });
    const configure = (client: string, minutes: number) =>
      succeed(service.origin, 'SetUserPoolClientSessionConfiguration', {
        ...{ ...pool, ClientId: service.clientId(client), SSOSession: { MaxValidityMinutes: minutes } },
      });
    await configure('other', 120);
    await configure('narrow', 0);
    const browser = service.browser();
    await signIn(browser, service.authorizeUrl({}, 'other'));
    const silent = async (client: string) =>
      (await browser.get(service.authorizeUrl({ prompt: 'none', scope: 'openid' }, client))).callback;
    expect(await silent('narrow')).toHaveProperty('error', 'login_required');
    service.pass(90 * 60_000);
    expect(await silent('other')).toHaveProperty('code');
    expect(await silent('web')).toHaveProperty('error', 'login_required');
  });

  it('is HttpOnly, Lax and for the whole domain, and changes its value at every sign-in', async () => {
    const browser = service.browser();
    const visit = await signIn(browser, service.authorizeUrl());
    const [line] = visit.response.headers.getSetCookie().filter((cookie) => cookie.startsWith('cognito='));
    expect(line).toMatch(/^cognito=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=3600$/);
    const before = browser.cookie('cognito');
    await signIn(browser, service.authorizeUrl({ prompt: 'login' }));
    expect(browser.cookie('cognito')).not.toBe(before);
    browser.setCookie('cognito', before);
    expect((await browser.get(service.authorizeUrl({ prompt: 'none' }))).callback).toHaveProperty('error');
  });

  it('is asked about by prompt=login and select_account', async () => {
    const browser = service.browser();
    await signIn(browser, service.authorizeUrl());
    const login = await browser.follow(await browser.get(service.authorizeUrl({ prompt: 'login' })));
    expect(login.heading).toBe('Sign in');
    const choice = await browser.follow(await browser.get(service.authorizeUrl({ prompt: 'select_account' })));
    expect(choice.heading).toBe('Choose an account');
    expect(choice.text).toContain('Continue as ann@example.com');
    const back = await browser.submit(choice, { account: 'current' });
    expect(back.callback).toMatchObject({ state: 'st-1' });
    const other = await browser.submit(choice, { account: 'other' });
    expect(other.heading).toBe('Sign in');
  });

  it('goes on with consent, which has no effect of its own', async () => {
    const browser = service.browser();
    await signIn(browser, service.authorizeUrl());
    expect((await browser.get(service.authorizeUrl({ prompt: 'consent' }))).callback).toHaveProperty('code');
  });

  it('is worth nothing when its user is disabled or gone', async () => {
    const pool = service.cognito.pool();
    pool.createUser({ username: 'bob', password: PASSWORD });
    const browser = service.browser();
    await signIn(browser, service.authorizeUrl(), 'bob');
    const admin = (operation: string) => succeed(service.origin, operation, { UserPoolId: pool.id, Username: 'bob' });
    await admin('AdminDisableUser');
    expect((await browser.get(service.authorizeUrl({ prompt: 'none' }))).callback).toHaveProperty('error');
    await admin('AdminEnableUser');
    expect((await browser.get(service.authorizeUrl({ prompt: 'none' }))).callback).toHaveProperty('code');
    await admin('AdminDeleteUser');
    expect((await browser.get(service.authorizeUrl({ prompt: 'none' }))).callback).toHaveProperty('error');
  });

  it('outlives GlobalSignOut and a new password', async () => {
    const pool = service.cognito.pool();
    const browser = service.browser();
    await signIn(browser, service.authorizeUrl());
    await succeed(service.origin, 'AdminUserGlobalSignOut', { UserPoolId: pool.id, Username: 'ann' });
    await succeed(service.origin, 'AdminSetUserPassword', {
      ...{ UserPoolId: pool.id, Username: 'ann', Password: PASSWORD, Permanent: true },
    });
    expect((await browser.get(service.authorizeUrl({ prompt: 'none' }))).callback).toHaveProperty('code');
  });
});

describe('The implicit flow', () => {
  it('returns tokens in the fragment, and no refresh token', async () => {
    const visit = await signIn(service.browser(), service.authorizeUrl({ response_type: 'token' }, 'spa'));
    expect(visit.location).toMatch(/^http:\/\/localhost:3000\/callback#id_token=/);
    expect(visit.callback).toMatchObject({ expires_in: '3600', token_type: 'Bearer', state: 'st-1' });
    expect(visit.callback).not.toHaveProperty('refresh_token');
    expect(claims(visit.callback['id_token'])['nonce']).toBe('n-1');
  });

  it('tells the application about a trigger that fails', async () => {
    const browser = service.browser();
    await signIn(browser, service.authorizeUrl());
    preTokenGeneration.mockImplementationOnce(() => {
      throw new Error('not today');
    });
    const visit = await browser.get(service.authorizeUrl({ response_type: 'token', prompt: 'none' }, 'spa'));
    expect(visit.callback).toEqual({
      error: 'server_error',
      error_description: 'PreTokenGeneration failed with error not today.',
    });
  });

  it('returns no ID token without openid', async () => {
    const url = service.authorizeUrl({ response_type: 'token', scope: 'api/read' }, 'spa');
    const visit = await signIn(service.browser(), url);
    expect(Object.keys(visit.callback)).toEqual(['access_token', 'expires_in', 'token_type', 'state']);
  });
});
