import { sign } from 'node:crypto';

import { accessClaims, accessKey, accessToken, base64url, signText } from '../tokens/support/test-issuer.js';
import { describeAttacks, goodToken as token } from './support/attacks.js';

const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

describeAttacks('the header', (attack) => {
  it.each<[name: string, value: unknown, clause: string]>([
    ['crit', ['exp'], 'RFC 7515, section 4.1.11'],
    ['crit', [], 'RFC 7515, section 4.1.11'],
    ['crit', ['b64'], 'RFC 7797, section 6'],
    ['b64', false, 'RFC 7797, section 7'],
    ['zip', 'DEF', 'RFC 8725, section 3.6'],
    ['enc', 'A256GCM', 'RFC 7516, section 9'],
    ['cty', 'JWT', 'RFC 7519, section 5.2'],
  ])('refuses %s: %j (%s; RFC 8725, section 3.10)', async (...[name, value]) => {
    await attack.expectRefused(accessToken({}, { [name]: value }), 'TOKEN_MALFORMED');
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
    await attack.expectRefused(accessToken({}, { kid }), 'TOKEN_KEY_UNKNOWN');
  });

  it.each([undefined, null, '', 7, ['access-key'], { kid: 'access-key' }])(
    'refuses %p as a key id (RFC 7515, section 4.1.4)',
    async (kid) => {
      await attack.expectRefused(accessToken({}, { kid }), 'TOKEN_MALFORMED');
    },
  );
});

describeAttacks('names that stand twice (RFC 7519, section 4; RFC 7515, section 4)', (attack) => {
  const claims = JSON.stringify(accessClaims());

  it('refuses a claim that stands twice, spelt alike or with an escape', async () => {
    await attack.expectRefused(signText(claims.replace('{', '{"sub":"admin",'), accessKey), 'TOKEN_MALFORMED');
    await attack.expectRefused(signText(claims.replace(/}$/, ',"sub":"admin"}'), accessKey), 'TOKEN_MALFORMED');
    await attack.expectRefused(signText(claims.replace('{', '{"s\\u0075b":"admin",'), accessKey), 'TOKEN_MALFORMED');
  });

  it('refuses a member that stands twice further down', async () => {
    await attack.expectRefused(signText(claims.replace('{', '{"x":[{"a":1,"a":2}],'), accessKey), 'TOKEN_MALFORMED');
  });

  it('refuses a header parameter that stands twice', async () => {
    const twice = `{"alg":"none","kid":"${accessKey.kid}","alg":"RS256"}`;
    await attack.expectRefused(signText(claims, accessKey, twice), 'TOKEN_MALFORMED');
  });

  it('is not misled by colons, quotes and braces inside strings', async () => {
    const tricky = accessToken({ 'custom:a:b': 'a":"b', note: '\\":{"x":1}', list: ['::', '"'] });
    await expect(attack.under.verifier.verify(tricky)).resolves.toBeDefined();
  });
});

describeAttacks('the spelling (RFC 7515, sections 2 and 7.1)', (attack) => {
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
    await attack.expectRefused(spelling, 'TOKEN_MALFORMED');
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
  ])('refuses claims that are %s, though signed (RFC 7519, section 7.2)', async (_name, text) => {
    await attack.expectRefused(signText(text, accessKey), 'TOKEN_MALFORMED');
  });

  it('refuses claims that are not UTF-8 (RFC 7519, section 7.2; RFC 8725, section 3.7)', async () => {
    const latin1 = Buffer.from(JSON.stringify(accessClaims({ username: 'ä' })), 'latin1');
    const input = `${head}.${base64url(latin1)}`;
    const made = sign('RSA-SHA256', Buffer.from(input), accessKey.privateKey).toString('base64url');
    await attack.expectRefused(`${input}.${made}`, 'TOKEN_MALFORMED');
  });

  it.each([undefined, null, 7, {}, [token], Buffer.from(token)])(
    'refuses %p in place of a text (RFC 7519, section 7.2)',
    async (value) => {
      await attack.expectRefused(value as string, 'TOKEN_MALFORMED');
    },
  );
});

describeAttacks('the size (RFC 8259, section 9: a parser may set limits)', (attack) => {
  const [head = '', body = '', signature = ''] = token.split('.');

  it.each([16_385, 1_000_000, 10_000_000])('refuses %d characters without reading them', async (length) => {
    await attack.expectRefused(`${head}.${'A'.repeat(length)}.${signature}`, 'TOKEN_MALFORMED');
    await attack.expectRefused(`${'A'.repeat(length)}.${body}.${signature}`, 'TOKEN_MALFORMED');
  });

  it('refuses a nesting of thousands, though signed', async () => {
    const text = `{"a":${'['.repeat(3_000)}${']'.repeat(3_000)}}`;
    await attack.expectRefused(signText(text, accessKey), 'TOKEN_MALFORMED');
  });
});
