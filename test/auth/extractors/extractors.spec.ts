import type { TokenSource } from '../../../lib/auth/request-context.js';
import { bearerToken } from '../../../lib/auth/extractors/bearer-token.js';
import { cookieToken } from '../../../lib/auth/extractors/cookie-token.js';
import { DEFAULT_EXTRACTORS, extractToken } from '../../../lib/auth/extractors/extract-token.js';
import { handshakeToken, payloadToken } from '../../../lib/auth/extractors/message-token.js';
import type { ExtractingPool, TokenExtractor } from '../../../lib/auth/extractors/token-extractor.js';

function source(parts: Partial<TokenSource> = {}): TokenSource {
  return { transport: 'http', headers: {}, handshake: {}, request: {}, data: undefined, ...parts };
}

const malformed = expect.objectContaining({ code: 'REQUEST_MALFORMED' });

describe('bearerToken', () => {
  it.each(['Bearer a.b-c_d', 'bearer a.b-c_d', 'BEARER   a.b-c_d  '])('reads %j', (authorization) => {
    expect(bearerToken()(source({ headers: { authorization } }))).toBe('a.b-c_d');
  });

  it.each([undefined, '', 'Basic x', 'Bearerx y'])('finds nothing in %j', (authorization) => {
    expect(bearerToken()(source({ headers: { authorization } }))).toBeUndefined();
  });

  it.each(['Bearer', 'Bearer  ', ['Bearer a', 'Bearer b'], 7, {}])('calls %j malformed', (authorization) => {
    expect(() => bearerToken()(source({ headers: { authorization } }))).toThrow(malformed);
  });
});

describe('cookieToken', () => {
  it('reads what a parser has parsed, or the header', () => {
    expect(cookieToken('t')(source({ request: { cookies: { t: 'a' } } }))).toBe('a');
    expect(cookieToken('t')(source({ headers: { cookie: 'x=1; t="a"; y=2' } }))).toBe('a');
    expect(cookieToken('t')(source({ headers: { cookie: 'tt=1; x=t' } }))).toBeUndefined();
    expect(cookieToken('t')(source({ headers: { cookie: 7 } }))).toBeUndefined();
    expect(cookieToken('t')(source())).toBeUndefined();
  });

  it('reads no signed cookie without a parser, and none whose signature is wrong', () => {
    const signed = cookieToken('t', { signed: true });
    expect(signed(source({ headers: { cookie: 't=a' } }))).toBeUndefined();
    expect(signed(source({ request: { signedCookies: { t: false } } }))).toBeUndefined();
    expect(signed(source({ request: { signedCookies: { t: 'a' } } }))).toBe('a');
    const request = { cookies: { t: 'a.sig' }, unsignCookie: () => ({ valid: false, value: null }) };
    expect(signed(source({ request }))).toBeUndefined();
  });
});

