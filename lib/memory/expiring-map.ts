import type { Clock } from '../time/clock.js';
import { isFresh } from '../time/is-fresh.js';
import { BoundedMap } from './bounded-map.js';

interface Entry<V> {
  readonly value: V;
  readonly setAt: number;
  /** Milliseconds. */
  readonly ttl: number;
}

/**
 * A least-recently-used (LRU) map whose entries also expire, each after its own time to live, and all that were set at a
 * time that the clock was since set back from.
 */
export class ExpiringMap<K, V> {
  readonly #entries: BoundedMap<K, Entry<V>>;

  /** @param capacity - the largest number of entries. */
  constructor(
    capacity: number,
    private readonly clock: Clock,
  ) {
    this.#entries = new BoundedMap(capacity);
  }

  /** Number of entries, expired ones that were not read since included. */
  get size(): number {
    return this.#entries.size;
  }

  /** The value of a key; `undefined` if it is missing or has expired. */
  get(key: K): V | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined || isFresh(entry.setAt, entry.ttl, this.clock())) {
      return entry?.value;
    }
    this.#entries.delete(key);
    return undefined;
  }

  /** @param ttl - milliseconds. */
  set(key: K, value: V, ttl: number): void {
    this.#entries.set(key, { value, setAt: this.clock(), ttl });
  }

  /** Deletes an entry. */
  delete(key: K): boolean {
    return this.#entries.delete(key);
  }
}
