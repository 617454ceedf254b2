import { inspect } from 'node:util';

import type { LoginTransaction } from '../../lib/oauth/login-transaction.js';
import type { StartLoginOptions } from '../../lib/oauth/start-login-options.js';
import { CognitoOAuthError } from '../../lib/protocol/oauth/oauth-error.js';
import { RevocationList } from '../../lib/tokens/revocation/revocation-list.js';
import { accessKey, CLIENT_ID, idClaims, ISSUER, NOW, POOL_ID, signToken } from '../tokens/support/test-issuer.js';
import { CognitoDomain, json, REDIRECT_URI } from './support/cognito-domain.js';
import { errorOf, oauthUnderTest } from './support/service-under-test.js';

const TEN_MINUTES = 600_000;
const RESOURCE = 'https://orders.example';
const SIGN_IN_AGAIN = /sign-in again/;

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
  domain.idClaims = {};
  domain.accessClaims = {};
});

const query = (parameters: Record<string, string>) => new URLSearchParams(parameters);

/** A sign-in whose user has come back. */
async function returned(options?: StartLoginOptions, changes: Parameters<typeof oauthUnderTest>[0] = {}) {
  const { service, clock } = oauthUnderTest({ domain: domain.origin, ...changes });
  const { url, transaction } = await service.startLogin(options);
  return { service, clock, transaction, callback: await domain.signIn(url) };
}

