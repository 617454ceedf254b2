import { CircuitBreaker } from '../../../lib/tokens/revocation/circuit-breaker.js';
import { CheckedStore } from '../../../lib/tokens/revocation/checked-store.js';
import { RevocationList } from '../../../lib/tokens/revocation/revocation-list.js';
import { RevocationNotRecordedError } from '../../../lib/tokens/revocation/token-revoker.js';
import type { RevocationStore } from '../../../lib/tokens/revocation/revocation-store.js';
import { ProbedStore } from '../support/revocation-stores.js';
import { POOL_ID, TestClock } from '../support/test-issuer.js';

const entry = { key: 'a', value: 1, ttl: 1_000 };

function ledgerUnderTest(store: RevocationStore) {
  const clock = new TestClock();
  const gate = new CircuitBreaker({ timeout: 20, clock: clock.read });
  const onEmptied = jest.fn();
  return { clock, onEmptied, ledger: new CheckedStore({ store, prefix: 'p', gate, onEmptied }) };
}

describe('CheckedStore', () => {
  it('reads what was written, in the order of the question', async () => {
    const { ledger } = ledgerUnderTest(new ProbedStore());
    await ledger.write([entry, { key: 'b', value: 2, ttl: 1_000 }]);
    await expect(ledger.read(['b', 'nothing', 'a'])).resolves.toEqual([2, undefined, 1]);
  });

  it('works with a store that has no getMany, that answers at once, and that says null for nothing', async () => {
    const values = new Map<string, number>();
    const store = {
      get: (key: string) => values.get(key) ?? null,
      set: (key: string, value: number) => values.set(key, value),
    };
    const { ledger } = ledgerUnderTest(store);
    await ledger.write([entry]);
    await expect(ledger.read(['a', 'b'])).resolves.toEqual([1, undefined]);
  });

  it('passes the failure of a store on, thrown or rejected', async () => {
    const store = new ProbedStore();
    const { ledger } = ledgerUnderTest(store);
    store.mode = 'reject';
    await expect(ledger.read(['a'])).rejects.toThrow('connection lost');
    await expect(ledger.write([entry])).rejects.toThrow('connection lost');
    const throwing = ledgerUnderTest({
      get: () => {
        throw new Error('closed');
      },
      set: () => undefined,
    });
    await expect(throwing.ledger.read(['a'])).rejects.toThrow('closed');
  });

  it('notices a store that swallows its failures, from the first question on', async () => {
    const fresh = new ProbedStore();
    fresh.mode = 'swallow';
    await expect(ledgerUnderTest(fresh).ledger.read(['a'])).rejects.toThrow('does not have what was just written');

    const store = new ProbedStore();
    const { ledger } = ledgerUnderTest(store);
    await ledger.write([entry]);
    await expect(ledger.read(['a'])).resolves.toEqual([1]);
    store.mode = 'swallow';
    await expect(ledger.read(['a'])).rejects.toThrow('does not have what was just written');
    await expect(ledger.write([entry])).rejects.toThrow('does not have what was just written');
    store.mode = 'work';
    await expect(ledger.read(['a'])).resolves.toEqual([1]);
  });

  it('notices a value that was not taken because the store kept the older one', async () => {
    const store = new ProbedStore();
    const { ledger } = ledgerUnderTest(store);
    await ledger.write([entry]);
    jest.spyOn(store, 'set').mockResolvedValue(true);
    await expect(ledger.write([{ ...entry, value: 2 }])).rejects.toThrow('does not have what was just written');
  });

  it('goes on with a store that was emptied, and says so once', async () => {
    const store = new ProbedStore();
    const { ledger, onEmptied } = ledgerUnderTest(store);
    const readThrice = async () => Promise.all([1, 2, 3].map(async () => ledger.read(['a'])));
    await readThrice();
    await ledger.write([entry]);
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
    const { ledger, onEmptied } = ledgerUnderTest(store);
    await ledger.read(['a']);
    store.mode = 'swallow';
    await expect(ledger.read(['a'])).rejects.toThrow('does not have what was just written');
    store.mode = 'work';
    await ledger.read(['a']);
    expect(onEmptied).not.toHaveBeenCalled();
  });

  it.each([
    ['too few values', [1]],
    ['no list', 'OK'],
    ['nothing', undefined],
  ])('does not take %s for an answer', async (_what, answer) => {
    const { ledger } = ledgerUnderTest({ get: () => undefined, set: () => undefined, getMany: () => answer });
    await expect(ledger.read(['a', 'b'])).rejects.toThrow(TypeError);
  });

  it('gives a slow store up, and asks it again only a second later', async () => {
    const store = new ProbedStore();
    const { ledger, clock } = ledgerUnderTest(store);
    await ledger.write([entry]);
    store.mode = 'hang';
    await expect(ledger.read(['a'])).rejects.toThrow('longer than 20 ms');
    const asked = store.questions.length;
    store.mode = 'work';
    await expect(ledger.read(['a'])).rejects.toThrow('a moment ago');
    expect(store.questions).toHaveLength(asked);
    clock.advance(1_000);
    await expect(ledger.read(['a'])).resolves.toEqual([1]);
  });

  it('asks a store that hangs once after each pause, however many wait', async () => {
    const store = new ProbedStore();
    const { ledger, clock } = ledgerUnderTest(store);
    store.mode = 'hang';
    await expect(ledger.read(['a'])).rejects.toThrow('longer than 20 ms');
    for (let pause = 0; pause < 3; pause++) {
      clock.advance(1_000);
      store.questions.length = 0;
      const reads = await Promise.allSettled(Array.from({ length: 100 }, async () => ledger.read(['a'])));
      expect(reads.filter(({ status }) => status === 'rejected')).toHaveLength(100);
      expect(store.questions).toHaveLength(1);
    }
    store.mode = 'work';
    clock.advance(1_000);
    await expect(ledger.read(['a'])).resolves.toEqual([undefined]);
    const reads = await Promise.all(Array.from({ length: 100 }, async () => ledger.read(['a'])));
    expect(reads).toHaveLength(100);
  });

  it('has no more than ten thousand wait for a store', async () => {
    const store = new ProbedStore();
    const { ledger, clock } = ledgerUnderTest(store);
    store.mode = 'hang';
    const reads = Array.from({ length: 10_001 }, async () => ledger.read(['a']));
    await expect(reads.at(-1)).rejects.toThrow('yet to answer 10000 questions');
    await expect(ledger.write([entry])).rejects.toThrow('yet to answer 10000 questions');
    await expect(reads[0]).rejects.toThrow('longer than 20 ms');
    await Promise.allSettled(reads);
    expect(store.questions).toHaveLength(10_000);
    store.mode = 'work';
    clock.advance(1_000);
    await expect(ledger.write([entry])).resolves.toBeUndefined();
  });

  it('makes no pause longer because the clock was set back', async () => {
    const store = new ProbedStore();
    const { ledger, clock } = ledgerUnderTest(store);
    store.mode = 'hang';
    await expect(ledger.read(['a'])).rejects.toThrow('longer than 20 ms');
    store.mode = 'work';
    clock.advance(-3_600_000);
    await expect(ledger.read(['a'])).resolves.toEqual([undefined]);
  });

  it('tries to write even so', async () => {
    const store = new ProbedStore();
    const { ledger } = ledgerUnderTest(store);
    store.mode = 'hang';
    await expect(ledger.write([entry])).rejects.toThrow('longer than 20 ms');
    store.mode = 'work';
    await expect(ledger.write([entry])).resolves.toBeUndefined();
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
