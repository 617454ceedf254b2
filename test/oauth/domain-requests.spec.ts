import { inspect } from 'node:util';

import type { MandateError } from '../../lib/errors/mandate-error.js';
import type { CognitoOAuthService } from '../../lib/oauth/cognito-oauth.service.js';
import { CognitoOAuthError } from '../../lib/protocol/oauth/oauth-error.js';
import { accessToken, CLIENT_ID, NOW } from '../tokens/support/test-issuer.js';
import { freePort } from '../e2e/support/free-port.js';
import { CognitoDomain, type DomainHandler, json, SECRET } from './support/cognito-domain.js';
import { errorOf, oauthUnderTest, type OAuthTestOptions } from './support/service-under-test.js';

let domain: CognitoDomain;
beforeAll(async () => {
  domain = await CognitoDomain.start();
});
afterAll(async () => {
  await domain.stop();
});
afterEach(() => {
  domain.handlers.clear();
  domain.requests.length = 0;
  domain.secret = SECRET;
});

const REFRESH_TOKEN = 'refresh-token-of-the-user';
const ACCESS_TOKEN = accessToken();

interface Call {
  readonly path: string;
  readonly run: (service: CognitoOAuthService) => Promise<unknown>;
}

/** Every kind of request to the domain. */
const CALLS = {
  completeLogin: {
    path: '/oauth2/token',
    run: async (service) => {
      const { transaction } = await service.startLogin();
      return service.completeLogin(new URLSearchParams({ code: 'the-code', state: transaction.state }), transaction);
    },
  },
  renewTokens: { path: '/oauth2/token', run: async (service) => service.renewTokens(REFRESH_TOKEN) },
  clientToken: { path: '/oauth2/token', run: async (service) => service.clientToken() },
  revokeToken: { path: '/oauth2/revoke', run: async (service) => service.revokeToken(REFRESH_TOKEN) },
  getUserInfo: { path: '/oauth2/userInfo', run: async (service) => service.getUserInfo(ACCESS_TOKEN) },
} satisfies Readonly<Record<string, Call>>;
type Name = keyof typeof CALLS;
const NAMES = Object.keys(CALLS) as Name[];

async function failureOf(name: Name, handler: DomainHandler, options: OAuthTestOptions = {}): Promise<MandateError> {
  const { path, run } = CALLS[name];
  domain.handlers.set(path, handler);
  return errorOf(run(oauthUnderTest({ domain: domain.origin, ...options }).service));
}

const refuse =
  (status: number, body: object): DomainHandler =>
  (_request, response) => {
    json(response, status, body);
  };

