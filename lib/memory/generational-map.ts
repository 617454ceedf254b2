/**
 * A bounded map that approximates least-recently-used (LRU) eviction with two generations, so that a read of a recent
 * entry writes nothing. An entry that is written, or found in the old generation, goes to the young one. When that holds
 * half the capacity, the old generation is dropped and the young one takes its place: an entry is evicted only after half
 * the capacity of others was used since. `BoundedMap` evicts in the exact order, and writes with every read.
 */
export class GenerationalMap<K, V> {
  readonly #half: number;
  #young = new Map<K, V>();
  #old = new Map<K, V>();

  /** @param capacity - the largest number of entries, an integer of at least 1. */
  constructor(readonly capacity: number) {
    if (!Number.isSafeInteger(capacity) || capacity < 1) {
      throw new RangeError(`The capacity of a GenerationalMap must be an integer of at least 1, not ${capacity}.`);
    }
    this.#half = Math.max(1, Math.floor(capacity / 2));
  }

  /** Number of entries. */
  get size(): number {
    return this.#young.size + this.#old.size;
  }

  /** The value of a key. */
  get(key: K): V | undefined {
    const value = this.#young.get(key);
    return value === undefined ? this.#promote(key) : value;
  }

  /** Sets an entry in the young generation. */
  set(key: K, value: V): void {
    this.#old.delete(key);
    if (this.#young.size >= this.#half && !this.#young.has(key)) {
      // A capacity of 1 has no room for two generations.
      this.#old = this.capacity > this.#half ? this.#young : new Map<K, V>();
      this.#young = new Map();
    }
    this.#young.set(key, value);
  }

  /** Deletes an entry. */
  delete(key: K): void {
    this.#young.delete(key);
    this.#old.delete(key);
  }

  #promote(key: K): V | undefined {
    const value = this.#old.get(key);
    if (value !== undefined) {
      this.set(key, value);
    }
    return value;
  }
}
