import { createHmac, generateKeyPairSync, sign } from 'node:crypto';

import { SigningKeys } from '../../lib/tokens/signing-keys.js';
import { TokenRejectedError, type TokenRejectionCode } from '../../lib/tokens/token-errors.js';
import {
  accessClaims,
  accessKey,
  accessToken,
  base64url,
  type Claims,
  idToken,
  ISSUER,
  jwks,
  NOW,
  signText,
  signToken,
  TestKey,
} from '../tokens/support/test-issuer.js';
import { verifierUnderTest, type VerifierUnderTest } from '../tokens/support/verifiers.js';

const SECONDS = NOW / 1000;
const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const stranger = new TestKey(accessKey.kid);
const header = { kid: accessKey.kid, alg: 'RS256' };

let under: VerifierUnderTest;

beforeEach(() => {
  under = verifierUnderTest();
});

/** Whatever the attack, it is refused with a code, it is not remembered, and it does not reach the prototype of objects. */
async function expectRefused(token: string, code: TokenRejectionCode): Promise<void> {
  const verdict: unknown = await under.verifier.verify(token).catch((error: unknown) => error);
  expect(verdict).toBeInstanceOf(TokenRejectedError);
  expect((verdict as TokenRejectedError).code).toBe(code);
  expect(under.cache.size).toBe(0);
  expect(Object.keys(Object.prototype)).toEqual([]);
}

function unsigned(head: Claims, claims: Claims = accessClaims()): string {
  return `${base64url(JSON.stringify(head))}.${base64url(JSON.stringify(claims))}`;
}

it('accepts the token that all attacks start from', async () => {
  await expect(under.verifier.verify(accessToken())).resolves.toBeDefined();
});

describe('the algorithm (RFC 8725, sections 2.1 and 3.1)', () => {
  it.each(['none', 'None', 'NONE', 'nOnE', '', 'rs256', 'RS256 ', 'RS384', 'RS512', 'PS256', 'ES256', 'EdDSA'])(
    'refuses "%s", whatever the signature',
    async (alg) => {
      await expectRefused(accessToken({}, { alg }), 'TOKEN_ALGORITHM_REFUSED');
      await expectRefused(`${unsigned({ ...header, alg })}.`, 'TOKEN_MALFORMED');
    },
  );

  it.each(['none', 'NoNe'])('refuses an unsecured token with "%s" (RFC 7519, section 6)', async (alg) => {
    await expectRefused(`${unsigned({ alg })}.`, 'TOKEN_MALFORMED');
    await expectRefused(`${unsigned({ alg })}.AA`, 'TOKEN_ALGORITHM_REFUSED');
    await expectRefused(unsigned({ alg }), 'TOKEN_MALFORMED');
  });

  it.each(['spki', 'pkcs1'] as const)('refuses HS256 with the public key (%s) as the secret', async (type) => {
    for (const secret of [
      accessKey.publicKey.export({ type, format: 'pem' }),
      accessKey.publicKey.export({ type, format: 'der' }),
    ]) {
      const input = unsigned({ ...header, alg: 'HS256' });
      const mac = createHmac('sha256', secret).update(input).digest('base64url');
      await expectRefused(`${input}.${mac}`, 'TOKEN_ALGORITHM_REFUSED');
    }
  });

  it('refuses an HMAC that calls itself RS256', async () => {
    const input = unsigned(header);
    const mac = createHmac('sha256', accessKey.publicKey.export({ type: 'spki', format: 'pem' })).update(input);
    await expectRefused(`${input}.${mac.digest('base64url')}`, 'TOKEN_SIGNATURE_INVALID');
  });

  it('refuses a PSS or a SHA-512 signature of the right key that calls itself RS256', async () => {
    const input = unsigned(header);
    const pss = sign('RSA-SHA256', Buffer.from(input), { key: accessKey.privateKey, padding: 6 });
    await expectRefused(`${input}.${pss.toString('base64url')}`, 'TOKEN_SIGNATURE_INVALID');
    const sha512 = sign('RSA-SHA512', Buffer.from(input), accessKey.privateKey);
    await expectRefused(`${input}.${sha512.toString('base64url')}`, 'TOKEN_SIGNATURE_INVALID');
  });

  it.each([undefined, null, 256, ['RS256'], { name: 'RS256' }, true])('refuses %p as the algorithm', async (alg) => {
    await expectRefused(
      signText(JSON.stringify(accessClaims()), accessKey, JSON.stringify({ ...header, alg })),
      'TOKEN_ALGORITHM_REFUSED',
    );
  });
});