describe('handshakeToken and payloadToken', () => {
  it.each([
    [{ token: 'a' }, 'a'],
    [{ accessToken: 'a' }, 'a'],
    [{ authorization: 'Bearer a' }, 'a'],
    [{ Authorization: 'bearer a', token: 'b' }, 'a'],
    [{ token: 7 }, undefined],
    [{ token: '' }, undefined],
    [{}, undefined],
    [{ AUTHORIZATION: 'Bearer a' }, 'a'],
    [{ authToken: 'a' }, 'a'],
    [{ accesstoken: 'a', authtoken: 'b' }, 'a'],
    [{ headers: { authorization: 'Bearer a' } }, 'a'],
    [{ headers: { Authorization: 'bearer a' } }, 'a'],
    [{ headers: { token: 'a' } }, 'a'],
    [{ token: 'b', headers: { Authorization: 'Bearer a' } }, 'a'],
    [{ authorization: '', headers: { authorization: 'a' } }, 'a'],
    [{ authorization: 'a', Authorization: 'Bearer a', headers: { authorization: 'a' } }, 'a'],
    [{ headers: 'authorization' }, undefined],
    [{ headers: ['a'] }, undefined],
    [{ headers: { headers: { authorization: 'a' } } }, undefined],
  ])('read %j', (handshake, token) => {
    expect(handshakeToken()(source({ handshake }))).toBe(token);
  });

  it.each([
    { authorization: 'Bearer a', Authorization: 'Bearer b' },
    { authorization: 'Bearer a', headers: { authorization: 'Bearer b' } },
    { headers: { authorization: 'Bearer a', Authorization: 'Bearer b' } },
    { token: 'a', headers: { token: ['a', 'b'] } },
    { authorization: 'Bearer' },
  ])('call %j malformed', (handshake) => {
    expect(() => handshakeToken()(source({ handshake }))).toThrow(malformed);
  });

  it('look at the named members alone', () => {
    expect(handshakeToken(['jwt'])(source({ handshake: { token: 'a', jwt: 'b' } }))).toBe('b');
    expect(handshakeToken(['X-Jwt'])(source({ handshake: { token: 'a', headers: { 'x-jwt': 'b' } } }))).toBe('b');
    expect(handshakeToken(['constructor'])(source())).toBeUndefined();
    expect(payloadToken('jwt')(source({ data: { jwt: 'Bearer b' } }))).toBe('b');
    expect(payloadToken('constructor')(source({ data: {} }))).toBeUndefined();
    expect(payloadToken('jwt')(source({ data: 'text' }))).toBeUndefined();
    expect(payloadToken('jwt')(source({ data: null }))).toBeUndefined();
  });
});

function pool(extractors: readonly TokenExtractor[]): ExtractingPool {
  return { name: 'default', extractors };
}

describe('extractToken', () => {
  it.each(['a b', 'a,b', 'ä', 'a=b', '"a"', 'a\nb', '='])(
    'calls %j malformed, wherever it was found',
    async (token) => {
      await expect(extractToken(source(), pool([() => token]))).rejects.toEqual(malformed);
      await expect(extractToken(source(), pool([() => Promise.resolve(token)]))).rejects.toEqual(malformed);
      const headers = { authorization: `Bearer ${token}` };
      await expect(extractToken(source({ headers }), pool(DEFAULT_EXTRACTORS))).rejects.toEqual(malformed);
    },
  );

  it.each<[string, TokenExtractor[], string]>([
    ['bearer before cookie', [bearerToken(), cookieToken('t')], 'a'],
    ['cookie before bearer', [cookieToken('t'), bearerToken()], 'b'],
    ['the first that finds one', [() => null, () => '', () => 'own'], 'own'],
    ['a promise before a string', [() => Promise.resolve('late'), () => 'own'], 'late'],
    [
      'what comes after promises of nothing',
      [() => Promise.resolve(null), () => Promise.resolve(''), () => 'own'],
      'own',
    ],
  ])('takes the first token in the given order: %s', async (_, extractors, token) => {
    const both = source({ headers: { authorization: 'Bearer a', cookie: 't=b' } });
    await expect(extractToken(both, pool(extractors))).resolves.toBe(token);
  });

  it.each<[string, TokenExtractor[]]>([
    ['in no place', [...DEFAULT_EXTRACTORS]],
    ['without a place to look', []],
    ['after a promise of nothing', [() => Promise.resolve(undefined)]],
  ])('says that there is none: %s', async (_, extractors) => {
    await expect(extractToken(source(), pool(extractors))).rejects.toMatchObject({ code: 'TOKEN_MISSING' });
  });

  it('calls a promise of a list malformed, and passes on what an extractor throws', async () => {
    const list = (() => Promise.resolve(['a', 'b'])) as unknown as TokenExtractor;
    await expect(extractToken(source(), pool([list]))).rejects.toEqual(malformed);
    const fault = new Error('store');
    await expect(extractToken(source(), pool([() => Promise.reject(fault), () => 'own']))).rejects.toBe(fault);
  });

  it('tells an extractor which pool the token is for', async () => {
    const sessions = { accessTokenOf: () => 'own' };
    const named: TokenExtractor = (call, at) => at?.sessions?.accessTokenOf(call);
    await expect(extractToken(source(), { ...pool([named]), sessions })).resolves.toBe('own');
  });
});
