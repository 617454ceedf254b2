import fc from 'fast-check';

import { SortedIndex } from '../../lib/memory/sorted-index.js';

type Entry = readonly [key: string, number: number];

const KEY = fc.constantFrom('', 'a', 'ab', 'abc', 'b', '\u{1f600}', '\uffff');
const NUMBER = fc.integer({ min: 1, max: 3_000 });
const ENTRIES = fc.uniqueArray(fc.tuple(KEY, NUMBER), {
  maxLength: 2_000,
  size: 'max',
  selector: ([key, number]) => `${key}/${number}`,
});

function inOrder(entries: readonly Entry[]): Entry[] {
  return [...entries].sort(([a, m], [b, n]) => (a === b ? m - n : a < b ? -1 : 1));
}

function contentOf(index: SortedIndex<Entry>, key = '', number = 0): Entry[] {
  return [...index.from({ key, number })].map(({ value }) => value);
}

describe('SortedIndex', () => {
  it('has its entries in order, whether they came at once or one after the other, and whatever was removed', () => {
    fc.assert(
      fc.property(ENTRIES, ENTRIES, fc.array(fc.nat(3_999), { maxLength: 500 }), (first, later, removed) => {
        const index = new SortedIndex(first.map((entry) => ({ key: entry[0], number: entry[1], value: entry })));
        const known = new Map(first.map((entry) => [entry.join('/'), entry]));
        for (const entry of later.filter((each) => !known.has(each.join('/')))) {
          index.add(entry[0], entry[1], entry);
          known.set(entry.join('/'), entry);
        }
        const all = [...known.values()];
        for (const [key, number] of removed.flatMap((at) => (all[at] === undefined ? [] : [all[at]]))) {
          index.remove(key, number);
          known.delete(`${key}/${number}`);
        }
        expect(contentOf(index)).toEqual(inOrder([...known.values()]));
      }),
      { numRuns: 30 },
    );
  });

  it('continues after any position, also one that is no longer there', () => {
    fc.assert(
      fc.property(ENTRIES, KEY, NUMBER, (entries, key, number) => {
        const index = new SortedIndex(entries.map((entry) => ({ key: entry[0], number: entry[1], value: entry })));
        const expected = inOrder(entries).filter(([k, n]) => k > key || (k === key && n >= number));
        expect(contentOf(index, key, number)).toEqual(expected);
        const latest = inOrder(entries).filter(([k]) => k === key);
        expect([...index.latest(key)]).toEqual(latest.reverse());
      }),
      { numRuns: 50 },
    );
  });
});
