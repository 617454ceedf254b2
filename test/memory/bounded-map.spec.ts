import { BoundedMap } from '../../lib/memory/bounded-map.js';

describe('BoundedMap', () => {
  it('drops what was used longest ago when it is full', () => {
    const map = new BoundedMap<string, number>(2);
    map.set('a', 1);
    map.set('b', 2);
    expect(map.get('a')).toBe(1);
    map.set('c', 3);

    expect(map.get('b')).toBeUndefined();
    expect([map.get('a'), map.get('c'), map.size]).toEqual([1, 3, 2]);
  });

  it('lists the one touched longest ago first, and leaves the order alone when it is only looked at', () => {
    const map = new BoundedMap<string, number>(3);
    map.set('a', 1);
    map.set('b', 2);
    map.set('c', 3);
    expect([map.peek('a'), map.peek('unknown')]).toEqual([1, undefined]);
    expect([...map.values()]).toEqual([1, 2, 3]);
    map.get('a');
    expect([...map.values()]).toEqual([2, 3, 1]);
  });

  it('does not push another entry out when a key is set again', () => {
    const map = new BoundedMap<string, number>(2);
    map.set('a', 1);
    map.set('b', 2);
    map.set('b', 3);

    expect([map.get('a'), map.get('b')]).toEqual([1, 3]);
  });

  it('never grows past its capacity', () => {
    const map = new BoundedMap<number, number>(10);
    for (let i = 0; i < 1_000; i++) {
      map.set(i, i);
    }
    expect(map.size).toBe(10);
  });

  it('forgets on request', () => {
    const map = new BoundedMap<string, number>(2);
    map.set('a', 1);
    map.set('b', 2);
    expect(map.delete('a')).toBe(true);
    expect(map.get('a')).toBeUndefined();
    map.clear();
    expect(map.size).toBe(0);
  });

  it.each([0, -1, 1.5, Number.NaN])('refuses a capacity of %p', (capacity) => {
    expect(() => new BoundedMap(capacity)).toThrow(RangeError);
  });
});
