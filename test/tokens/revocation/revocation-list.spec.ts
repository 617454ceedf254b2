import { RevocationList, type RevocationListOptions } from '../../../lib/tokens/revocation/revocation-list.js';
import { RevocationNotRecordedError } from '../../../lib/tokens/revocation/token-revoker.js';
import type { VerifiedClaims } from '../../../lib/tokens/claims/token-claims.js';
import { ProbedStore } from '../support/revocation-stores.js';
import { accessClaims, idClaims, machineClaims, NOW, POOL_ID, TestClock, type Claims } from '../support/test-issuer.js';

const SECONDS = NOW / 1000;
const DAY = 24 * 60 * 60 * 1000;
const MINUTE = 60 * 1000;
const access = (changes?: Claims) => accessClaims(changes) as unknown as VerifiedClaims;
const id = (changes?: Claims) => idClaims(changes) as unknown as VerifiedClaims;
const machine = (changes?: Claims) => machineClaims(changes) as unknown as VerifiedClaims;

function listUnderTest(options: Partial<RevocationListOptions> = {}) {
  const clock = new TestClock();
  const store = new ProbedStore();
  const list = new RevocationList({ userPoolId: POOL_ID, store, clock: clock.read, ...options });
  return { list, store, clock };
}

describe('RevocationList', () => {
  it('revokes the sign-ins that a user has by now when the clock was set back', async () => {
    const { list, clock } = listUnderTest();
    await list.isRevoked(access());
    clock.advance(-300 * DAY);
    await list.revokeUser(access().sub);
    await expect(list.isRevoked(access())).resolves.toBe(true);
    await expect(list.isRevoked(access({ auth_time: SECONDS + 1, iat: SECONDS + 1 }))).resolves.toBe(false);
  });

  it('lets everything pass while nothing is revoked', async () => {
    const { list } = listUnderTest();
    for (const claims of [access(), id(), machine(), access({ jti: undefined, origin_jti: undefined })]) {
      await expect(list.isRevoked(claims)).resolves.toBe(false);
    }
  });

  describe('a token', () => {
    it('is refused by its jti, and no other token of the sign-in with it', async () => {
      const { list } = listUnderTest();
      await list.revokeToken(access());
      await expect(list.isRevoked(access())).resolves.toBe(true);
      await expect(list.isRevoked(access({ jti: 'another' }))).resolves.toBe(false);
      await expect(list.isRevoked(id())).resolves.toBe(false);
    });

    it('of a machine is refused by its jti too', async () => {
      const { list } = listUnderTest();
      await list.revokeToken(machine());
      await expect(list.isRevoked(machine())).resolves.toBe(true);
    });

    it('is kept on the list until it expires, and a little longer', async () => {
      const { list, store } = listUnderTest({ clockToleranceSeconds: 5 });
      await list.revokeToken(access({ jti: 'hour', exp: SECONDS + 3600 }));
      await list.revokeToken(access({ jti: 'gone', exp: SECONDS - 10 }));
      await list.revokeToken(access({ jti: 'decade', exp: SECONDS + 315_360_000 }));
      const lifetimes = ['hour', 'gone', 'decade'].map((jti) =>
        store.lifetimes.get(`mandate.revoked{${POOL_ID}}:token:${jti}`),
      );
      expect(lifetimes).toEqual([60 * MINUTE + MINUTE + 5000, MINUTE + 5000, DAY + MINUTE + 5000]);
    });

    it('without a jti cannot be revoked, and that is said', async () => {
      const { list } = listUnderTest();
      await expect(list.revokeToken(access({ jti: undefined }))).rejects.toThrow(RevocationNotRecordedError);
      await expect(list.revokeSignIn(access({ origin_jti: undefined }))).rejects.toMatchObject({
        code: 'REVOCATION_NOT_RECORDED',
        cause: expect.objectContaining({ message: expect.stringContaining('origin_jti') }),
      });
    });
  });

  describe('a sign-in', () => {
    it('takes all its tokens with it, access and id, renewed or not', async () => {
      const { list } = listUnderTest();
      await list.revokeSignIn(access());
      for (const claims of [access(), access({ jti: 'renewed', iat: SECONDS }), id()]) {
        await expect(list.isRevoked(claims)).resolves.toBe(true);
      }
      await expect(list.isRevoked(access({ origin_jti: 'another' }))).resolves.toBe(false);
    });

    it('that Cognito ended stays on the list for the longest life that a token can have', async () => {
      const { list, store } = listUnderTest();
      await list.revokeSignIn(access(), { endedAtCognito: true });
      await list.revokeUser(access().sub, { endedAtCognito: true });
      expect(store.entries.map((key) => store.lifetimes.get(key))).toEqual([DAY + MINUTE, DAY + MINUTE]);
    });

    it('that goes on at Cognito stays on it for ten years, and the life of its last token', async () => {
      const { list, store } = listUnderTest();
      await list.revokeSignIn(access());
      await list.revokeUser(access().sub);
      const lifetime = 3650 * DAY + DAY + MINUTE;
      expect(store.entries.map((key) => store.lifetimes.get(key))).toEqual([lifetime, lifetime]);
    });

    it.each<[string, (list: RevocationList) => Promise<void>]>([
      ['by its name', async (list) => list.revokeSignIn(access())],
      ['by its user', async (list) => list.revokeUser(access().sub)],
    ])('is refused %s as long as its refresh token can give new tokens', async (_how, revoke) => {
      const { list, clock } = listUnderTest({ store: undefined, signInLifetimeSeconds: (30 * DAY) / 1000 });
      await revoke(list);
      for (const days of [25 / 24, 28, 1]) {
        clock.advance(days * DAY);
        const now = clock.read() / 1000;
        const renewed = access({ jti: 'renewed', iat: now, exp: now + 3600 });
        await expect(list.isRevoked(renewed)).resolves.toBe(true);
      }
      clock.advance(2 * DAY);
      await expect(list.isRevoked(access())).resolves.toBe(false);
    });
  });

  describe('a user', () => {
    it('loses every sign-in up to now and none that comes later', async () => {
      const { list, clock } = listUnderTest();
      await list.revokeUser(access().sub);
      for (const claims of [access(), id(), access({ origin_jti: 'phone', jti: 'x' })]) {
        await expect(list.isRevoked(claims)).resolves.toBe(true);
      }
      clock.advance(1000);
      const later = { auth_time: clock.read() / 1000, iat: clock.read() / 1000, origin_jti: 'later', jti: 'y' };
      await expect(list.isRevoked(access(later))).resolves.toBe(false);
      await expect(list.isRevoked(access({ sub: 'somebody-else' }))).resolves.toBe(false);
    });

    it('loses a sign-in of the very second, for tokens tell no fractions', async () => {
      const { list, clock } = listUnderTest();
      clock.advance(999);
      await list.revokeUser(access().sub);
      await expect(list.isRevoked(access({ auth_time: SECONDS }))).resolves.toBe(true);
      await expect(list.isRevoked(access({ auth_time: SECONDS + 1 }))).resolves.toBe(false);
    });

    it('loses a token that was renewed after the mark from a sign-in before it', async () => {
      const { list } = listUnderTest();
      await list.revokeUser(access().sub);
      await expect(list.isRevoked(access({ iat: SECONDS + 30, auth_time: SECONDS - 60 }))).resolves.toBe(true);
    });

    it('is judged by the issue date where a token has no auth_time', async () => {
      const { list } = listUnderTest();
      await list.revokeUser(access().sub);
      await expect(list.isRevoked(access({ auth_time: undefined, iat: SECONDS }))).resolves.toBe(true);
      await expect(list.isRevoked(access({ auth_time: undefined, iat: SECONDS + 1 }))).resolves.toBe(false);
    });

    it('loses later sign-ins too when revoked again', async () => {
      const { list, clock } = listUnderTest();
      await list.revokeUser(access().sub);
      clock.advance(60_000);
      await list.revokeUser(access().sub);
      await expect(list.isRevoked(access({ auth_time: SECONDS + 60 }))).resolves.toBe(true);
    });
  });

  it('asks in one round trip, however many marks there may be', async () => {
    const { list, store } = listUnderTest();
    await list.isRevoked(access());
    store.reads.length = 0;
    await list.isRevoked(access());
    expect(store.reads).toEqual([
      [
        'sentinel',
        `user:${access().sub}`,
        `token:${String(access().jti)}`,
        `sign-in:${String(access().origin_jti)}`,
      ].map((key) => `mandate.revoked{${POOL_ID}}:${key}`),
    ]);
  });

  it('keeps pools that share a store apart', async () => {
    const { list, store } = listUnderTest();
    const other = new RevocationList({ userPoolId: 'eu-west-1_Other1234', store });
    await list.revokeUser(access().sub);
    await list.revokeSignIn(access());
    await expect(other.isRevoked(access())).resolves.toBe(false);
  });

  it('of another pool in the same store has marks of its own, and leaves a store alone that took too long', async () => {
    const { list, store, clock } = listUnderTest({ timeout: 10 });
    const other = list.forPool('eu-west-1_Other1234');
    await other.revokeUser(access().sub);
    await expect(list.isRevoked(access())).resolves.toBe(false);
    await expect(other.isRevoked(access())).resolves.toBe(true);
    store.mode = 'hang';
    await expect(list.isRevoked(access())).rejects.toThrow('longer than 10 ms');
    store.mode = 'work';
    await expect(other.isRevoked(access())).rejects.toThrow('timed out recently');
    clock.advance(1_000);
    await expect(other.isRevoked(access())).resolves.toBe(true);
  });

  it('keeps nothing of a token but the names in its keys', async () => {
    const { list, store } = listUnderTest();
    await list.revokeToken(access());
    await list.revokeSignIn(access());
    await list.revokeUser(access().sub);
    expect(store.entries.map((key) => store.values.get(key))).toEqual([1, 1, SECONDS]);
    expect(JSON.stringify([...store.values])).not.toContain('janedoe');
  });

  it('keeps the mark of a user from going down when it is written by a clock that is behind', async () => {
    const { list, store, clock } = listUnderTest();
    const behind = new RevocationList({ userPoolId: POOL_ID, store, clock: () => clock.read() - 6_000 });
    clock.advance(10_000);
    await list.revokeUser(access().sub);
    clock.advance(1_000);
    await behind.revokeUser(access().sub);
    await expect(list.isRevoked(access({ auth_time: SECONDS + 10 }))).resolves.toBe(true);
    await expect(behind.isRevoked(access({ auth_time: SECONDS + 10 }))).resolves.toBe(true);
  });

  it('reads marks from a store that gives numbers back as texts', async () => {
    const values = new Map<string, string>();
    const store = {
      get: (key: string) => values.get(key),
      set: (key: string, value: number) => values.set(key, `${value}`),
    };
    const { list, clock } = listUnderTest({ store });
    await list.revokeUser(access().sub);
    await list.revokeToken(access({ jti: 'one' }));
    await expect(list.isRevoked(access())).resolves.toBe(true);
    await expect(list.isRevoked(access({ sub: 'bob', jti: 'one' }))).resolves.toBe(true);
    const later = clock.read() / 1000 + 1;
    await expect(list.isRevoked(access({ auth_time: later, jti: 'two' }))).resolves.toBe(false);
  });

  it('finds nothing out from a mark of a user that it cannot read', async () => {
    const { list, store } = listUnderTest();
    await list.revokeUser(access().sub);
    store.values.set(`mandate.revoked{${POOL_ID}}:user:${access().sub}`, 'yesterday' as unknown as number);
    await expect(list.isRevoked(access())).rejects.toThrow(TypeError);
  });

  it('works in memory by default and lets marks go in time', async () => {
    const { list, clock } = listUnderTest({ store: undefined });
    await list.revokeSignIn(access(), { endedAtCognito: true });
    clock.advance(DAY + MINUTE - 1);
    await expect(list.isRevoked(access())).resolves.toBe(true);
    clock.advance(1);
    await expect(list.isRevoked(access())).resolves.toBe(false);
  });
});
