import { GenerationalMap } from '../../lib/memory/generational-map.js';

describe('GenerationalMap', () => {
  it.each([1, 2, 3, 10, 101])('never holds more than %p entries, and always the one of last', (capacity) => {
    const map = new GenerationalMap<number, number>(capacity);
    for (let i = 0; i < 1_000; i++) {
      map.set(i, i);
      expect(map.size).toBeLessThanOrEqual(capacity);
      expect(map.get(i)).toBe(i);
    }
  });

  it('keeps what is used while half the capacity of others comes', () => {
    const map = new GenerationalMap<string, number>(10);
    map.set('used', 1);
    map.set('unused', 2);
    for (let i = 0; i < 1_000; i++) {
      map.set(`other-${i}`, i);
      expect(map.get('used')).toBe(1);
    }
    expect(map.get('unused')).toBeUndefined();
  });

  it('keeps all of half the capacity, whatever else came before', () => {
    const map = new GenerationalMap<number, number>(10);
    for (let i = 0; i < 100; i++) {
      map.set(i, i);
    }
    expect([95, 96, 97, 98, 99].map((key) => map.get(key))).toEqual([95, 96, 97, 98, 99]);
  });

  it('sets again and forgets in either generation', () => {
    const map = new GenerationalMap<string, number>(4);
    for (const key of ['a', 'b', 'c']) {
      map.set(key, 1);
    }
    map.set('a', 2);
    map.set('c', 3);
    expect([map.get('a'), map.get('b'), map.get('c'), map.size]).toEqual([2, 1, 3, 3]);
    map.delete('a');
    map.delete('c');
    expect([map.get('a'), map.get('b'), map.get('c'), map.size]).toEqual([undefined, 1, undefined, 1]);
  });

  it.each([0, -1, 1.5, Number.NaN])('refuses a capacity of %p', (capacity) => {
    expect(() => new GenerationalMap(capacity)).toThrow(RangeError);
  });
});