describe('startLogin', () => {
  it('sends the browser to the domain with PKCE, state and nonce, and makes no request', async () => {
    const { service } = oauthUnderTest({ domain: domain.origin });
    const { url, transaction } = await service.startLogin();
    const { origin, pathname, searchParams } = new URL(url);
    expect(origin + pathname).toBe(`${domain.origin}/oauth2/authorize`);
    expect(Object.fromEntries(searchParams)).toEqual({
      response_type: 'code',
      client_id: CLIENT_ID,
      redirect_uri: REDIRECT_URI,
      scope: 'openid',
      state: transaction.state,
      nonce: transaction.nonce,
      code_challenge: expect.stringMatching(/^[\w-]{43}$/) as string,
      code_challenge_method: 'S256',
    });
    expect(domain.requests).toEqual([]);
  });

  it('makes the code challenge of RFC 7636, appendix B', async () => {
    const random = () => 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
    const { service } = oauthUnderTest({ domain: domain.origin, service: { random } });
    const { url, transaction } = await service.startLogin();
    expect(transaction.codeVerifier).toBe(random());
    expect(new URL(url).searchParams.get('code_challenge')).toBe('E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM');
  });

  it('draws state, nonce and verifier anew for each sign-in, and never twice', async () => {
    const { service } = oauthUnderTest({ domain: domain.origin });
    const logins = await Promise.all([service.startLogin(), service.startLogin()]);
    const values = logins.flatMap(({ transaction: { state, nonce, codeVerifier } }) => [state, nonce, codeVerifier]);
    expect(new Set(values).size).toBe(6);
    expect(values.every((value) => /^[\w-]{43}$/.test(value))).toBe(true);
  });

  it('returns a transaction of plain JSON, in the injected time', async () => {
    const { service } = oauthUnderTest({ domain: domain.origin, oauth: { resource: RESOURCE } });
    const { transaction } = await service.startLogin();
    expect(JSON.parse(JSON.stringify(transaction))).toEqual(transaction);
    expect(transaction).toMatchObject({ redirectUri: REDIRECT_URI, resource: RESOURCE, startedAt: NOW });
  });

  it.each<[StartLoginOptions, Record<string, string>]>([
    [{ identityProvider: 'Google' }, { identity_provider: 'Google' }],
    [{ idpIdentifier: 'example.com' }, { idp_identifier: 'example.com' }],
    [{ loginHint: 'jane+doe@example.com' }, { login_hint: 'jane+doe@example.com' }],
    [{ prompt: 'none' }, { prompt: 'none' }],
    [{ prompt: ['login', 'select_account'] }, { prompt: 'login select_account' }],
    [{ lang: 'pt-BR' }, { lang: 'pt-BR' }],
    [{ scopes: ['openid', 'orders/read'] }, { scope: 'openid orders/read' }],
    [{ resource: RESOURCE }, { resource: RESOURCE }],
  ])('has the parameters of %p', async (options, parameters) => {
    const { service } = oauthUnderTest({ domain: domain.origin });
    const { url } = await service.startLogin(options);
    expect(Object.fromEntries(new URL(url).searchParams)).toMatchObject(parameters);
  });

  it.each<[StartLoginOptions['page'], string]>([
    ['login', '/oauth2/authorize'],
    ['signup', '/signup'],
    ['forgotPassword', '/forgotPassword'],
    ['passkeys', '/passkeys/add'],
  ])('begins at the page %p', async (page, path) => {
    const { service } = oauthUnderTest({ domain: domain.origin });
    const { url, transaction } = await service.startLogin({ page });
    expect(new URL(url).pathname).toBe(path);
    expect(new URL(url).searchParams.get('state')).toBe(transaction.state);
    expect(new URL(url).searchParams.get('code_challenge_method')).toBe('S256');
  });

  it.each<[string, unknown, string]>([
    ['the query of a request with other parameters (trap 8)', { redirect_uri: 'https://evil.example' }, 'options'],
    ['a parameter that would replace ours', { state: 'fixed' }, 'options'],
    ['something that is no object', 'Google', 'options'],
    ['an array as Express parses ?loginHint=a&loginHint=b', { loginHint: ['a', 'b'] }, 'options.loginHint'],
    ['control characters', { loginHint: 'a\r\nb' }, 'options.loginHint'],
    ['a long hint', { loginHint: 'x'.repeat(129) }, 'options.loginHint'],
    ['an empty provider', { identityProvider: '' }, 'options.identityProvider'],
    [
      'two choices of a provider',
      { identityProvider: 'Google', idpIdentifier: 'example.com' },
      'options.idpIdentifier',
    ],
    ['an unknown prompt', { prompt: 'create' }, 'options.prompt'],
    ['none with another prompt', { prompt: ['none', 'login'] }, 'options.prompt'],
    ['no prompt in the list', { prompt: [] }, 'options.prompt'],
    ['a language that is none', { lang: 'de&x=y' }, 'options.lang'],
    ['scopes without openid', { scopes: ['email'] }, 'options.scopes'],
    ['scopes with a space', { scopes: ['openid', 'a b'] }, 'options.scopes'],
    ['a resource with a fragment', { resource: `${RESOURCE}#a` }, 'options.resource'],
    ['a resource over plain http', { resource: 'http://orders.example' }, 'options.resource'],
    ['an unknown page', { page: 'logout' }, 'options.page'],
    ['a page by its path', { page: '/signup' }, 'options.page'],
  ])('refuses %s', async (_what, options, argument) => {
    const { service } = oauthUnderTest({ domain: domain.origin });
    const error = await errorOf(service.startLogin(options as StartLoginOptions));
    expect(error).toMatchObject({ code: 'ARGUMENT_INVALID', argument });
    expect(error.message).not.toContain('evil.example');
  });

  it('needs the option redirectUri', async () => {
    const { service } = oauthUnderTest({ domain: domain.origin, oauth: { redirectUri: undefined } });
    expect(await errorOf(service.startLogin())).toMatchObject({
      code: 'CONFIGURATION_INVALID',
      option: 'oauth.redirectUri',
    });
  });
});

