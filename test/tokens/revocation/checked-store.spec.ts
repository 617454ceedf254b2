import { CircuitBreaker } from '../../../lib/tokens/revocation/circuit-breaker.js';
import { CheckedStore } from '../../../lib/tokens/revocation/checked-store.js';
import { RevocationList } from '../../../lib/tokens/revocation/revocation-list.js';
import { RevocationNotRecordedError } from '../../../lib/tokens/revocation/token-revoker.js';
import type { RevocationStore } from '../../../lib/tokens/revocation/revocation-store.js';
import { ProbedStore } from '../support/revocation-stores.js';
import { POOL_ID, TestClock } from '../support/test-issuer.js';

const entry = { key: 'a', value: 1, ttl: 1_000 };

function storeUnderTest(store: RevocationStore) {
  const clock = new TestClock();
  const circuitBreaker = new CircuitBreaker({ timeout: 20, clock: clock.read, capacity: 10_000 });
  const onEmptied = jest.fn();
  return { clock, onEmptied, checked: new CheckedStore({ store, prefix: 'p', circuitBreaker, onEmptied }) };
}

describe('CheckedStore', () => {
  it('reads what was written, in the order of the question', async () => {
    const { checked } = storeUnderTest(new ProbedStore());
    await checked.write([entry, { key: 'b', value: 2, ttl: 1_000 }]);
    await expect(checked.read(['b', 'nothing', 'a'])).resolves.toEqual([2, undefined, 1]);
  });

  it('works with a store that has no getMany, that answers at once, and that says null for nothing', async () => {
    const values = new Map<string, number>();
    const store = {
      get: (key: string) => values.get(key) ?? null,
      set: (key: string, value: number) => values.set(key, value),
    };
    const { checked } = storeUnderTest(store);
    await checked.write([entry]);
    await expect(checked.read(['a', 'b'])).resolves.toEqual([1, undefined]);
  });

  it('passes the failure of a store on, thrown or rejected', async () => {
    const store = new ProbedStore();
    const { checked } = storeUnderTest(store);
    store.mode = 'reject';
    await expect(checked.read(['a'])).rejects.toThrow('connection lost');
    await expect(checked.write([entry])).rejects.toThrow('connection lost');
    const throwing = storeUnderTest({
      get: () => {
        throw new Error('closed');
      },
      set: () => undefined,
    });
    await expect(throwing.checked.read(['a'])).rejects.toThrow('closed');
  });

  it('notices a store that swallows its failures, from the first question on', async () => {
    const fresh = new ProbedStore();
    fresh.mode = 'swallow';
    await expect(storeUnderTest(fresh).checked.read(['a'])).rejects.toThrow(
      'did not return the entry that was just written',
    );

    const store = new ProbedStore();
    const { checked } = storeUnderTest(store);
    await checked.write([entry]);
    await expect(checked.read(['a'])).resolves.toEqual([1]);
    store.mode = 'swallow';
    await expect(checked.read(['a'])).rejects.toThrow('did not return the entry that was just written');
    await expect(checked.write([entry])).rejects.toThrow('did not return the entry that was just written');
    store.mode = 'work';
    await expect(checked.read(['a'])).resolves.toEqual([1]);
  });

  it('notices a value that was not taken because the store kept the older one', async () => {
    const store = new ProbedStore();
    const { checked } = storeUnderTest(store);
    await checked.write([entry]);
    jest.spyOn(store, 'set').mockResolvedValue(true);
    await expect(checked.write([{ ...entry, value: 2 }])).rejects.toThrow(
      'did not return the entry that was just written',
    );
  });

  it('goes on with a store that was emptied, and says so once', async () => {
    const store = new ProbedStore();
    const { checked, onEmptied } = storeUnderTest(store);
    const readThrice = async () => Promise.all([1, 2, 3].map(async () => checked.read(['a'])));
    await readThrice();
    await checked.write([entry]);
    expect(onEmptied).not.toHaveBeenCalled();
    for (const times of [1, 2]) {
      store.values.clear();
      await expect(readThrice()).resolves.toEqual([[undefined], [undefined], [undefined]]);
      await readThrice();
      expect(onEmptied).toHaveBeenCalledTimes(times);
    }
  });

  it('takes no store for emptied that is new, or down without saying so', async () => {
    const store = new ProbedStore();
    const { checked, onEmptied } = storeUnderTest(store);
    await checked.read(['a']);
    store.mode = 'swallow';
    await expect(checked.read(['a'])).rejects.toThrow('did not return the entry that was just written');
    store.mode = 'work';
    await checked.read(['a']);
    expect(onEmptied).not.toHaveBeenCalled();
  });

  it.each([
    ['too few values', [1]],
    ['no list', 'OK'],
    ['nothing', undefined],
  ])('does not take %s for an answer', async (_what, answer) => {
    const { checked } = storeUnderTest({ get: () => undefined, set: () => undefined, getMany: () => answer });
    await expect(checked.read(['a', 'b'])).rejects.toThrow(TypeError);
  });

  it('gives a slow store up, and asks it again only a second later', async () => {
    const store = new ProbedStore();
    const { checked, clock } = storeUnderTest(store);
    await checked.write([entry]);
    store.mode = 'hang';
    await expect(checked.read(['a'])).rejects.toThrow('longer than 20 ms');
    const asked = store.reads.length;
    store.mode = 'work';
    await expect(checked.read(['a'])).rejects.toThrow('timed out recently');
    expect(store.reads).toHaveLength(asked);
    clock.advance(1_000);
    await expect(checked.read(['a'])).resolves.toEqual([1]);
  });

  it('asks a store that hangs once after each pause, however many wait', async () => {
    const store = new ProbedStore();
    const { checked, clock } = storeUnderTest(store);
    store.mode = 'hang';
    await expect(checked.read(['a'])).rejects.toThrow('longer than 20 ms');
    for (let pause = 0; pause < 3; pause++) {
      clock.advance(1_000);
      store.reads.length = 0;
      const reads = await Promise.allSettled(Array.from({ length: 100 }, async () => checked.read(['a'])));
      expect(reads.filter(({ status }) => status === 'rejected')).toHaveLength(100);
      expect(store.reads).toHaveLength(1);
    }
    store.mode = 'work';
    clock.advance(1_000);
    await expect(checked.read(['a'])).resolves.toEqual([undefined]);
    const reads = await Promise.all(Array.from({ length: 100 }, async () => checked.read(['a'])));
    expect(reads).toHaveLength(100);
  });

  it('has no more than ten thousand wait for a store', async () => {
    const store = new ProbedStore();
    const { checked, clock } = storeUnderTest(store);
    store.mode = 'hang';
    const reads = Array.from({ length: 10_001 }, async () => checked.read(['a']));
    await expect(reads.at(-1)).rejects.toThrow('10000 operations pending');
    await expect(checked.write([entry])).rejects.toThrow('10000 operations pending');
    await expect(reads[0]).rejects.toThrow('longer than 20 ms');
    await Promise.allSettled(reads);
    expect(store.reads).toHaveLength(10_000);
    store.mode = 'work';
    clock.advance(1_000);
    await expect(checked.write([entry])).resolves.toBeUndefined();
  });

  it('makes no pause longer because the clock was set back', async () => {
    const store = new ProbedStore();
    const { checked, clock } = storeUnderTest(store);
    store.mode = 'hang';
    await expect(checked.read(['a'])).rejects.toThrow('longer than 20 ms');
    store.mode = 'work';
    clock.advance(-3_600_000);
    await expect(checked.read(['a'])).resolves.toEqual([undefined]);
  });

  it('tries to write even so', async () => {
    const store = new ProbedStore();
    const { checked } = storeUnderTest(store);
    store.mode = 'hang';
    await expect(checked.write([entry])).rejects.toThrow('longer than 20 ms');
    store.mode = 'work';
    await expect(checked.write([entry])).resolves.toBeUndefined();
  });
});

describe('a mark that cannot be written', () => {
  it.each(['reject', 'swallow', 'hang'] as const)('is reported when the store does "%s"', async (mode) => {
    const store = new ProbedStore();
    const list = new RevocationList({ userPoolId: POOL_ID, store, timeout: 20 });
    store.mode = mode;
    const failure: unknown = await list.revokeUser('somebody').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(RevocationNotRecordedError);
    expect(failure).toMatchObject({ code: 'REVOCATION_NOT_RECORDED', status: 503, cause: expect.any(Error) });
    expect(String(failure)).not.toContain('somebody');
  });
});
