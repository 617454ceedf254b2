import { createHmac, generateKeyPairSync, sign } from 'node:crypto';

import {
  accessClaims,
  accessKey,
  accessToken,
  base64url,
  type Claims,
  ISSUER,
  jwks,
  signText,
  signToken,
  TestKey,
} from '../tokens/support/test-issuer.js';
import { fetchedKeys, fixedKeys } from '../tokens/support/signing-keys.js';
import { describeAttacks, goodToken as token } from './support/attacks.js';

const stranger = new TestKey(accessKey.kid);
const header = { kid: accessKey.kid, alg: 'RS256' };

function unsigned(head: Claims, claims: Claims = accessClaims()): string {
  return `${base64url(JSON.stringify(head))}.${base64url(JSON.stringify(claims))}`;
}

describeAttacks('the algorithm (RFC 8725, sections 2.1 and 3.1)', (attack) => {
  it.each(['none', 'None', 'NONE', 'nOnE', '', 'rs256', 'RS256 ', 'RS384', 'RS512', 'PS256', 'ES256', 'EdDSA'])(
    'refuses "%s", whatever the signature',
    async (alg) => {
      await attack.expectRefused(accessToken({}, { alg }), 'TOKEN_ALGORITHM_REFUSED');
      await attack.expectRefused(`${unsigned({ ...header, alg })}.`, 'TOKEN_MALFORMED');
    },
  );

  it.each(['none', 'NoNe'])('refuses an unsecured token with "%s" (RFC 7519, section 6)', async (alg) => {
    await attack.expectRefused(`${unsigned({ alg })}.`, 'TOKEN_MALFORMED');
    await attack.expectRefused(`${unsigned({ alg })}.AA`, 'TOKEN_ALGORITHM_REFUSED');
    await attack.expectRefused(unsigned({ alg }), 'TOKEN_MALFORMED');
  });

  it.each(['spki', 'pkcs1'] as const)('refuses HS256 with the public key (%s) as the secret', async (type) => {
    for (const secret of [
      accessKey.publicKey.export({ type, format: 'pem' }),
      accessKey.publicKey.export({ type, format: 'der' }),
    ]) {
      const input = unsigned({ ...header, alg: 'HS256' });
      const mac = createHmac('sha256', secret).update(input).digest('base64url');
      await attack.expectRefused(`${input}.${mac}`, 'TOKEN_ALGORITHM_REFUSED');
    }
  });

  it('refuses an HMAC that calls itself RS256', async () => {
    const input = unsigned(header);
    const mac = createHmac('sha256', accessKey.publicKey.export({ type: 'spki', format: 'pem' })).update(input);
    await attack.expectRefused(`${input}.${mac.digest('base64url')}`, 'TOKEN_SIGNATURE_INVALID');
  });

  it('refuses a PSS or a SHA-512 signature of the right key that calls itself RS256', async () => {
    const input = unsigned(header);
    const pss = sign('RSA-SHA256', Buffer.from(input), { key: accessKey.privateKey, padding: 6 });
    await attack.expectRefused(`${input}.${pss.toString('base64url')}`, 'TOKEN_SIGNATURE_INVALID');
    const sha512 = sign('RSA-SHA512', Buffer.from(input), accessKey.privateKey);
    await attack.expectRefused(`${input}.${sha512.toString('base64url')}`, 'TOKEN_SIGNATURE_INVALID');
  });

  it.each([undefined, null, 256, ['RS256'], { name: 'RS256' }, true])('refuses %p as the algorithm', async (alg) => {
    await attack.expectRefused(
      signText(JSON.stringify(accessClaims()), accessKey, JSON.stringify({ ...header, alg })),
      'TOKEN_ALGORITHM_REFUSED',
    );
  });
});