describe('refusals of the domain', () => {
  it.each<[Name, string, string, number]>([
    ['completeLogin', 'invalid_grant', 'OAUTH_CODE_INVALID', 400],
    ['completeLogin', 'invalid_client', 'CLIENT_UNAUTHORIZED', 500],
    ['completeLogin', 'unauthorized_client', 'OAUTH_GRANT_NOT_ALLOWED', 500],
    ['completeLogin', 'unsupported_grant_type', 'OAUTH_GRANT_NOT_ALLOWED', 500],
    ['completeLogin', 'invalid_request', 'OAUTH_REQUEST_REFUSED', 502],
    ['completeLogin', 'something_new', 'OAUTH_REQUEST_REFUSED', 502],
    ['renewTokens', 'invalid_grant', 'REFRESH_TOKEN_INVALID', 401],
    ['renewTokens', 'invalid_client', 'CLIENT_UNAUTHORIZED', 500],
    ['renewTokens', 'unauthorized_client', 'OAUTH_GRANT_NOT_ALLOWED', 500],
    ['renewTokens', 'invalid_scope', 'OAUTH_SCOPE_INVALID', 500],
    ['renewTokens', 'invalid_request', 'OAUTH_REQUEST_REFUSED', 502],
    ['clientToken', 'invalid_grant', 'OAUTH_SCOPE_INVALID', 500],
    ['clientToken', 'invalid_scope', 'OAUTH_SCOPE_INVALID', 500],
    ['clientToken', 'invalid_client', 'CLIENT_UNAUTHORIZED', 500],
    ['clientToken', 'unauthorized_client', 'OAUTH_GRANT_NOT_ALLOWED', 500],
    ['revokeToken', 'invalid_client', 'CLIENT_UNAUTHORIZED', 500],
    ['revokeToken', 'unsupported_token_type', 'TOKEN_TYPE_UNSUPPORTED', 400],
    ['revokeToken', 'invalid_request', 'TOKEN_REVOCATION_NOT_ENABLED', 500],
  ])('of %s with %s are %s', async (name, error, code, status) => {
    const failure = await failureOf(name, refuse(400, { error, error_description: 'a text of Cognito' }));
    expect(failure).toBeInstanceOf(CognitoOAuthError);
    expect(failure).toMatchObject({ code, status, error, requestId: 'request-1', description: 'a text of Cognito' });
    expect(failure.message).not.toContain('a text of Cognito');
  });

  it('are read where a wrong secret is answered with a challenge, as RFC 6749 has it', async () => {
    const failure = await failureOf('renewTokens', (_request, response) => {
      response.setHeader('www-authenticate', 'Basic realm="token"');
      json(response, 401, { error: 'invalid_client' });
    });
    expect(failure).toMatchObject({ code: 'CLIENT_UNAUTHORIZED', error: 'invalid_client' });
  });

  it.each([
    [{ error: 'unauthorized_client', error_description: 'invalid_redirect' }, 'unauthorized_client'],
    [{ error: 'invalid_grant' }, 'invalid_grant'],
  ])('of a wrong redirect URI have one code, whichever answer Cognito gives: %p (trap 27)', async (body, error) => {
    expect(await failureOf('completeLogin', refuse(400, body))).toMatchObject({ code: 'OAUTH_CODE_INVALID', error });
  });

  it('tell a renewal that is over from every other failure (trap 15)', async () => {
    const over = await failureOf('renewTokens', refuse(400, { error: 'invalid_grant' }));
    const others = [
      await failureOf('renewTokens', refuse(400, { error: 'invalid_client' })),
      await failureOf('renewTokens', refuse(429, { error: 'invalid_grant' })),
      await failureOf('renewTokens', refuse(500, { error: 'invalid_grant' })),
      await failureOf('renewTokens', refuse(302, { error: 'invalid_grant' })),
    ];
    expect(over.code).toBe('REFRESH_TOKEN_INVALID');
    expect(others.map(({ code }) => code)).toEqual([
      'CLIENT_UNAUTHORIZED',
      'TOO_MANY_REQUESTS',
      'SERVICE_UNAVAILABLE',
      'SERVICE_UNAVAILABLE',
    ]);
  });
});

