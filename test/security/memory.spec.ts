import { accessClaims, accessKey, accessToken, base64url, signToken } from '../tokens/support/test-issuer.js';
import { describeAttacks, goodToken as token } from './support/attacks.js';

const [head = '', body = '', signature = ''] = token.split('.');
const others = base64url(JSON.stringify(accessClaims({ sub: 'admin', 'cognito:groups': ['admin'] })));

// A signature is good for the very input that was signed, whatever passed before.
describeAttacks('the memory of tokens that passed (RFC 7515, section 5.2; RFC 8725, section 3.3)', (attack) => {
  it.each([
    ['other claims', `${head}.${others}`],
    ['other claims of the same length', `${head}.${body.replace(/.{8}$/, 'AAAAAAAA')}`],
    ['another header', `${base64url(JSON.stringify({ alg: 'RS256', kid: accessKey.kid, typ: 'JWT' }))}.${body}`],
    ['no algorithm', `${base64url(JSON.stringify({ alg: 'none', kid: accessKey.kid }))}.${body}`],
    ['header and claims exchanged', `${body}.${head}`],
    ['a letter in front', `A${head}.${body}`],
    ['the first letter gone', `${head.slice(1)}.${body}`],
    ['nothing', ''],
  ])('is not misled by a good signature behind %s', async (_, input) => {
    await attack.expectRefused(`${input}.${signature}`);
  });

  it('is not misled by the end of a good token alone, however long', async () => {
    for (let length = 1; length < token.length; length++) {
      await attack.expectRefused(token.slice(-length));
    }
  });

  it('is not misled by the end of a good token behind a head as long as that which belongs to it', async () => {
    for (const length of [1, 8, 16, 32, 43, 44, 64, 86, 128, 256, 342]) {
      const other = accessToken({ sub: 'admin' }).slice(0, token.length);
      await attack.expectRefused(other.slice(0, token.length - length) + token.slice(-length));
      await attack.expectRefused('A'.repeat(token.length - length) + token.slice(-length));
    }
  });

  it('is not misled by good tokens that are strung together', async () => {
    await attack.expectRefused(token + token);
    await attack.expectRefused(`${token}.${token}`);
    await attack.expectRefused(`${token}, ${token}`);
  });

  it('never takes one token for another', async () => {
    const { verifier } = attack.under;
    const users = Array.from({ length: 100 }, (_, i) => `user-${i}`);
    const tokens = users.map((username) => signToken(accessClaims({ username }), accessKey));
    for (const each of tokens) {
      await verifier.verify(each);
    }
    for (const [i, username] of [...users.entries(), ...users.entries()]) {
      expect(attack.under.remembers(tokens[i] ?? '')).toBe(true);
      expect(verifier.verifySync(tokens[i] ?? '')).toMatchObject({ username });
    }
  });
});