describeAttacks('keys that the token brings along (RFC 8725, section 3.10; RFC 7515, section 4.1)', (attack) => {
  const foreign = stranger.jwk();
  it.each([
    ['jwk', foreign],
    ['jku', 'https://evil.example/jwks.json'],
    ['x5u', 'https://evil.example/chain.pem'],
    ['x5c', ['MIIB']],
    ['x5t', 'AAAA'],
    ['x5t#S256', 'AAAA'],
  ])('refuses the header parameter %s, signed by the stranger and by the pool', async (name, value) => {
    await attack.expectRefused(signToken(accessClaims(), stranger, { [name]: value }), 'TOKEN_MALFORMED');
    await attack.expectRefused(signToken(accessClaims(), accessKey, { [name]: value }), 'TOKEN_MALFORMED');
  });

  it('refuses a token that a stranger signed under a known key id', async () => {
    await attack.expectRefused(signToken(accessClaims(), stranger), 'TOKEN_SIGNATURE_INVALID');
  });
});

describeAttacks('the signature (RFC 7515, section 5.2; RFC 8725, section 3.3)', (attack) => {
  const [head = '', body = '', signature = ''] = token.split('.');

  it('refuses an empty, a foreign and a shortened signature', async () => {
    await attack.expectRefused(`${head}.${body}.`, 'TOKEN_MALFORMED');
    await attack.expectRefused(
      `${head}.${body}.${accessToken({ sub: 'other' }).split('.')[2] ?? ''}`,
      'TOKEN_SIGNATURE_INVALID',
    );
    await attack.expectRefused(
      `${head}.${body}.${base64url(Buffer.from(signature, 'base64url').subarray(0, 255))}`,
      'TOKEN_SIGNATURE_INVALID',
    );
    await attack.expectRefused(`${head}.${body}.${'A'.repeat(342)}`, 'TOKEN_SIGNATURE_INVALID');
    await attack.expectRefused(`${head}.${body}.AQAB`, 'TOKEN_SIGNATURE_INVALID');
  });

  it('refuses other claims under a good signature', async () => {
    const changed = base64url(JSON.stringify(accessClaims({ 'cognito:groups': ['admin'] })));
    await attack.expectRefused(`${head}.${changed}.${signature}`, 'TOKEN_SIGNATURE_INVALID');
  });

  it('refuses every prefix of a token', async () => {
    for (let length = 0; length < token.length; length++) {
      await attack.expectRefused(token.slice(0, length));
    }
  });

  it('refuses a token with any bit of any byte flipped', async () => {
    for (let position = 0; position < token.length; position++) {
      for (let bit = 0; bit < 8; bit++) {
        const flipped = String.fromCharCode(token.charCodeAt(position) ^ (1 << bit));
        const mutant = `${token.slice(0, position)}${flipped}${token.slice(position + 1)}`;
        await attack.expectRefused(mutant);
      }
    }
  }, 60_000);
});

describeAttacks('the keys', (attack) => {
  it('refuses a token signed by a key of the pool that is too short, or not of RSA (RFC 7518, section 3.3; RFC 8725, section 3.2)', async () => {
    const short = new TestKey('short', 1024);
    const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const set = [...jwks().keys, short.jwk(), { ...curve.publicKey.export({ format: 'jwk' }), kid: 'curve' }];
    await attack.face({ issuers: [fixedKeys(ISSUER, set)] });
    await attack.expectRefused(signToken(accessClaims(), short), 'TOKEN_KEY_UNKNOWN');
    await attack.expectRefused(accessToken({}, { kid: 'curve' }), 'TOKEN_KEY_UNKNOWN');
  });

  it('asks for nothing at the word of a forged token but the pool’s own key set, once (RFC 8725, sections 2.9 and 3.10)', async () => {
    const fetch = jest.fn(() => Promise.resolve(jwks().keys));
    await attack.face({ issuers: [fetchedKeys({ fetch, clock: attack.under.clock.read })] });
    await Promise.all(
      Array.from({ length: 1_000 }, (_, i) =>
        attack.expectRefused(accessToken({}, { kid: `forged-${i}` }), 'TOKEN_KEY_UNKNOWN'),
      ),
    );
    expect(fetch).toHaveBeenCalledTimes(1);
  }, 60_000);
});
