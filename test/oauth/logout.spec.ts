import { inspect } from 'node:util';

import type { LogoutUrlOptions } from '../../lib/oauth/start-login-options.js';
import { RevocationNotRecordedError, type SignInRevoker } from '../../lib/tokens/revocation/token-revoker.js';
import { accessClaims, accessToken, CLIENT_ID, idToken } from '../tokens/support/test-issuer.js';
import { CognitoDomain, LOGOUT_URI, REDIRECT_URI } from './support/cognito-domain.js';
import { errorOf, oauthUnderTest } from './support/service-under-test.js';

let domain: CognitoDomain;
beforeAll(async () => {
  domain = await CognitoDomain.start();
});
afterAll(async () => {
  await domain.stop();
});
afterEach(() => {
  domain.requests.length = 0;
  domain.revoked.clear();
});

const locationOf = async (url: string) => (await fetch(url, { redirect: 'manual' })).headers.get('location');

describe('logoutUrl (trap 20)', () => {
  it('has the form of Cognito, which leads back to the application', async () => {
    const { service } = oauthUnderTest({ domain: domain.origin });
    const url = service.logoutUrl();
    expect(Object.fromEntries(new URL(url).searchParams)).toEqual({ client_id: CLIENT_ID, logout_uri: LOGOUT_URI });
    expect(await locationOf(url)).toBe(LOGOUT_URI);
  });

  it('has one of the configured addresses, by default the first', () => {
    const logoutUri = [LOGOUT_URI, 'https://app.example/bye?lang=de'];
    const { service } = oauthUnderTest({ domain: domain.origin, oauth: { logoutUri } });
    expect(new URL(service.logoutUrl()).searchParams.get('logout_uri')).toBe(LOGOUT_URI);
    const other = service.logoutUrl({ logoutUri: 'https://app.example/bye?lang=de' });
    expect(new URL(other).searchParams.get('logout_uri')).toBe('https://app.example/bye?lang=de');
  });

  it.each<[string, unknown, string]>([
    ['an address that is not configured', { logoutUri: 'https://evil.example' }, 'options.logoutUri'],
    ['an address that only begins like one', { logoutUri: `${LOGOUT_URI}.evil.example` }, 'options.logoutUri'],
    ['an empty address', { logoutUri: '' }, 'options.logoutUri'],
    ['several addresses', { logoutUri: [LOGOUT_URI, 'https://evil.example'] }, 'options.logoutUri'],
    ['no object', 'https://evil.example', 'options'],
    ['true for a sign-in', { signInAgain: true }, 'options.signInAgain'],
    ['a URL for a sign-in', { signInAgain: { url: 'https://evil.example/?a=b' } }, 'options.signInAgain'],
    ['no URL for a sign-in', { signInAgain: {} }, 'options.signInAgain'],
  ])('refuses %s', (_what, options, argument) => {
    const { service } = oauthUnderTest({ domain: domain.origin });
    expect(() => service.logoutUrl(options as LogoutUrlOptions)).toThrow(
      expect.objectContaining({ code: 'ARGUMENT_INVALID', argument }) as Error,
    );
  });

  it('needs the option logoutUri', () => {
    const { service } = oauthUnderTest({ domain: domain.origin, oauth: { logoutUri: undefined } });
    expect(() => service.logoutUrl()).toThrow(/"oauth.logoutUri" is required/);
  });

  it('needs the option oauth', () => {
    expect(() => oauthUnderTest({}).service.logoutUrl()).toThrow(/option "oauth"/);
  });

  it('can lead to another sign-in at once, whose callback its transaction completes', async () => {
    const { service } = oauthUnderTest({ domain: domain.origin });
    const login = await service.startLogin({ prompt: 'select_account' });
    const url = service.logoutUrl({ signInAgain: login });
    expect(new URL(url).pathname).toBe('/logout');
    expect(Object.fromEntries(new URL(url).searchParams)).toMatchObject({
      client_id: CLIENT_ID,
      redirect_uri: REDIRECT_URI,
      response_type: 'code',
      state: login.transaction.state,
      nonce: login.transaction.nonce,
      code_challenge_method: 'S256',
    });
    const callback = await domain.signIn((await locationOf(url)) ?? '');
    await expect(service.completeLogin(callback, login.transaction)).resolves.toMatchObject({
      grantType: 'authorization_code',
    });
  });
});

