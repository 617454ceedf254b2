import { MemoryRevocationStore } from '../../../lib/tokens/revocation/memory-revocation-store.js';
import { TestClock } from '../support/test-issuer.js';

function storeUnderTest(capacity?: number) {
  const clock = new TestClock();
  const store = new MemoryRevocationStore({ clock: clock.read, ...(capacity !== undefined && { capacity }) });
  return { clock, store };
}

describe('MemoryRevocationStore', () => {
  it('keeps a value for its time, and one without a time for good', () => {
    const { store, clock } = storeUnderTest();
    store.set('a', 1, 1_000);
    store.set('b', 2);
    clock.advance(999);
    expect(store.getMany(['a', 'b', 'c'])).toEqual([1, 2, undefined]);
    clock.advance(1);
    expect(store.getMany(['a', 'b'])).toEqual([undefined, 2]);
  });

  it('never holds more than its capacity: what has expired makes room', () => {
    const { store, clock } = storeUnderTest(3);
    store.set('a', 1, 1_000);
    store.set('b', 1, 2_000);
    store.set('c', 1, 3_000);
    clock.advance(2_000);
    store.set('d', 1, 1_000);
    expect(store.size).toBe(2);
    expect(store.getMany(['a', 'b', 'c', 'd'])).toEqual([undefined, undefined, 1, 1]);
  });

  it('rejects new entries when it is full, and keeps those that have not expired', () => {
    const { store, clock } = storeUnderTest(2);
    store.set('a', 1, 1_000);
    store.set('b', 1, 2_000);
    expect(() => {
      store.set('c', 1, 1_000);
    }).toThrow('is full (2 entries)');
    expect(store.getMany(['a', 'b'])).toEqual([1, 1]);
    store.set('a', 2, 5_000);
    expect(store.get('a')).toBe(2);
    clock.advance(2_000);
    store.set('c', 1, 1_000);
    expect(store.getMany(['a', 'b', 'c'])).toEqual([2, undefined, 1]);
  });
});