describe('keys that the token brings along (RFC 8725, section 3.10; RFC 7515, section 4.1)', () => {
  const foreign = stranger.jwk();
  it.each([
    ['jwk', foreign],
    ['jku', 'https://evil.example/jwks.json'],
    ['x5u', 'https://evil.example/chain.pem'],
    ['x5c', ['MIIB']],
    ['x5t', 'AAAA'],
    ['x5t#S256', 'AAAA'],
  ])('refuses the header parameter %s, signed by the stranger and by the pool', async (name, value) => {
    await expectRefused(signToken(accessClaims(), stranger, { [name]: value }), 'TOKEN_MALFORMED');
    await expectRefused(signToken(accessClaims(), accessKey, { [name]: value }), 'TOKEN_MALFORMED');
  });

  it('refuses a token that a stranger signed under a known key id', async () => {
    await expectRefused(signToken(accessClaims(), stranger), 'TOKEN_SIGNATURE_INVALID');
  });
});

describe('the header', () => {
  it.each([
    ['crit', ['exp']],
    ['crit', []],
    ['crit', ['b64']],
    ['b64', false],
    ['zip', 'DEF'],
    ['enc', 'A256GCM'],
    ['cty', 'JWT'],
  ])('refuses %s: %j (RFC 7515, section 4.1.11; RFC 7797; RFC 8725, section 3.11)', async (name, value) => {
    await expectRefused(accessToken({}, { [name]: value }), 'TOKEN_MALFORMED');
  });

  it.each([
    '../../../../etc/passwd',
    '..\\..\\windows\\win.ini',
    "x' UNION SELECT 'key' --",
    'https://evil.example/key',
    '/dev/null',
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    '\0',
    ' access-key',
    'ACCESS-KEY',
    'access-key\n',
    'k'.repeat(10_000),
  ])('finds no key under the id %j (RFC 8725, section 3.10)', async (kid) => {
    await expectRefused(accessToken({}, { kid }), 'TOKEN_KEY_UNKNOWN');
  });

  it.each([undefined, null, '', 7, ['access-key'], { kid: 'access-key' }])('refuses %p as a key id', async (kid) => {
    await expectRefused(accessToken({}, { kid }), 'TOKEN_MALFORMED');
  });
});

describe('names that stand twice (RFC 7519, section 4; RFC 8725, section 2.4)', () => {
  const claims = JSON.stringify(accessClaims());

  it('refuses a claim that stands twice, spelt alike or with an escape', async () => {
    await expectRefused(signText(claims.replace('{', '{"sub":"admin",'), accessKey), 'TOKEN_MALFORMED');
    await expectRefused(signText(claims.replace(/}$/, ',"sub":"admin"}'), accessKey), 'TOKEN_MALFORMED');
    await expectRefused(signText(claims.replace('{', '{"s\\u0075b":"admin",'), accessKey), 'TOKEN_MALFORMED');
  });

  it('refuses a member that stands twice further down', async () => {
    await expectRefused(signText(claims.replace('{', '{"x":[{"a":1,"a":2}],'), accessKey), 'TOKEN_MALFORMED');
  });

  it('refuses a header parameter that stands twice', async () => {
    const twice = `{"alg":"none","kid":"${accessKey.kid}","alg":"RS256"}`;
    await expectRefused(signText(claims, accessKey, twice), 'TOKEN_MALFORMED');
  });

  it('is not misled by colons, quotes and braces inside strings', async () => {
    const tricky = accessToken({ 'custom:a:b': 'a":"b', note: '\\":{"x":1}', list: ['::', '"'] });
    await expect(under.verifier.verify(tricky)).resolves.toBeDefined();
  });
});

