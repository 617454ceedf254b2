import { systemClock, type Clock } from '../../time/clock.js';
import { REVOCATION_DEFAULTS } from '../verifier-defaults.js';
import type { RevocationStore } from './revocation-store.js';

/** Options of a `MemoryRevocationStore`. */
export interface MemoryRevocationStoreOptions {
  /** Largest number of entries, some 200 bytes each. Default: 100,000. */
  readonly capacity?: number | undefined;
  readonly clock?: Clock | undefined;
}

interface Entry {
  readonly value: number;
  readonly expiresAt: number;
}

/**
 * Keeps revocations in this process: other instances do not see them, and a restart loses them.
 *
 * It is bounded. When it is full of entries that have not expired, it rejects further ones: dropping one would accept a
 * revoked token again.
 */
export class MemoryRevocationStore implements RevocationStore {
  readonly #entries = new Map<string, Entry>();
  readonly #capacity: number;
  readonly #clock: Clock;
  #firstExpiry = Infinity;

  constructor({ capacity, clock }: MemoryRevocationStoreOptions = {}) {
    this.#capacity = capacity ?? REVOCATION_DEFAULTS.memoryCapacity;
    this.#clock = clock ?? systemClock;
  }

  /** Number of entries, expired ones that were not dropped yet included. */
  get size(): number {
    return this.#entries.size;
  }

  /** The value of a key. */
  get(key: string): number | undefined {
    const entry = this.#entries.get(key);
    return entry !== undefined && entry.expiresAt > this.#clock() ? entry.value : undefined;
  }

  /** @throws RangeError if it is full. */
  set(key: string, value: number, ttl = Infinity): void {
    const now = this.#clock();
    if (this.#isFullFor(key)) {
      this.#dropExpired(now);
    }
    if (this.#isFullFor(key)) {
      throw new RangeError(
        `The in-memory revocation store is full (${this.#capacity} entries). Use a larger capacity or a shared store.`,
      );
    }
    this.#entries.set(key, { value, expiresAt: now + ttl });
    this.#firstExpiry = Math.min(this.#firstExpiry, now + ttl);
  }

  /** The values of several keys. */
  getMany(keys: readonly string[]): (number | undefined)[] {
    return keys.map((key) => this.get(key));
  }

  #isFullFor(key: string): boolean {
    return this.#entries.size >= this.#capacity && !this.#entries.has(key);
  }

  #dropExpired(now: number): void {
    if (this.#firstExpiry > now) {
      return;
    }
    this.#firstExpiry = Infinity;
    for (const [key, { expiresAt }] of this.#entries) {
      if (expiresAt <= now) {
        this.#entries.delete(key);
      } else {
        this.#firstExpiry = Math.min(this.#firstExpiry, expiresAt);
      }
    }
  }
}