describe('completeLogin', () => {
  it('returns tokens that are marked for renewal at the token endpoint', async () => {
    const { service, callback, transaction } = await returned();
    const tokens = await service.completeLogin(callback, transaction);
    expect(tokens).toEqual({
      accessToken: expect.any(String) as string,
      idToken: expect.any(String) as string,
      refreshToken: 'refresh-token-1',
      expiresAt: NOW + 3_600_000,
      tokenType: 'Bearer',
      grantType: 'authorization_code',
    });
    const [request] = domain.to('/oauth2/token');
    expect(Object.fromEntries(request?.form ?? [])).toEqual({
      grant_type: 'authorization_code',
      code: callback.get('code'),
      redirect_uri: REDIRECT_URI,
      code_verifier: transaction.codeVerifier,
    });
  });

  it('works with a transaction that was JSON in between', async () => {
    const { service, callback, transaction } = await returned({ page: 'signup' });
    const stored = JSON.parse(JSON.stringify(transaction)) as LoginTransaction;
    await expect(service.completeLogin(callback, stored)).resolves.toMatchObject({ tokenType: 'Bearer' });
  });

  it('takes tokens of the other form of the issuer', async () => {
    const { service, callback, transaction } = await returned();
    const iss = ISSUER.replace('cognito-idp', 'issuer-cognito-idp');
    domain.idClaims = { iss };
    domain.accessClaims = { iss };
    await expect(service.completeLogin(callback, transaction)).resolves.toMatchObject({ tokenType: 'Bearer' });
  });

  it.each<[string, (callback: URLSearchParams) => unknown, string]>([
    ['no state (trap 2)', (callback) => query({ code: callback.get('code') ?? '' }), 'OAUTH_STATE_MISMATCH'],
    ['another state', (callback) => query({ code: callback.get('code') ?? '', state: 'x' }), 'OAUTH_STATE_MISMATCH'],
    ['nothing', () => query({}), 'OAUTH_STATE_MISMATCH'],
    ['a state and no code', (callback) => query({ state: callback.get('state') ?? '' }), 'OAUTH_CALLBACK_INVALID'],
    ['an empty code', (callback) => query({ state: callback.get('state') ?? '', code: '' }), 'OAUTH_CALLBACK_INVALID'],
    ['two codes', (callback) => new URLSearchParams(`${callback.toString()}&code=b`), 'OAUTH_CALLBACK_INVALID'],
    ['two states', (callback) => new URLSearchParams(`${callback.toString()}&state=b`), 'OAUTH_CALLBACK_INVALID'],
    ['two errors', () => new URLSearchParams('error=access_denied&error=server_error'), 'OAUTH_CALLBACK_INVALID'],
    ['an id token', (callback) => new URLSearchParams(`${callback.toString()}&id_token=a`), 'OAUTH_CALLBACK_INVALID'],
    [
      'a JARM response',
      (callback) => new URLSearchParams(`${callback.toString()}&response=a`),
      'OAUTH_CALLBACK_INVALID',
    ],
    [
      'the issuer of another server (mix-up, RFC 9207)',
      (callback) => new URLSearchParams(`${callback.toString()}&iss=https://evil.example`),
      'OAUTH_CALLBACK_INVALID',
    ],
    ['an object of Express', (callback) => Object.fromEntries(callback), 'ARGUMENT_INVALID'],
    ['an object with arrays', (callback) => ({ code: callback.getAll('code') }), 'ARGUMENT_INVALID'],
  ])('refuses a callback with %s, and redeems nothing', async (_what, change, code) => {
    const { service, callback, transaction } = await returned();
    const error = await errorOf(service.completeLogin(change(callback) as URLSearchParams, transaction));
    expect(error.code).toBe(code);
    expect(error.message).not.toContain(callback.get('code'));
    expect(domain.to('/oauth2/token')).toEqual([]);
  });

  it('takes the issuer of the pool in a callback', async () => {
    const { service, callback, transaction } = await returned();
    callback.set('iss', ISSUER);
    await expect(service.completeLogin(callback, transaction)).resolves.toMatchObject({ tokenType: 'Bearer' });
  });

  it('refuses a second callback', async () => {
    const { service, callback, transaction } = await returned();
    await service.completeLogin(callback, transaction);
    const error = await errorOf(service.completeLogin(callback, transaction));
    expect(error).toMatchObject({ code: 'OAUTH_CODE_INVALID', status: 400, error: 'invalid_grant' });
    expect(error.message).toMatch(SIGN_IN_AGAIN);
  });

  it('refuses the callback of another browser, which has another transaction or none', async () => {
    const { service, callback } = await returned();
    const { transaction: other } = await service.startLogin();
    expect(await errorOf(service.completeLogin(callback, other))).toMatchObject({ code: 'OAUTH_STATE_MISMATCH' });
    expect(await errorOf(service.completeLogin(callback, undefined))).toMatchObject({ code: 'OAUTH_STATE_MISMATCH' });
  });

  it('refuses a code that was injected with a state of this browser: the verifier is another', async () => {
    const attacker = await returned();
    const { service, transaction } = await returned();
    const injected = query({ code: attacker.callback.get('code') ?? '', state: transaction.state });
    expect(await errorOf(service.completeLogin(injected, transaction))).toMatchObject({ code: 'OAUTH_CODE_INVALID' });
  });

  it('takes a callback within ten minutes by the injected clock, and none later', async () => {
    const { service, callback, transaction, clock } = await returned();
    clock.advance(TEN_MINUTES);
    expect(await errorOf(service.completeLogin(callback, transaction))).toMatchObject({
      code: 'OAUTH_TRANSACTION_EXPIRED',
      status: 400,
    });
    clock.advance(-1);
    await expect(service.completeLogin(callback, transaction)).resolves.toBeDefined();
  });

  it('refuses a transaction of the future: the clock was set back', async () => {
    const { service, callback, transaction, clock } = await returned();
    clock.advance(-1);
    expect(await errorOf(service.completeLogin(callback, transaction))).toMatchObject({
      code: 'OAUTH_TRANSACTION_EXPIRED',
    });
  });

  it.each<[string, Partial<Record<keyof LoginTransaction, unknown>>, string]>([
    ['no verifier', { codeVerifier: undefined }, 'transaction.codeVerifier'],
    ['no nonce', { nonce: '' }, 'transaction.nonce'],
    ['a state that is no text', { state: 7 }, 'transaction.state'],
    ['no redirect URI', { redirectUri: null }, 'transaction.redirectUri'],
    ['a time that is text', { startedAt: 'now' }, 'transaction.startedAt'],
    ['a resource that is no text', { resource: 1 }, 'transaction.resource'],
  ])('refuses a transaction with %s', async (_what, change, argument) => {
    const { service, callback, transaction } = await returned();
    const changed = { ...transaction, ...change } as unknown as LoginTransaction;
    expect(await errorOf(service.completeLogin(callback, changed))).toMatchObject({ argument });
  });

  it.each<[string, string, number]>([
    ['access_denied', 'OAUTH_LOGIN_DENIED', 403],
    ['login_required', 'OAUTH_LOGIN_REQUIRED', 401],
    ['interaction_required', 'OAUTH_LOGIN_REQUIRED', 401],
    ['account_selection_required', 'OAUTH_LOGIN_REQUIRED', 401],
    ['consent_required', 'OAUTH_LOGIN_REQUIRED', 401],
    ['invalid_request', 'OAUTH_LOGIN_FAILED', 401],
    ['server_error', 'OAUTH_LOGIN_FAILED', 401],
    ['temporarily_unavailable', 'OAUTH_LOGIN_FAILED', 401],
    ['invalid_scope', 'OAUTH_SCOPE_INVALID', 500],
    ['unauthorized_client', 'OAUTH_GRANT_NOT_ALLOWED', 500],
    ['unsupported_response_type', 'OAUTH_GRANT_NOT_ALLOWED', 500],
    ['something_new', 'OAUTH_LOGIN_FAILED', 401],
    ['constructor', 'OAUTH_LOGIN_FAILED', 401],
  ])('reports the error %s of a callback as %s', async (name, code, status) => {
    const { service, transaction } = await returned();
    const callback = query({ error: name, error_description: 'PreSignUp failed <b>', state: transaction.state });
    const error = await errorOf(service.completeLogin(callback, transaction));
    expect(error).toMatchObject({ code, status, error: name });
    expect(error).toBeInstanceOf(CognitoOAuthError);
  });

  it.each([undefined, 'with a code'])('fails with an error without state (trap 2), %s', async (code) => {
    const { service, transaction } = await returned();
    const callback = query({ error: 'invalid_request', ...(code !== undefined && { code }) });
    expect(await errorOf(service.completeLogin(callback, transaction))).toMatchObject({ code: 'OAUTH_LOGIN_FAILED' });
    expect(await errorOf(service.completeLogin(callback, undefined))).toMatchObject({ code: 'OAUTH_LOGIN_FAILED' });
    expect(domain.to('/oauth2/token')).toEqual([]);
  });

  it('reports no fault of the configuration for an error that any visitor can make', async () => {
    const { service, transaction } = await returned();
    const error = await errorOf(service.completeLogin(query({ error: 'invalid_scope' }), transaction));
    expect(error).toMatchObject({ code: 'OAUTH_LOGIN_FAILED', error: 'invalid_scope', status: 401 });
  });

  it('reads the error that Cognito reports for a scope that the client lacks', async () => {
    const { service, callback, transaction } = await returned({ scopes: ['openid', 'unknown/scope'] });
    expect([...callback.keys()]).toEqual(['error', 'error_description']);
    expect(await errorOf(service.completeLogin(callback, transaction))).toMatchObject({ code: 'OAUTH_LOGIN_FAILED' });
  });

  it('leaves a sign-in alone when the error of another one arrives', async () => {
    const { service, callback, transaction } = await returned();
    const other = query({ error: 'access_denied', state: 'other' });
    expect(await errorOf(service.completeLogin(other, transaction))).toMatchObject({ code: 'OAUTH_STATE_MISMATCH' });
    await expect(service.completeLogin(callback, transaction)).resolves.toBeDefined();
  });

  it('answers prompt=none without a session by OAUTH_LOGIN_REQUIRED', async () => {
    const { service, callback, transaction } = await returned({ prompt: 'none' });
    expect(await errorOf(service.completeLogin(callback, transaction))).toMatchObject({ code: 'OAUTH_LOGIN_REQUIRED' });
  });

  it('shows the text of the provider to a debugger only (trap 24)', async () => {
    const { service, transaction } = await returned();
    const text = 'Okta Error - 500 <script>alert(1)</script>';
    const callback = query({ error: 'invalid_request', error_description: text, state: transaction.state });
    const error = await errorOf(service.completeLogin(callback, transaction));
    expect((error as CognitoOAuthError).description).toBe(text);
    const shown = [error.message, JSON.stringify(error), inspect(error, { depth: 9, showHidden: true }), error.stack];
    expect(shown.filter((output) => output?.includes('Okta'))).toEqual([]);
  });

  it('quotes no error that has not the form of one', async () => {
    const { service, transaction } = await returned();
    const error = await errorOf(service.completeLogin(query({ error: '<script>' }), transaction));
    expect(error).toMatchObject({ code: 'OAUTH_LOGIN_FAILED', error: 'unknown' });
    expect(error.message).not.toContain('script');
  });
});

