import { ExpiringMap } from '../../lib/memory/expiring-map.js';

describe('ExpiringMap', () => {
  let now = 0;
  const map = (capacity = 2) => new ExpiringMap<string, number>(capacity, () => now);

  beforeEach(() => {
    now = 1_000;
  });

  it('lets each entry end after its own time', () => {
    const entries = map();
    entries.set('short', 1, 10);
    entries.set('long', 2, 20);
    now += 9;
    expect(entries.get('short')).toBe(1);
    now += 1;
    expect(entries.get('short')).toBeUndefined();
    expect(entries.get('long')).toBe(2);
    expect(entries.size).toBe(1);
  });

  it('keeps no entry from a time that the clock was set back from', () => {
    const entries = map();
    entries.set('a', 1, 10);
    now -= 1;
    expect(entries.get('a')).toBeUndefined();
    entries.set('a', 2, 10);
    expect(entries.get('a')).toBe(2);
  });

  it('is bounded and forgets on request', () => {
    const entries = map();
    entries.set('a', 1, 10);
    entries.set('b', 2, 10);
    entries.set('c', 3, 10);
    expect(entries.get('a')).toBeUndefined();
    expect(entries.delete('c')).toBe(true);
    expect(entries.get('c')).toBeUndefined();
    expect(entries.get('never')).toBeUndefined();
  });
});
