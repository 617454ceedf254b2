import fc from 'fast-check';

import { TokenRejectedError } from '../../lib/tokens/token-errors.js';
import { accessClaims, accessKey, accessToken, signText, signToken } from '../tokens/support/test-issuer.js';
import { verifierUnderTest } from '../tokens/support/verifiers.js';

const token = accessToken();

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

async function verdict(candidate: string): Promise<unknown> {
  const { verifier, cache } = verifierUnderTest();
  const result: unknown = await verifier.verify(candidate).catch((error: unknown) => error);
  expect(cache.size).toBe(result instanceof Error ? 0 : 1);
  return result;
}

describe('random mutations', () => {
  it('of a good token are all refused, and none is remembered', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 3 }), async (mutations) => {
        const mutant = mutations.reduce(
          (text, { position, taken, put }) => text.slice(0, position) + put + text.slice(position + taken),
          token,
        );
        fc.pre(mutant !== token);
        expect(await verdict(mutant)).toBeInstanceOf(TokenRejectedError);
      }),
      { numRuns: 1_000 },
    );
  }, 60_000);

  it('of claims that the pool itself signs never crash the verifier', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...Object.keys(accessClaims())), fc.jsonValue(), async (name, value) => {
        const result = await verdict(signToken(accessClaims({ [name]: value }), accessKey));
        expect(result instanceof TokenRejectedError || !(result instanceof Error)).toBe(true);
      }),
      { numRuns: 200 },
    );
  }, 60_000);

  it('of signed texts never crash the verifier', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.json(), fc.string()), async (text) => {
        fc.pre(text !== '');
        expect(await verdict(signText(text, accessKey))).toBeInstanceOf(TokenRejectedError);
      }),
      { numRuns: 200 },
    );
  }, 60_000);
});