describe('the signature', () => {
  const token = accessToken();
  const [head = '', body = '', signature = ''] = token.split('.');

  it('refuses an empty, a foreign and a shortened signature (RFC 8725, section 3.3)', async () => {
    await expectRefused(`${head}.${body}.`, 'TOKEN_MALFORMED');
    await expectRefused(
      `${head}.${body}.${accessToken({ sub: 'other' }).split('.')[2] ?? ''}`,
      'TOKEN_SIGNATURE_INVALID',
    );
    await expectRefused(
      `${head}.${body}.${base64url(Buffer.from(signature, 'base64url').subarray(0, 255))}`,
      'TOKEN_SIGNATURE_INVALID',
    );
    await expectRefused(`${head}.${body}.${'A'.repeat(342)}`, 'TOKEN_SIGNATURE_INVALID');
    await expectRefused(`${head}.${body}.AQAB`, 'TOKEN_SIGNATURE_INVALID');
  });

  it('refuses other claims under a good signature', async () => {
    const changed = base64url(JSON.stringify(accessClaims({ 'cognito:groups': ['admin'] })));
    await expectRefused(`${head}.${changed}.${signature}`, 'TOKEN_SIGNATURE_INVALID');
  });

  it('refuses every prefix of a token', async () => {
    for (let length = 0; length < token.length; length++) {
      await expect(under.verifier.verify(token.slice(0, length))).rejects.toBeInstanceOf(TokenRejectedError);
    }
    expect(under.cache.size).toBe(0);
  });

  it('refuses a token with any bit of any byte flipped', async () => {
    for (let position = 0; position < token.length; position++) {
      for (let bit = 0; bit < 8; bit++) {
        const flipped = String.fromCharCode(token.charCodeAt(position) ^ (1 << bit));
        const mutant = `${token.slice(0, position)}${flipped}${token.slice(position + 1)}`;
        await expect(under.verifier.verify(mutant)).rejects.toBeInstanceOf(TokenRejectedError);
      }
    }
    expect(under.cache.size).toBe(0);
  }, 60_000);
});

describe('the spelling (RFC 7515, sections 2 and 7.1)', () => {
  const token = accessToken();
  const [head = '', body = '', signature = ''] = token.split('.');
  const respelt = signature.replace(/.$/, (last) => BASE64URL[BASE64URL.indexOf(last) + 1] ?? '_');

  it('has a second spelling of the same signature bytes to try', () => {
    expect(Buffer.from(respelt, 'base64url').equals(Buffer.from(signature, 'base64url'))).toBe(true);
    expect(respelt).not.toBe(signature);
  });

  it.each([
    ['nothing', ''],
    ['two parts', `${head}.${body}`],
    ['four parts', `${token}.AAAA`],
    ['five parts, as an encrypted token has', `${token}.AAAA.AAAA`],
    ['dots alone', '..'],
    ['an empty header', `.${body}.${signature}`],
    ['empty claims', `${head}..${signature}`],
    ['padding', `${token}==`],
    ['padding inside', `${head}=.${body}.${signature}`],
    ['a line break at the end', `${token}\n`],
    ['a line break inside', `${head}.${body.slice(0, 9)}\n${body.slice(9)}.${signature}`],
    ['a blank in front', ` ${token}`],
    ['a zero byte', `${token}\0`],
    ['junk in the signature', `${head}.${body}.${signature.slice(0, 5)}!${signature.slice(5)}`],
    ['base64 instead of base64url', `${head}.${body}.${Buffer.from(signature, 'base64url').toString('base64')}`],
    ['spare bits that are not zero', `${head}.${body}.${respelt}`],
    ['letters outside ASCII that look alike', token.replace('e', 'е')],
    ['letters of full width', token.replace('e', 'ｅ')],
    ['the JSON serialization', JSON.stringify({ protected: head, payload: body, signature })],
    ['"Bearer " in front', `Bearer ${token}`],
  ])('refuses %s', async (_name, spelling) => {
    await expectRefused(spelling, 'TOKEN_MALFORMED');
  });

  it.each([
    ['a list', '[]'],
    ['a text', '"claims"'],
    ['null', 'null'],
    ['a number', '1'],
    ['nothing', ' '],
    ['half of it', '{"sub":"a"'],
    ['a trailing comma', '{"sub":"a",}'],
    ['a comment', '{/**/"sub":"a"}'],
    ['a byte order mark', '\uFEFF{"sub":"a"}'],
    ['two objects', '{"sub":"a"}{"sub":"b"}'],
    ['a nesting of thousands', `{"a":${'['.repeat(3_000)}${']'.repeat(3_000)}}`],
  ])('refuses claims that are %s, though signed (RFC 7519, section 7.2)', async (_name, text) => {
    await expectRefused(signText(text, accessKey), 'TOKEN_MALFORMED');
  });

  it('refuses claims that are not UTF-8 (RFC 7519, section 7.2)', async () => {
    const latin1 = Buffer.from(JSON.stringify(accessClaims({ username: 'ä' })), 'latin1');
    const input = `${head}.${base64url(latin1)}`;
    const made = sign('RSA-SHA256', Buffer.from(input), accessKey.privateKey).toString('base64url');
    await expectRefused(`${input}.${made}`, 'TOKEN_MALFORMED');
  });

  it.each([16_385, 1_000_000, 10_000_000])('refuses %d characters without reading them', async (length) => {
    await expectRefused(`${head}.${'A'.repeat(length)}.${signature}`, 'TOKEN_MALFORMED');
  });

  it.each([undefined, null, 7, {}, [token], Buffer.from(token)])('refuses %p in place of a text', async (value) => {
    await expectRefused(value as string, 'TOKEN_MALFORMED');
  });
});

