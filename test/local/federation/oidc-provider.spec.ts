import type { Visit } from '../oauth/support/browser.js';
import { CALLBACK, claims, codeClient, type OAuthService } from '../oauth/support/oauth-service.js';
import { type Deviations, type FakeOidcServer, startFakeOidcServer } from './fake-oidc-server.js';
import { startFederation, tokensOf } from './federation-service.js';

describe('a sign-in through a real OpenID provider', () => {
  let provider: FakeOidcServer;
  let service: OAuthService;

  beforeAll(async () => {
    provider = await startFakeOidcServer();
  });

  beforeEach(async () => {
    provider.deviate({});
    provider.requests.clear();
    service = await startFederation({
      identityProviders: [
        {
          ProviderName: 'Fake',
          ProviderType: 'OIDC',
          ProviderDetails: {
            ...{ client_id: 'cognito', client_secret: 'hush+hush', oidc_issuer: provider.issuer },
            ...{ authorize_scopes: 'openid email', attributes_request_method: 'GET' },
          },
        },
      ],
      clients: [codeClient('web', { SupportedIdentityProviders: ['Fake'] })],
    });
  });

  afterEach(() => service.stop());
  afterAll(() => provider.stop());

  /** The redirect to the provider, and the one back to the application. */
  async function signIn(
    parameters: Record<string, string> = {},
  ): Promise<{ readonly away: Visit; readonly back: Visit }> {
    const browser = service.browser();
    const away = await browser.get(service.authorizeUrl({ identity_provider: 'Fake', ...parameters }));
    const { callback, location = '' } = away;
    if (callback['error'] !== undefined) {
      return { away, back: away };
    }
    const answer = await fetch(location, { redirect: 'manual' });
    return { away, back: await browser.follow(await browser.get(answer.headers.get('location') ?? '')) };
  }

  it('asks for a code, redeems it, and reads userinfo', async () => {
    const { away, back } = await signIn({ login_hint: 'ann', prompt: 'login' });
    expect(away.location).toMatch(new RegExp(`^${provider.issuer}/authorize\\?`));
    expect(away.callback).toEqual({
      response_type: 'code',
      client_id: 'cognito',
      redirect_uri: `${service.origin}/oauth2/idpresponse`,
      scope: 'openid email',
      state: expect.stringMatching(/^[\w-]{43}$/) as string,
      nonce: expect.stringMatching(/^[\w-]{43}$/) as string,
      login_hint: 'ann',
      prompt: 'login',
    });
    expect(Object.fromEntries(new URLSearchParams(provider.requests.get('/token')?.body))).toEqual({
      grant_type: 'authorization_code',
      code: 'c0de',
      redirect_uri: `${service.origin}/oauth2/idpresponse`,
      client_id: 'cognito',
      client_secret: 'hush+hush',
    });
    expect(provider.requests.get('/me')).toMatchObject({ method: 'GET', authorization: 'Bearer at' });
    expect(claims((await tokensOf(service, back))['id_token'])).toMatchObject({
      'cognito:username': 'Fake_fake-1',
      email: 'fake@example.com',
    });
  });

  it('returns to the host name that the browser knows', async () => {
    const { port } = new URL(service.origin);
    const url = service.authorizeUrl({ identity_provider: 'Fake' }).replace('127.0.0.1', 'localhost');
    const away = await fetch(url, { redirect: 'manual' });
    const { searchParams } = new URL(away.headers.get('location') ?? '');
    expect(searchParams.get('redirect_uri')).toBe(`http://localhost:${port}/oauth2/idpresponse`);
  });

  it('gives the ID token the nonce of the provider, if the client sent none', async () => {
    const browser = service.browser();
    const away = await browser.get(service.authorizeUrl({ identity_provider: 'Fake', nonce: undefined }));
    const answer = await fetch(away.location ?? '', { redirect: 'manual' });
    const back = await browser.get(answer.headers.get('location') ?? '');
    expect(claims((await tokensOf(service, back))['id_token'])['nonce']).toBe(away.callback['nonce']);
  });

  it.each<[string, Deviations, string]>([
    ['a foreign key', { foreignKey: true }, 'Fake Error - invalid id_token: signature verification failed'],
    [
      'another issuer',
      { claims: { iss: 'https://evil.example' } },
      'Fake Error - invalid id_token: unexpected "iss" claim value',
    ],
    ['another client', { claims: { aud: 'other' } }, 'Fake Error - invalid id_token: unexpected "aud" claim value'],
    ['another nonce', { claims: { nonce: 'other' } }, 'Fake Error - invalid id_token: unexpected "nonce" claim value'],
    ['an expired token', { claims: { exp: 1 } }, 'Fake Error - invalid id_token: "exp" claim timestamp check failed'],
    [
      'userinfo of another user',
      { userInfo: { sub: 'x' } },
      'Fake Error - the userinfo response is about another user',
    ],
    [
      'a refused code',
      { responses: { '/token': { status: 400, body: '{"error":"invalid_grant","error_description":"Too late"}' } } },
      'Fake Error - 400 invalid_grant Too late',
    ],
    [
      'a broken token endpoint',
      { responses: { '/token': { status: 500, body: '<h1>Oops</h1>' } } },
      'Fake Error - 500 error getting token',
    ],
    [
      'a token response in HTML',
      { responses: { '/token': { status: 200, body: '<h1>Hi</h1>' } } },
      'Fake Error - 200 the token response is not JSON',
    ],
    [
      'no ID token',
      { responses: { '/token': { status: 200, body: '{"access_token":"at"}' } } },
      'Fake Error - the token response has no id_token',
    ],
    [
      'a token endpoint that hangs up',
      { responses: { '/token': 'hang up' } },
      'Connection error in calling Fake token endpoint',
    ],
    ['no keys', { responses: { '/jwks': { status: 404, body: '' } } }, 'Fake Error - 404 error getting jwks'],
    [
      'refused userinfo',
      { responses: { '/me': { status: 403, body: '{}' } } },
      'Fake Error - 403 error getting userinfo',
    ],
    [
      'no discovery document',
      { responses: { '/.well-known/openid-configuration': { status: 404, body: '' } } },
      'Fake Error - 404 error getting openid-configuration',
    ],
    [
      'the discovery document of another issuer',
      {
        responses: { '/.well-known/openid-configuration': { status: 200, body: '{"issuer":"https://evil.example"}' } },
      },
      'Fake Error - the discovery document names another issuer',
    ],
  ])('fails with %s', async (_case, deviations, error_description) => {
    provider.deviate(deviations);
    const { back } = await signIn();
    expect(back.location).toContain(CALLBACK);
    expect(back.callback).toEqual({ error: 'invalid_request', error_description });
    expect(JSON.stringify(back.callback)).not.toContain('hush');
  });

  it('fails if the provider does not answer in time', async () => {
    const timeout = jest
      .spyOn(AbortSignal, 'timeout')
      .mockImplementation(() => AbortSignal.abort(new DOMException('Too slow', 'TimeoutError')));
    const { back } = await signIn();
    expect(back.callback).toEqual({
      error: 'invalid_request',
      error_description: 'Timeout occurred in calling Fake openid-configuration endpoint',
    });
    expect(timeout).toHaveBeenCalledWith(5000);
    timeout.mockRestore();
  });

  it.each([
    ['access_denied', 'access_denied', 'Fake Error - access_denied No thanks'],
    ['temporarily_unavailable', 'invalid_request', 'Fake Error - temporarily_unavailable No thanks'],
  ])('passes the error %s of the provider on', async (error, expected, error_description) => {
    const browser = service.browser();
    const away = await browser.get(service.authorizeUrl({ identity_provider: 'Fake' }));
    const query = new URLSearchParams({
      ...{ error, error_description: 'No thanks' },
      state: away.callback['state'] ?? '',
    });
    const back = await browser.get(`/oauth2/idpresponse?${query.toString()}`);
    expect(back.callback).toEqual({ error: expected, error_description });
  });

  it('accepts a response in a form, and none without a code', async () => {
    const browser = service.browser();
    const away = await browser.get(service.authorizeUrl({ identity_provider: 'Fake' }));
    const state = away.callback['state'] ?? '';
    const back = await browser.post('/oauth2/idpresponse', new URLSearchParams({ state }).toString());
    expect(back.callback).toEqual({
      error: 'invalid_request',
      error_description: 'Fake Error - the response has no code',
    });
  });

  it('needs no discovery if the details name all endpoints', async () => {
    await service.stop();
    const at = (path: string) => `${provider.issuer}${path}`;
    service = await startFederation({
      identityProviders: [
        {
          ProviderName: 'Fake',
          ProviderType: 'OIDC',
          ProviderDetails: {
            ...{ client_id: 'cognito', oidc_issuer: provider.issuer, authorize_scopes: 'openid' },
            ...{ authorize_url: at('/authorize'), token_url: at('/token'), jwks_uri: at('/jwks') },
            ...{ attributes_url: at('/me'), attributes_request_method: 'POST' },
          },
        },
      ],
      clients: [codeClient('web', { SupportedIdentityProviders: ['Fake'] })],
    });
    const { back } = await signIn();
    expect(back.callback).toMatchObject({ code: expect.any(String) as string });
    expect(provider.requests.has('/.well-known/openid-configuration')).toBe(false);
    expect(provider.requests.get('/me')).toMatchObject({ method: 'POST' });
    expect(provider.requests.get('/token')?.body).not.toContain('client_secret');
  });

  it('is not played by the built-in page', async () => {
    const browser = service.browser();
    const away = await browser.get(service.authorizeUrl({ identity_provider: 'Fake' }));
    const page = await browser.get(`/__idp/${service.cognito.pool().id}/Fake?state=${away.callback['state'] ?? ''}`);
    expect(page.status).toBe(400);
  });
});
