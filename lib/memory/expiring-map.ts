import type { Clock } from '../time/clock.js';
import { BoundedMap } from './bounded-map.js';

interface Entry<V> {
  readonly value: V;
  readonly until: number;
}

/** A bounded map whose entries end: each after its own time, and the one used longest ago when the map is full. */
export class ExpiringMap<K, V> {
  readonly #entries: BoundedMap<K, Entry<V>>;

  /** @param capacity - the largest number of entries. */
  constructor(
    capacity: number,
    private readonly clock: Clock,
  ) {
    this.#entries = new BoundedMap(capacity);
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: K): V | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined || this.clock() < entry.until) {
      return entry?.value;
    }
    this.#entries.delete(key);
    return undefined;
  }

  /** @param lifetime - milliseconds. */
  set(key: K, value: V, lifetime: number): void {
    this.#entries.set(key, { value, until: this.clock() + lifetime });
  }

  delete(key: K): boolean {
    return this.#entries.delete(key);
  }
}