describe('revokeToken', () => {
  const sink = () => ({ revokeSignIn: jest.fn(() => Promise.resolve()), revokeUser: jest.fn(() => Promise.resolve()) });
  const under = (revoker?: SignInRevoker | { forget: () => void }) =>
    oauthUnderTest({ domain: domain.origin, service: { revoker } });

  it('revokes at the domain', async () => {
    const { service } = under();
    await service.revokeToken('the-refresh-token');
    expect(domain.requests.map(({ path, form }) => [path, form.get('token')])).toEqual([
      ['/oauth2/revoke', 'the-refresh-token'],
    ]);
  });

  it.each([
    ['access', accessToken()],
    ['id', idToken()],
    ['expired', accessToken({ exp: 1_700_000_000 })],
    ['resource-bound', accessToken({ aud: 'https://orders.example' })],
  ])('records the sign-in for the guards by its %s token', async (_kind, token) => {
    const revoker = sink();
    await under(revoker).service.revokeToken('the-refresh-token', { accessToken: token });
    const { origin_jti } = accessClaims();
    expect(revoker.revokeSignIn).toHaveBeenCalledWith(expect.objectContaining({ origin_jti }), {
      endedAtCognito: true,
    });
  });

  it('records nothing without a token of the sign-in, nor if the domain refuses', async () => {
    const revoker = sink();
    await under(revoker).service.revokeToken('the-refresh-token');
    const refused = under(revoker).service.revokeToken('a.b.c', { accessToken: accessToken() });
    expect(await errorOf(refused)).toMatchObject({ code: 'TOKEN_TYPE_UNSUPPORTED' });
    expect(revoker.revokeSignIn).not.toHaveBeenCalled();
  });

  it('makes cached answers of Cognito invalid', async () => {
    const forget = jest.fn();
    await under({ forget }).service.revokeToken('the-refresh-token');
    expect(forget).toHaveBeenCalledTimes(1);
  });

  it('says that a revocation was not recorded, after the token was revoked', async () => {
    const revoker = { ...sink(), revokeSignIn: async () => Promise.reject(new RevocationNotRecordedError()) };
    const revocation = under(revoker).service.revokeToken('the-refresh-token', { accessToken: accessToken() });
    expect(await errorOf(revocation)).toMatchObject({ code: 'REVOCATION_NOT_RECORDED' });
    expect(domain.revoked).toContain('the-refresh-token');
  });

  it('refuses a forged token of the sign-in, after the refresh token was revoked', async () => {
    const revoker = sink();
    const forged = `${accessToken().split('.').slice(0, 2).join('.')}.AAAA`;
    const error = await errorOf(under(revoker).service.revokeToken('the-refresh-token', { accessToken: forged }));
    expect(error.code).toBe('TOKEN_SIGNATURE_INVALID');
    expect(revoker.revokeSignIn).not.toHaveBeenCalled();
  });

  it.each<[string, unknown, unknown, string]>([
    ['no refresh token', undefined, {}, 'refreshToken'],
    ['an empty refresh token', '', {}, 'refreshToken'],
    ['the tokens as the refresh token', { refreshToken: 'a' }, {}, 'refreshToken'],
    ['an access token in place of the options', 'a', 'b', 'options'],
    ['an access token that is no text', 'a', { accessToken: 7 }, 'accessToken'],
    ['the token of another client', 'a', { accessToken: accessToken({ client_id: 'other' }) }, 'accessToken'],
  ])('refuses %s, and sends nothing', async (_what, refreshToken, options, argument) => {
    const { service } = under();
    const error = await errorOf(service.revokeToken(refreshToken as string, options as object));
    expect(error).toMatchObject({ argument });
    expect(domain.requests).toEqual([]);
  });
});

it('shows no secret in a dump of the service (trap 35)', async () => {
  const { service } = oauthUnderTest({ domain: domain.origin });
  await service.clientToken();
  const dump = inspect(service, { depth: 12, showHidden: true });
  expect(dump).not.toContain('1secret4test5of6the7domain');
});