describe('the tokens of a sign-in', () => {
  it.each<[string, unknown]>([
    ['another nonce', 'another'],
    ['no nonce', undefined],
    ['a nonce that is no text', 7],
  ])('are refused with %s (trap 1)', async (_what, nonce) => {
    const { service, callback, transaction } = await returned();
    domain.idClaims = { nonce };
    expect(await errorOf(service.completeLogin(callback, transaction))).toMatchObject({
      code: 'OAUTH_NONCE_MISMATCH',
      status: 401,
    });
  });

  it.each<[string, () => void, string]>([
    ['an id token of another client', () => (domain.idClaims = { aud: 'other' }), 'TOKEN_CLIENT_REFUSED'],
    ['an id token of another pool', () => (domain.idClaims = { iss: 'https://evil.example' }), 'TOKEN_ISSUER_REFUSED'],
    ['an expired id token', () => (domain.idClaims = { exp: NOW / 1000 - 1 }), 'TOKEN_EXPIRED'],
    [
      'an access token as id token',
      () => (domain.idClaims = { token_use: 'access', client_id: CLIENT_ID }),
      'TOKEN_USE_REFUSED',
    ],
    [
      'an access token of another client (trap 30)',
      () => (domain.accessClaims = { client_id: 'x' }),
      'TOKEN_CLIENT_REFUSED',
    ],
    ['an access token for another audience', () => (domain.accessClaims = { aud: RESOURCE }), 'TOKEN_CLIENT_REFUSED'],
    ['tokens of two users', () => (domain.accessClaims = { sub: 'another' }), 'ANSWER_UNEXPECTED'],
  ])('are refused with %s', async (_what, change, code) => {
    const { service, callback, transaction } = await returned();
    change();
    expect((await errorOf(service.completeLogin(callback, transaction))).code).toBe(code);
  });

  it('are refused with another client that the pool accepts', async () => {
    const verifier = { acceptedClientIds: [CLIENT_ID, 'second'] };
    const { service, callback, transaction } = await returned({}, { verifier });
    domain.accessClaims = { client_id: 'second' };
    expect(await errorOf(service.completeLogin(callback, transaction))).toMatchObject({ code: 'TOKEN_CLIENT_REFUSED' });
  });

  it('are refused with a wrong signature: the id token goes through the verifier of the pool', async () => {
    const { service, callback, transaction } = await returned();
    const forged = signToken(idClaims({ nonce: transaction.nonce }), accessKey, { kid: 'id-key' });
    domain.handlers.set('/oauth2/token', (_request, response) => {
      json(response, 200, { access_token: 'a', id_token: forged, expires_in: 3600, token_type: 'Bearer' });
    });
    expect(await errorOf(service.completeLogin(callback, transaction))).toMatchObject({
      code: 'TOKEN_SIGNATURE_INVALID',
    });
  });

  it('are refused without an id token', async () => {
    const { service, callback, transaction } = await returned();
    domain.handlers.set('/oauth2/token', (_request, response) => {
      json(response, 200, { access_token: 'a', expires_in: 3600, token_type: 'Bearer' });
    });
    expect(await errorOf(service.completeLogin(callback, transaction))).toMatchObject({ code: 'ANSWER_UNEXPECTED' });
  });

  it('are of the injected time, whatever the clock of the machine says', async () => {
    const { service, callback, transaction, clock } = await returned();
    clock.advance(TEN_MINUTES - 1);
    domain.idClaims = { exp: NOW / 1000 + 600 };
    await expect(service.completeLogin(callback, transaction)).resolves.toBeDefined();
  });

  it('may be as late as the pool tolerates', async () => {
    const changes = { verifier: { clockToleranceSeconds: 90 }, service: { clockToleranceSeconds: 90 } };
    const { service, callback, transaction } = await returned({}, changes);
    domain.idClaims = { exp: NOW / 1000 - 80 };
    await expect(service.completeLogin(callback, transaction)).resolves.toBeDefined();
  });

  it('are refused if the sign-in was ended: the session at the domain outlives a global sign-out', async () => {
    const revocation = new RevocationList({
      userPoolId: POOL_ID,
      store: undefined,
      clock: () => NOW,
      onEmptied: () => undefined,
    });
    const { service, callback, transaction } = await returned({}, { verifier: { revocation } });
    await revocation.revokeUser('7d8ca528-4931-4254-9273-ea5ee853f271');
    expect(await errorOf(service.completeLogin(callback, transaction))).toMatchObject({ code: 'TOKEN_REVOKED' });
  });

  it('are accepted where Cognito itself is asked about revocation, which it cannot be for id tokens', async () => {
    const asked: string[] = [];
    const isRevoked = async ({ token_use: use }: { token_use: string }) => {
      asked.push(use);
      return Promise.resolve(false);
    };
    const { service, callback, transaction } = await returned({}, { verifier: { revocation: { isRevoked } } });
    await service.completeLogin(callback, transaction);
    expect(asked).toEqual(['access']);
  });

  it('are shown to a customCheck, both', async () => {
    const seen: string[] = [];
    const customCheck = ({ token_use: use }: { token_use: string }) => seen.push(use) > 0;
    const { service, callback, transaction } = await returned({}, { verifier: { customCheck } });
    await service.completeLogin(callback, transaction);
    expect(seen).toEqual(['id', 'access']);
  });
});

describe('a sign-in for a resource', () => {
  it('returns an access token for it, though the guard of this pool would refuse it', async () => {
    const { service, callback, transaction } = await returned({ resource: RESOURCE });
    await expect(service.completeLogin(callback, transaction)).resolves.toBeDefined();
  });

  it.each<[string, unknown]>([
    ['no audience', undefined],
    ['another audience', 'https://evil.example'],
    ['another audience in a list', ['https://evil.example']],
    ['the client as the audience', CLIENT_ID],
  ])('is refused with %s (trap 30)', async (_what, aud) => {
    const { service, callback, transaction } = await returned({ resource: RESOURCE });
    domain.accessClaims = { aud };
    expect(await errorOf(service.completeLogin(callback, transaction))).toMatchObject({ code: 'TOKEN_CLIENT_REFUSED' });
  });
});
