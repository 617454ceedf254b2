import { RecentTokens } from '../../../lib/tokens/cache/recent-tokens.js';

const TAIL = 'x'.repeat(43);

describe('RecentTokens', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('finds a token by the whole of it, and not by its end', () => {
    const recent = new RecentTokens<number>(10);
    recent.set(`head.${TAIL}`, 1);
    expect(recent.get(`head.${TAIL}`)).toBe(1);
    expect(recent.get(`heaD.${TAIL}`)).toBeUndefined();
    expect(recent.get(TAIL)).toBeUndefined();
    recent.delete(`head.${TAIL}`);
    expect(recent.get(`head.${TAIL}`)).toBeUndefined();
  });

  it('keeps none for longer than its time, and not more than its capacity', () => {
    const expired: [string, number][] = [];
    const recent = new RecentTokens<number>(2, (...entry) => expired.push(entry), 1_000);
    recent.set('a', 1);
    jest.advanceTimersByTime(999);
    recent.set('b', 2);
    recent.set('c', 3);
    expect([recent.get('a'), recent.get('b'), recent.get('c'), recent.size]).toEqual([1, 2, undefined, 2]);
    expect(expired).toEqual([]);
    jest.advanceTimersByTime(1);
    expect(recent.size).toBe(0);
    expect(expired).toEqual([
      ['a', 1],
      ['b', 2],
    ]);
    recent.set('d', 4);
    expect(recent.get('d')).toBe(4);
    jest.advanceTimersByTime(1_000);
    expect(recent.size).toBe(0);
  });
});