describe('whose token it is (RFC 8725, sections 3.8 to 3.12)', () => {
  it('refuses the token of another pool, with the stranger’s key and with ours', async () => {
    const iss = 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Other';
    await expectRefused(signToken(accessClaims({ iss }), stranger), 'TOKEN_ISSUER_REFUSED');
    await expectRefused(accessToken({ iss }), 'TOKEN_ISSUER_REFUSED');
  });

  it.each([
    `${ISSUER}/`,
    ` ${ISSUER}`,
    `${ISSUER}#`,
    `${ISSUER}?x=`,
    ISSUER.replace('https', 'http'),
    ISSUER.replace('eu-west-1_', 'EU-WEST-1_'),
    [ISSUER],
    { 0: ISSUER },
    null,
    undefined,
  ])('refuses the issuer %j (RFC 7519, section 4.1.1)', async (iss) => {
    await expectRefused(accessToken({ iss }), 'TOKEN_ISSUER_REFUSED');
  });

  it('refuses the token of another client (RFC 7519, section 4.1.3)', async () => {
    await expectRefused(accessToken({ client_id: 'other' }), 'TOKEN_CLIENT_REFUSED');
    await expectRefused(accessToken({ aud: 'https://elsewhere.example' }), 'TOKEN_CLIENT_REFUSED');
    await expectRefused(accessToken({ aud: ['https://elsewhere.example'] }), 'TOKEN_CLIENT_REFUSED');
  });

  it('refuses an id token for an access token, also with the claims of both (RFC 8725, section 3.12)', async () => {
    await expectRefused(idToken(), 'TOKEN_USE_REFUSED');
    await expectRefused(
      accessToken({ token_use: 'id', aud: '1example23456789client', 'cognito:username': 'a' }),
      'TOKEN_USE_REFUSED',
    );
  });

  it.each(['Access', 'refresh', '', 'constructor', '__proto__', null, ['access'], undefined])(
    'refuses token_use %j',
    async (token_use) => {
      await expectRefused(accessToken({ token_use }), 'TOKEN_USE_REFUSED');
    },
  );
});

