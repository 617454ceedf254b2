/** A place in a `SortedIndex`. Entries of the same key are in the order of their numbers. */
export interface IndexPosition {
  readonly key: string;
  readonly number: number;
}

/** An entry of a `SortedIndex`. */
export interface IndexEntry<V> extends IndexPosition {
  readonly value: V;
}

/** A chunk that grows beyond this is split. */
const MAX_CHUNK = 512;

/**
 * Entries in the order of their keys and numbers, for lookups by key, by prefix and after a position. The entries lie in
 * sorted chunks of bounded size, so that every operation costs about the same whatever the size of the index.
 */
export class SortedIndex<V> {
  readonly #chunks: IndexEntry<V>[][] = [];

  /** @param entries - what it holds from the start, in any order: much faster than one after the other. */
  constructor(entries: readonly IndexEntry<V>[] = []) {
    const sorted = [...entries].sort(compare);
    for (let start = 0; start < sorted.length; start += MAX_CHUNK / 2) {
      this.#chunks.push(sorted.slice(start, start + MAX_CHUNK / 2));
    }
  }

  /** Adds an entry. The pair of key and number must be new. */
  add(key: string, number: number, value: V): void {
    const entry = { key, number, value };
    const at = Math.min(this.#chunkOf(entry), this.#chunks.length - 1);
    const chunk = this.#chunks[at];
    if (chunk === undefined) {
      this.#chunks.push([entry]);
      return;
    }
    chunk.splice(lowerBound(chunk, entry), 0, entry);
    if (chunk.length > MAX_CHUNK) {
      this.#chunks.splice(at + 1, 0, chunk.splice(chunk.length / 2));
    }
  }

  /** Removes an entry, if it is there. */
  remove(key: string, number: number): void {
    const position = { key, number };
    const at = this.#chunkOf(position);
    const chunk = this.#chunks[at] ?? [];
    const index = lowerBound(chunk, position);
    if (chunk[index] === undefined || compare(chunk[index], position) !== 0) {
      return;
    }
    chunk.splice(index, 1);
    if (chunk.length === 0) {
      this.#chunks.splice(at, 1);
    }
  }

  /** The entries at or after a position, in order. The index must not change meanwhile. */
  *from(position: IndexPosition): Generator<IndexEntry<V>, void> {
    let at = this.#chunkOf(position);
    let index = lowerBound(this.#chunks[at] ?? [], position);
    for (let chunk = this.#chunks[at]; chunk !== undefined; chunk = this.#chunks[++at]) {
      yield* chunk.slice(index);
      index = 0;
    }
  }

  /** The values of a key, the highest number first. The index must not change meanwhile. */
  *latest(key: string): Generator<V, void> {
    const end = { key, number: Infinity };
    let at = this.#chunkOf(end);
    let index = lowerBound(this.#chunks[at] ?? [], end);
    for (;;) {
      const entry = this.#chunks[at]?.[--index];
      if (entry?.key === key) {
        yield entry.value;
      } else if (entry === undefined && at > 0) {
        index = this.#chunks[--at]?.length ?? 0;
      } else {
        return;
      }
    }
  }

  /** The first chunk whose last entry is not before the position. */
  #chunkOf(position: IndexPosition): number {
    return search(this.#chunks.length, (index) => {
      const last = this.#chunks[index]?.at(-1);
      return last !== undefined && compare(last, position) >= 0;
    });
  }
}

function lowerBound(chunk: readonly IndexPosition[], position: IndexPosition): number {
  return search(chunk.length, (index) => {
    const entry = chunk[index];
    return entry !== undefined && compare(entry, position) >= 0;
  });
}

/** The first index below `end` for which the condition holds, else `end`. It must hold for all indexes after it. */
function search(end: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = end;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

/** By UTF-16 code units, so that the entries with a prefix follow one another. */
function compare(a: IndexPosition, b: IndexPosition): number {
  if (a.key !== b.key) {
    return a.key < b.key ? -1 : 1;
  }
  return a.number - b.number;
}
