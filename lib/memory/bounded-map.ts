/**
 * A least-recently-used (LRU) map with a capacity: when it is full, the entry that was read or written longest ago is
 * evicted. It relies on `Map` keeping insertion order: an entry that is used moves to the end.
 */
export class BoundedMap<K, V> {
  readonly #entries = new Map<K, V>();

  /** @param capacity - the largest number of entries, an integer of at least 1. */
  constructor(readonly capacity: number) {
    if (!Number.isSafeInteger(capacity) || capacity < 1) {
      throw new RangeError(`The capacity of a BoundedMap must be an integer of at least 1, not ${capacity}.`);
    }
  }

  /** Number of entries. */
  get size(): number {
    return this.#entries.size;
  }

  /** Reads an entry, which becomes the most recently used one. */
  get(key: K): V | undefined {
    const value = this.#entries.get(key);
    if (value !== undefined) {
      this.#entries.delete(key);
      this.#entries.set(key, value);
    }
    return value;
  }

  /** Reads an entry, which keeps its place in the order. */
  peek(key: K): V | undefined {
    return this.#entries.get(key);
  }

  /** Sets an entry. Setting an existing key evicts no other entry. */
  set(key: K, value: V): void {
    this.#entries.delete(key);
    if (this.#entries.size >= this.capacity) {
      this.#evictOldest();
    }
    this.#entries.set(key, value);
  }

  /** All values, the least recently used first. Keeps the order. */
  values(): IterableIterator<V> {
    return this.#entries.values();
  }

  /** All entries, the least recently used first. Keeps the order. */
  entries(): IterableIterator<[K, V]> {
    return this.#entries.entries();
  }

  /** Deletes an entry. */
  delete(key: K): boolean {
    return this.#entries.delete(key);
  }

  /** Deletes all entries. */
  clear(): void {
    this.#entries.clear();
  }

  #evictOldest(): void {
    const oldest = this.#entries.keys().next();
    if (oldest.done !== true) {
      this.#entries.delete(oldest.value);
    }
  }
}