describe('time (RFC 7519, sections 4.1.4 and 4.1.5)', () => {
  it('refuses an expired token and one that is not valid yet', async () => {
    await expectRefused(accessToken({ exp: SECONDS }), 'TOKEN_EXPIRED');
    await expectRefused(accessToken({ exp: SECONDS - 100_000 }), 'TOKEN_EXPIRED');
    await expectRefused(accessToken({ nbf: SECONDS + 1 }), 'TOKEN_NOT_YET_VALID');
  });

  it.each(['exp', 'iat', 'nbf', 'auth_time'])('refuses %s as a text, a list, null or true', async (name) => {
    for (const value of [String(SECONDS + 3600), [SECONDS + 3600], null, true, {}]) {
      await expectRefused(accessToken({ [name]: value }), 'TOKEN_CLAIMS_INVALID');
    }
  });

  it.each(['exp', 'iat'])('refuses a token without %s', async (name) => {
    await expectRefused(accessToken({ [name]: undefined }), 'TOKEN_CLAIMS_INVALID');
  });

  it('refuses an end at infinity', async () => {
    const claims = JSON.stringify(accessClaims({ exp: 1 })).replace('"exp":1', '"exp":1e999');
    await expectRefused(signText(claims, accessKey), 'TOKEN_CLAIMS_INVALID');
  });

  it('refuses an end before the beginning of time', async () => {
    await expectRefused(accessToken({ exp: -1 }), 'TOKEN_EXPIRED');
    await expectRefused(accessToken({ exp: 0 }), 'TOKEN_EXPIRED');
  });
});

describe('claims that are not what they should be (RFC 7519, section 4.1)', () => {
  it.each([
    ['sub', undefined],
    ['sub', ''],
    ['sub', 7],
    ['client_id', undefined],
    ['client_id', ['1example23456789client']],
    ['username', null],
    ['username', { $ne: '' }],
    ['scope', ['admin']],
    ['cognito:groups', 'admin'],
    ['cognito:groups', [['admin']]],
    ['cognito:groups', { includes: 1 }],
    ['acr', 2],
    ['jti', {}],
    ['origin_jti', 1],
    ['aud', 7],
  ])('refuses %s: %j', async (name, value) => {
    await expectRefused(accessToken({ [name]: value }), 'TOKEN_CLAIMS_INVALID');
  });

  it('refuses a member named __proto__, at any depth, in the claims and in the header', async () => {
    const claims = JSON.stringify(accessClaims());
    await expectRefused(signText(claims.replace('{', '{"__proto__":{"admin":true},'), accessKey), 'TOKEN_MALFORMED');
    await expectRefused(
      signText(claims.replace('{', '{"a":{"__proto__":{"admin":true}},'), accessKey),
      'TOKEN_MALFORMED',
    );
    await expectRefused(
      signText(claims, accessKey, `{"__proto__":{},"kid":"${accessKey.kid}","alg":"RS256"}`),
      'TOKEN_MALFORMED',
    );
  });

  it('takes required claims from the token alone, never from the prototype of objects', async () => {
    await expectRefused(signText(`{"__proto__":${JSON.stringify(accessClaims())}}`, accessKey), 'TOKEN_MALFORMED');
    await expectRefused(signText('{}', accessKey), 'TOKEN_ISSUER_REFUSED');
  });
});

describe('the keys', () => {
  it('refuses a token signed by a key of the pool that is too short, or not of RSA (RFC 8725, section 3.2)', async () => {
    const short = new TestKey('short', 1024);
    const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const set = [...jwks().keys, short.jwk(), { ...curve.publicKey.export({ format: 'jwk' }), kid: 'curve' }];
    under = verifierUnderTest({ issuers: [new SigningKeys({ issuer: ISSUER, jwks: set })] });
    await expectRefused(signToken(accessClaims(), short), 'TOKEN_KEY_UNKNOWN');
    await expectRefused(accessToken({}, { kid: 'curve' }), 'TOKEN_KEY_UNKNOWN');
  });

  it('asks for nothing at the word of a forged token but the pool’s own key set, once', async () => {
    const fetch = jest.fn(() => Promise.resolve(jwks().keys));
    under = verifierUnderTest({ issuers: [new SigningKeys({ issuer: ISSUER, fetch, clock: under.clock.read })] });
    await Promise.all(
      Array.from({ length: 1_000 }, (_, i) =>
        expectRefused(accessToken({}, { kid: `forged-${i}` }), 'TOKEN_KEY_UNKNOWN'),
      ),
    );
    expect(fetch).toHaveBeenCalledTimes(1);
  }, 60_000);
});
