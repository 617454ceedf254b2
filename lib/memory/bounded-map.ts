/**
 * A map that never grows past its capacity: when it is full, the entry that was read or written longest ago leaves.
 * It relies on `Map` keeping insertion order: whatever is touched is moved to the end.
 */
export class BoundedMap<K, V> {
  readonly #entries = new Map<K, V>();

  /** @param capacity - the largest number of entries, a whole number of at least 1. */
  constructor(readonly capacity: number) {
    if (!Number.isSafeInteger(capacity) || capacity < 1) {
      throw new RangeError(`The capacity of a BoundedMap is a whole number of at least 1, not ${capacity}.`);
    }
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: K): V | undefined {
    const value = this.#entries.get(key);
    if (value !== undefined) {
      this.#entries.delete(key);
      this.#entries.set(key, value);
    }
    return value;
  }

  /** Reads without touching: the entry keeps its place in the order, and is no younger for it. */
  peek(key: K): V | undefined {
    return this.#entries.get(key);
  }

  /** Sets an entry. Setting a key again never pushes another one out. */
  set(key: K, value: V): void {
    this.#entries.delete(key);
    if (this.#entries.size >= this.capacity) {
      this.#dropOldest();
    }
    this.#entries.set(key, value);
  }

  /** All values, the one touched longest ago first. Looking at them touches none. */
  values(): IterableIterator<V> {
    return this.#entries.values();
  }

  delete(key: K): boolean {
    return this.#entries.delete(key);
  }

  clear(): void {
    this.#entries.clear();
  }

  #dropOldest(): void {
    const oldest = this.#entries.keys().next();
    if (oldest.done !== true) {
      this.#entries.delete(oldest.value);
    }
  }
}
