import { systemClock, type Clock } from '../../time/clock.js';
import type { RevocationStore } from './revocation-store.js';

interface Entry {
  readonly value: number;
  readonly expires: number;
}

/**
 * Keeps revocations in this process: other instances do not see them, and a restart forgets them.
 *
 * It is bounded. When it is full of marks that still count, it takes no more and says so: letting one go would let a
 * revoked token in again.
 */
export class MemoryRevocationStore implements RevocationStore {
  readonly #entries = new Map<string, Entry>();
  readonly #capacity: number;
  readonly #clock: Clock;
  #firstExpiry = Infinity;

  /** @param options - `capacity`: largest number of marks, some 200 bytes each. Default 100,000. */
  constructor({ capacity = 100_000, clock = systemClock }: { capacity?: number; clock?: Clock } = {}) {
    this.#capacity = capacity;
    this.#clock = clock;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: string): number | undefined {
    const entry = this.#entries.get(key);
    return entry !== undefined && entry.expires > this.#clock() ? entry.value : undefined;
  }

  /** @throws RangeError if it is full. */
  set(key: string, value: number, ttl = Infinity): void {
    const now = this.#clock();
    if (this.#entries.size >= this.#capacity && !this.#entries.has(key)) {
      this.#dropExpired(now);
    }
    if (this.#entries.size >= this.#capacity && !this.#entries.has(key)) {
      throw new RangeError(`The memory for revocations is full: it holds ${String(this.#capacity)} marks.`);
    }
    this.#entries.set(key, { value, expires: now + ttl });
    this.#firstExpiry = Math.min(this.#firstExpiry, now + ttl);
  }

  getMany(keys: readonly string[]): (number | undefined)[] {
    return keys.map((key) => this.get(key));
  }

  #dropExpired(now: number): void {
    if (this.#firstExpiry > now) {
      return;
    }
    this.#firstExpiry = Infinity;
    for (const [key, { expires }] of this.#entries) {
      if (expires <= now) {
        this.#entries.delete(key);
      } else {
        this.#firstExpiry = Math.min(this.#firstExpiry, expires);
      }
    }
  }
}
