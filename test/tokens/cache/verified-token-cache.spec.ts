import { VerifiedTokenCache } from '../../../lib/tokens/cache/verified-token-cache.js';
import { accessToken } from '../support/test-issuer.js';
import { verifierUnderTest } from '../support/verifiers.js';

describe('VerifiedTokenCache', () => {
  beforeEach(() => jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask'] }));
  afterEach(() => jest.useRealTimers());

  it('recalls a token by its digest once the second has passed in which it is compared', async () => {
    const { verifier, cache } = verifierUnderTest();
    const token = accessToken();
    const claims = await verifier.verify(token);
    for (let second = 0; second < 3; second++) {
      expect([cache.recall(token)?.claims, verifier.verifySync(token)]).toEqual([claims, claims]);
      jest.advanceTimersByTime(1_000);
    }
  });

  it.each([0, 1_000])('recalls no other token with the same end, %p ms after the valid one', async (later) => {
    const { verifier, cache } = verifierUnderTest();
    const token = accessToken();
    await verifier.verify(token);
    expect(cache.recall(token)).toBeDefined();
    jest.advanceTimersByTime(later);
    for (const at of [0, 1, 40, token.length - 44]) {
      const other = `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`;
      expect(cache.recall(other)).toBeUndefined();
      await expect(verifier.verify(other)).rejects.toMatchObject({ status: 401 });
      expect(cache.recall(token)).toBeDefined();
    }
  });

  it('holds for each of the verifiers that share it only what that one has verified', async () => {
    const { verifier, cache, remembers } = verifierUnderTest();
    const stricter = verifierUnderTest({ cache, acceptedClientIds: ['another'] });
    const same = verifierUnderTest({ cache });
    const token = accessToken();
    await verifier.verify(token);
    expect(remembers(token)).toBe(true);

    expect(() => stricter.verifier.verifySync(token)).toThrow(
      expect.objectContaining({ code: 'TOKEN_CLIENT_REFUSED' }),
    );
    await expect(stricter.verifier.verify(token)).rejects.toMatchObject({ code: 'TOKEN_CLIENT_REFUSED' });
    expect(remembers(token)).toBe(true);
    same.verifier.verifySync(token);
    same.verifier.verifySync(token);
    expect(same.events).toMatchObject([{ remembered: false }, { remembered: true }]);
  });

  it.each([1, 2, 3, 10])('keeps no more than its capacity of %p, within a second and after it', async (capacity) => {
    const cache = new VerifiedTokenCache(capacity);
    const { verifier } = verifierUnderTest({ cache });
    for (let round = 0; round < 3; round++) {
      for (let i = 0; i < 3 * capacity; i++) {
        await verifier.verify(accessToken({ jti: `${String(round)}-${String(i)}` }));
        expect(cache.size).toBeGreaterThan(0);
        expect(cache.size).toBeLessThanOrEqual(capacity);
      }
      jest.advanceTimersByTime(1_000);
      expect(cache.size).toBeLessThanOrEqual(capacity);
    }
  });

  it('forgets a token that is rejected within its first second, for good', async () => {
    const { verifier, cache } = verifierUnderTest();
    const token = accessToken();
    await verifier.verify(token);
    cache.forget(token);
    jest.advanceTimersByTime(1_000);
    expect([cache.size, cache.recall(token)]).toEqual([0, undefined]);
  });

  it('forgets a recent token that has expired', async () => {
    const { verifier, cache, clock } = verifierUnderTest();
    const token = accessToken();
    await verifier.verify(token);
    expect(verifier.verifySync(token)).toBeDefined();
    clock.advance(3_600_000);
    expect(() => verifier.verifySync(token)).toThrow(expect.objectContaining({ code: 'TOKEN_EXPIRED' }));
    expect(cache.size).toBe(0);
    expect(cache.recall(token)).toBeUndefined();
  });
});
