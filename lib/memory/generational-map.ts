/**
 * A map that never grows past its capacity and whose entries cost nothing to read. It keeps two generations: what is
 * written or found in the older one belongs to the younger one; when that has half the capacity, the older one is
 * dropped and the younger one takes its place. So an entry leaves only after half the capacity of others was used since.
 * `BoundedMap` forgets in the exact order instead, for which it has to write at each read.
 */
export class GenerationalMap<K, V> {
  readonly #half: number;
  #young = new Map<K, V>();
  #old = new Map<K, V>();

  /** @param capacity - the largest number of entries, a whole number of at least 1. */
  constructor(readonly capacity: number) {
    if (!Number.isSafeInteger(capacity) || capacity < 1) {
      throw new RangeError(`The capacity of a GenerationalMap is a whole number of at least 1, not ${capacity}.`);
    }
    this.#half = Math.max(1, Math.floor(capacity / 2));
  }

  get size(): number {
    return this.#young.size + this.#old.size;
  }

  get(key: K): V | undefined {
    const value = this.#young.get(key);
    return value === undefined ? this.#getOld(key) : value;
  }

  set(key: K, value: V): void {
    this.#old.delete(key);
    if (this.#young.size >= this.#half && !this.#young.has(key)) {
      // A capacity of 1 has no room for two generations.
      this.#old = this.capacity > this.#half ? this.#young : new Map<K, V>();
      this.#young = new Map();
    }
    this.#young.set(key, value);
  }

  delete(key: K): void {
    this.#young.delete(key);
    this.#old.delete(key);
  }

  #getOld(key: K): V | undefined {
    const value = this.#old.get(key);
    if (value !== undefined) {
      this.set(key, value);
    }
    return value;
  }
}