describe.each(NAMES)('%s', (name) => {
  it.each<[string, DomainHandler, string, RegExp]>([
    [
      'answers HTML with status 200, as a proxy does',
      (_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Sign in</html>'),
      'SERVICE_UNAVAILABLE',
      /not JSON/,
    ],
    [
      'answers HTML with status 403, as a firewall does',
      (_request, response) => response.writeHead(403, { 'content-type': 'text/html' }).end('<html>Blocked</html>'),
      'SERVICE_UNAVAILABLE',
      /HTTP status 403/,
    ],
    [
      'answers HTML with status 502',
      (_request, response) => response.writeHead(502, { 'content-type': 'text/html' }).end('<html>Bad Gateway</html>'),
      'SERVICE_UNAVAILABLE',
      /HTTP status 502/,
    ],
    ['answers 503', refuse(503, { error: 'temporarily_unavailable' }), 'SERVICE_UNAVAILABLE', /HTTP status 503/],
    ['answers 429', refuse(429, { error: 'slow_down' }), 'TOO_MANY_REQUESTS', /number of requests/],
    [
      'redirects, which is not followed',
      (_request, response) => response.writeHead(307, { location: 'http://127.0.0.1:1/evil' }).end(),
      'SERVICE_UNAVAILABLE',
      /Redirections are not followed/,
    ],
    ['breaks the connection', (_request, response) => response.destroy(), 'SERVICE_UNAVAILABLE', /unreachable/],
    [
      'sends without an end',
      (_request, response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(`{"a":"${'x'.repeat(1_100_000)}"}`);
      },
      'SERVICE_UNAVAILABLE',
      /larger than 1048576 bytes/,
    ],
  ])('fails where the domain %s', async (what, handler, code, message) => {
    if (name === 'revokeToken' && what.includes('status 200')) {
      // There is nothing to read in the answer.
      return;
    }
    const failure = await failureOf(name, handler);
    expect(failure.code).toBe(code);
    expect(failure.message).toMatch(message);
    expect(failure.message).not.toMatch(/html|evil/);
  });

  it('fails where the domain does not answer in time, or begins and does not end', async () => {
    const silent = await failureOf(name, () => undefined, { oauth: { timeout: 50 } });
    expect(silent).toMatchObject({ code: 'SERVICE_UNAVAILABLE', status: 503 });
    expect(silent.message).toMatch(/did not answer within 50 ms/);
    const begun = await failureOf(name, (_request, response) => void response.writeHead(200).write('{'), {
      oauth: { timeout: 50 },
    });
    expect(begun.message).toMatch(/did not answer within 50 ms/);
  });

  it('fails where a fetch of the application ignores the signal', async () => {
    const send = async () => new Promise<Response>(() => undefined);
    const failure = await failureOf(name, () => undefined, { oauth: { timeout: 50, fetch: send } });
    expect(failure.message).toMatch(/did not answer within 50 ms/);
  });

  it('fails where nobody listens', async () => {
    const origin = `http://127.0.0.1:${String(await freePort())}`;
    const failure = await errorOf(CALLS[name].run(oauthUnderTest({ domain: origin }).service));
    expect(failure).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    expect(failure.message).toMatch(/ECONNREFUSED/);
  });

  it('puts no secret into an error (trap 35)', async () => {
    const send = async (_url: unknown, init: unknown): Promise<Response> =>
      Promise.reject(Object.assign(new Error('failed'), { request: init }));
    const failures = [
      await failureOf(name, refuse(400, { error: 'invalid_grant', error_description: REFRESH_TOKEN })),
      await failureOf(
        name,
        refuse(name === 'revokeToken' ? 500 : 200, { access_token: 7, id_token: REFRESH_TOKEN, sub: 'other' }),
      ),
      await failureOf(name, () => undefined, { oauth: { fetch: send } }),
    ];
    const secrets = [
      REFRESH_TOKEN,
      SECRET,
      ACCESS_TOKEN,
      'the-code',
      Buffer.from(`${CLIENT_ID}:${SECRET}`).toString('base64'),
    ];
    for (const failure of failures) {
      const shown = inspect(failure, { depth: 9, showHidden: true }) + JSON.stringify(failure) + failure.message;
      expect(secrets.filter((secret) => shown.includes(secret))).toEqual([]);
    }
  });

  it('says that the option is missing', async () => {
    const run = CALLS[name].run(oauthUnderTest({}).service);
    if (name === 'clientToken') {
      await expect(run).rejects.toThrow('not in this test');
      return;
    }
    const failure = await errorOf(run);
    expect(failure).toMatchObject({ code: 'OAUTH_NOT_CONFIGURED', status: 500 });
    expect(failure.message).toMatch(/option "oauth"/);
  });
});

describe('the authentication of the app client (trap 28)', () => {
  it.each<[string, OAuthTestOptions, (form: URLSearchParams, authorization: string | undefined) => void]>([
    [
      'is Basic by default',
      {},
      (form, authorization) => {
        expect(authorization).toBe(`Basic ${Buffer.from(`${CLIENT_ID}:${SECRET}`).toString('base64')}`);
        expect([...form.keys()]).not.toContain('client_id');
      },
    ],
    [
      'is in the body by option',
      { oauth: { clientAuthentication: 'post' } },
      (form, authorization) => {
        expect(authorization).toBeUndefined();
        expect([form.get('client_id'), form.get('client_secret')]).toEqual([CLIENT_ID, SECRET]);
      },
    ],
    [
      'is the id alone for a public client',
      { clientSecret: null },
      (form, authorization) => {
        expect(authorization).toBeUndefined();
        expect([form.get('client_id'), form.get('client_secret')]).toEqual([CLIENT_ID, null]);
      },
    ],
    [
      'is with a secret of a function',
      { clientSecret: async () => Promise.resolve('rotated') },
      (_form, authorization) => {
        expect(authorization).toBe(`Basic ${Buffer.from(`${CLIENT_ID}:rotated`).toString('base64')}`);
      },
    ],
    [
      'is form-encoded within Basic for a secret with signs (RFC 6749, section 2.3.1)',
      { clientSecret: 'a+b/c:d' },
      (_form, authorization) => {
        expect(authorization).toBe(`Basic ${Buffer.from(`${CLIENT_ID}:a%2Bb%2Fc%3Ad`).toString('base64')}`);
      },
    ],
  ])('%s', async (_what, options, check) => {
    for (const name of ['renewTokens', 'revokeToken'] as const) {
      domain.requests.length = 0;
      await failureOf(name, refuse(400, { error: 'invalid_client' }), options);
      const [request] = domain.requests;
      check(request?.form ?? new URLSearchParams(), request?.headers.authorization);
    }
  });

  it('fails as a fault of the configuration where the function for the secret fails', async () => {
    const clientSecret = () => Promise.reject(new Error('vault'));
    expect(await failureOf('renewTokens', refuse(200, {}), { clientSecret })).toMatchObject({ option: 'clientSecret' });
    expect(domain.requests).toEqual([]);
  });
});

describe('the option fetch', () => {
  it('sends the requests, with a signal and without following redirections', async () => {
    const sent: [unknown, RequestInit | undefined][] = [];
    const send: typeof fetch = async (url, init) => {
      sent.push([url, init]);
      return fetch(url, init);
    };
    const { service } = oauthUnderTest({ domain: domain.origin, oauth: { fetch: send } });
    await service.clientToken();
    await service.getUserInfo(ACCESS_TOKEN);
    expect(sent.map(([url]) => url)).toEqual([`${domain.origin}/oauth2/token`, `${domain.origin}/oauth2/userInfo`]);
    expect(sent.map(([, init]) => init?.redirect)).toEqual(['manual', 'manual']);
    expect(sent.every(([, init]) => init?.signal instanceof AbortSignal)).toBe(true);
  });
});

describe('renewTokens', () => {
  async function signedIn(options: OAuthTestOptions = {}) {
    const { service, clock } = oauthUnderTest({ domain: domain.origin, ...options });
    const { url, transaction } = await service.startLogin();
    const tokens = await service.completeLogin(await domain.signIn(url), transaction);
    domain.requests.length = 0;
    return { service, clock, refreshToken: tokens.refreshToken ?? '' };
  }
  afterEach(() => {
    domain.rotates = false;
  });

  it('keeps the refresh token, which Cognito does not repeat', async () => {
    const { service, refreshToken } = await signedIn();
    expect(await service.renewTokens(refreshToken)).toEqual({
      accessToken: expect.any(String) as string,
      idToken: expect.any(String) as string,
      refreshToken,
      expiresAt: NOW + 3_600_000,
      tokenType: 'Bearer',
      grantType: 'authorization_code',
    });
    expect(Object.fromEntries(domain.requests[0]?.form ?? [])).toEqual({
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
    });
  });

  it('returns the new refresh token where the client rotates them', async () => {
    domain.rotates = true;
    const { service, refreshToken } = await signedIn();
    const renewed = await service.renewTokens(refreshToken);
    expect(renewed.refreshToken).not.toBe(refreshToken);
    await expect(service.renewTokens(renewed.refreshToken)).resolves.toBeDefined();
    expect(await errorOf(service.renewTokens(refreshToken))).toMatchObject({ code: 'REFRESH_TOKEN_INVALID' });
  });

  it('loses no refresh token because the clocks differ', async () => {
    domain.rotates = true;
    const { service, clock, refreshToken } = await signedIn();
    clock.advance(24 * 3_600_000);
    const renewed = await service.renewTokens(refreshToken);
    expect(renewed.refreshToken).not.toBe(refreshToken);
  });

  it('makes one request for fifty calls at a time, and another later (trap 13)', async () => {
    domain.rotates = true;
    const { service, refreshToken } = await signedIn();
    const renewed = await Promise.all(Array.from({ length: 50 }, async () => service.renewTokens(refreshToken)));
    expect(domain.requests).toHaveLength(1);
    expect(new Set(renewed.map((tokens) => tokens.refreshToken)).size).toBe(1);
    await service.renewTokens(renewed[0]?.refreshToken ?? '');
    expect(domain.requests).toHaveLength(2);
  });

  it('shares nothing between two refresh tokens (trap 13)', async () => {
    const one = await signedIn();
    const other = await signedIn();
    const renewed = await Promise.all([
      one.service.renewTokens(one.refreshToken),
      one.service.renewTokens(other.refreshToken),
    ]);
    expect(renewed.map((tokens) => tokens.refreshToken)).toEqual([one.refreshToken, other.refreshToken]);
    expect(domain.requests).toHaveLength(2);
  });

  it.each([undefined, '', 7, { refreshToken: 'a' }])('refuses %p as a refresh token', async (token) => {
    const { service } = oauthUnderTest({ domain: domain.origin });
    expect(await errorOf(service.renewTokens(token as string))).toMatchObject({ argument: 'refreshToken' });
  });
});

describe('getUserInfo', () => {
  it('returns booleans where OpenID Connect has them, and text elsewhere (trap 29)', async () => {
    const { service } = oauthUnderTest({ domain: domain.origin });
    expect(await service.getUserInfo(ACCESS_TOKEN)).toEqual({
      sub: '7d8ca528-4931-4254-9273-ea5ee853f271',
      email: 'jane@example.com',
      email_verified: true,
      phone_number_verified: false,
      'custom:plan': 'true',
      username: 'janedoe',
    });
  });

  it('refuses an answer about another user (trap 29)', async () => {
    const failure = await failureOf('getUserInfo', refuse(200, { sub: 'another' }));
    expect(failure).toMatchObject({ code: 'ANSWER_UNEXPECTED' });
    expect(failure.message).toMatch(/another user/);
  });

  it.each<[number, string | undefined, string]>([
    [
      401,
      'error="invalid_token", error_description="Access token is expired, disabled, or deleted"',
      'ACCESS_TOKEN_INVALID',
    ],
    [401, 'Bearer error="invalid_token"', 'ACCESS_TOKEN_INVALID'],
    [401, undefined, 'ACCESS_TOKEN_INVALID'],
    [403, 'Bearer realm="x", error="insufficient_scope", scope="openid"', 'ACCESS_TOKEN_SCOPE_MISSING'],
    [
      400,
      'error="invalid_request", error_description="Bad OAuth2 request at UserInfo Endpoint"',
      'OAUTH_REQUEST_REFUSED',
    ],
    [400, undefined, 'SERVICE_UNAVAILABLE'],
  ])('reads %p with the header %p (trap 29)', async (status, header, code) => {
    const failure = await failureOf('getUserInfo', (_request, response) => {
      response.writeHead(status, header === undefined ? {} : { 'www-authenticate': header }).end();
    });
    expect(failure.code).toBe(code);
    expect(failure.message).not.toContain('deleted');
  });

  it('says of an expired token that it has expired', async () => {
    const { service, clock } = oauthUnderTest({ domain: domain.origin });
    domain.handlers.set('/oauth2/userInfo', (_request, response) => {
      response.writeHead(401, { 'www-authenticate': 'error="invalid_token"' }).end();
    });
    clock.advance(3_600_000);
    expect(await errorOf(service.getUserInfo(ACCESS_TOKEN))).toMatchObject({ code: 'ACCESS_TOKEN_EXPIRED' });
  });

  it.each<[unknown]>([[''], ['opaque'], [undefined]])(
    'refuses %p as an access token, and sends nothing',
    async (token) => {
      const { service } = oauthUnderTest({ domain: domain.origin });
      expect(await errorOf(service.getUserInfo(token as string))).toMatchObject({ argument: 'accessToken' });
      expect(domain.requests).toEqual([]);
    },
  );
});

it('speaks http to this machine alone', async () => {
  expect(() => oauthUnderTest({ domain: 'http://auth.example.com' })).toThrow(/oauth.domain/);
  const { service } = oauthUnderTest({ domain: 'auth.example.com' });
  expect((await service.startLogin()).url).toMatch(/^https:\/\/auth\.example\.com\/oauth2\/authorize\?/);
});
