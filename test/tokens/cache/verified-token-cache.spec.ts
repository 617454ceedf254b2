import { SigningKeys } from '../../../lib/tokens/keys/signing-keys.js';
import { verifierUnderTest } from '../support/verifiers.js';
import { accessToken, CLIENT_ID, ISSUER, jwks } from '../support/test-issuer.js';
import { TokenVerifier } from '../../../lib/tokens/token-verifier.js';

describe('VerifiedTokenCache', () => {
  beforeEach(() => jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask'] }));
  afterEach(() => jest.useRealTimers());

  it('recalls a token by its digest when the moment in which it is compared is over', async () => {
    const { verifier } = verifierUnderTest();
    const token = accessToken();
    const claims = await verifier.verify(token);
    for (let second = 0; second < 3; second++) {
      expect([verifier.recall(token), verifier.recall(token)]).toEqual([claims, claims]);
      jest.advanceTimersByTime(1_000);
    }
  });

  it.each([0, 1_000])('recalls no other token with the same end, %p ms after the good one', async (later) => {
    const { verifier } = verifierUnderTest();
    const token = accessToken();
    await verifier.verify(token);
    expect(verifier.recall(token)).toBeDefined();
    jest.advanceTimersByTime(later);
    for (const at of [0, 1, 40, token.length - 44]) {
      const other = `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`;
      expect(verifier.recall(other)).toBeUndefined();
    }
  });

  it('holds for each of the verifiers that share it only what that one has verified', async () => {
    const { verifier, cache, clock } = verifierUnderTest();
    const keys = new SigningKeys({ issuer: ISSUER, jwks: jwks().keys });
    const settings = { pool: 'other', issuers: [keys], cache, clock: clock.read, tokenUse: 'access' as const };
    const stricter = new TokenVerifier({ ...settings, clientIds: ['another'] });
    const same = new TokenVerifier({ ...settings, clientIds: [CLIENT_ID] });
    const token = accessToken();
    await verifier.verify(token);
    expect(verifier.recall(token)).toBeDefined();

    expect([stricter.recall(token), same.recall(token)]).toEqual([undefined, undefined]);
    await expect(stricter.verify(token)).rejects.toMatchObject({ code: 'TOKEN_CLIENT_REFUSED' });
    await same.verify(token);
    expect(same.recall(token)).toBeDefined();
  });

  it('forgets a recent token that has expired', async () => {
    const { verifier, cache, clock } = verifierUnderTest();
    const token = accessToken();
    await verifier.verify(token);
    expect(verifier.recall(token)).toBeDefined();
    clock.advance(3_600_000);
    expect(() => verifier.recall(token)).toThrow(expect.objectContaining({ code: 'TOKEN_EXPIRED' }));
    expect(cache.size).toBe(0);
    expect(verifier.recall(token)).toBeUndefined();
  });
});
