import fc from 'fast-check';

import { TokenRejectedError } from '../../lib/tokens/token-errors.js';
import { accessClaims, accessKey, signText, signToken } from '../tokens/support/test-issuer.js';
import { describeAttacks, goodToken as token } from './support/attacks.js';

/** One change of a token: characters at a place taken out and others put in. */
const mutation = fc.record({
  position: fc.nat(token.length),
  taken: fc.nat(40),
  put: fc.oneof(
    fc.string({ maxLength: 40 }),
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.base64String({ maxLength: 40 }),
  ),
});

describeAttacks('random mutations', (attack) => {
  it('of a good token are all refused, and none is remembered (RFC 7515, section 5.2; RFC 8725, section 3.3)', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 3 }), async (mutations) => {
        const mutant = mutations.reduce(
          (text, { position, taken, put }) => text.slice(0, position) + put + text.slice(position + taken),
          token,
        );
        fc.pre(mutant !== token);
        await attack.expectRefused(mutant);
      }),
      { numRuns: 1_000 },
    );
  }, 60_000);

  it('of claims that the pool itself signs never crash the verifier (RFC 7519, sections 4.1 and 7.2)', async () => {
    const kinds = new Set<boolean>();
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...Object.keys(accessClaims())), fc.jsonValue(), async (name, value) => {
        await attack.face();
        const { verifier, cache } = attack.under;
        const known = cache.size;
        const result: unknown = await verifier
          .verify(signToken(accessClaims({ [name]: value }), accessKey))
          .catch((error: unknown) => error);
        const refused = result instanceof Error;
        expect(refused ? result : new TokenRejectedError('TOKEN_MALFORMED')).toBeInstanceOf(TokenRejectedError);
        expect(cache.size - known).toBe(refused ? 0 : 1);
        kinds.add(refused);
      }),
      { numRuns: 200 },
    );
    expect(kinds.size).toBe(2);
  }, 60_000);

  it('of signed texts never crash the verifier (RFC 7519, section 7.2; RFC 8725, section 3.7)', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.json(), fc.string()), async (text) => {
        fc.pre(text !== '');
        await attack.expectRefused(signText(text, accessKey));
      }),
      { numRuns: 200 },
    );
  }, 60_000);
});
