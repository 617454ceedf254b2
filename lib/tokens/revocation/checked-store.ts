import { readMany } from '../../memory/read-many.js';
import type { CircuitBreaker } from './circuit-breaker.js';
import type { RevocationStore } from './revocation-store.js';

/** Options of a `CheckedStore`. */
export interface CheckedStoreOptions {
  readonly store: RevocationStore;
  /** Prefix of every key: keeps the entries of several pools in one store apart. */
  readonly prefix: string;
  /** Shared by all who use the same store. */
  readonly circuitBreaker: CircuitBreaker;
  /** Called when the store has lost its sentinel key, and so all entries. */
  readonly onEmptied?: (() => void) | undefined;
}

/** An entry to write. */
export interface StoreEntry {
  /** Without the prefix. */
  readonly key: string;
  /** The key keeps a larger value that it already has. */
  readonly value: number;
  /** Milliseconds. */
  readonly ttl: number;
}

type Value = number | undefined;

/** A key that never expires. If it is missing, everything else may be missing too. */
const SENTINEL_KEY = 'sentinel';

/**
 * Reads and writes a store without mistaking a failure for "no such key". A `Keyv` hides the failures of its store
 * unless configured otherwise, and answers as if no key existed: every revoked token would be accepted. So each read
 * includes a sentinel key that must exist, and each write is read back.
 */
export class CheckedStore {
  readonly #options: CheckedStoreOptions;
  /** Number of sentinels seen, each after the loss of the one before. */
  #sentinels = 0;

  constructor(options: CheckedStoreOptions) {
    this.#options = options;
  }

  /**
   * The values of several keys in one round trip, `undefined` for each that is missing.
   *
   * @throws Error if the store fails.
   */
  async read(keys: readonly string[]): Promise<readonly Value[]> {
    return this.#options.circuitBreaker.read(async () => this.#readWithSentinel(keys));
  }

  /**
   * Resolves once all entries can be read, with these values or larger ones.
   *
   * @throws Error if the store fails.
   */
  async write(entries: readonly StoreEntry[]): Promise<void> {
    await this.#options.circuitBreaker.write(async () => this.#writeAndReadBack(entries));
  }

  async #readWithSentinel(keys: readonly string[]): Promise<readonly Value[]> {
    const allKeys = [SENTINEL_KEY, ...keys];
    const sentinels = this.#sentinels;
    let [sentinel, ...values] = await this.#getMany(allKeys);
    if (sentinel === undefined) {
      // The store is new, was emptied, or is down and hides it.
      await this.#options.store.set(this.#prefixed(SENTINEL_KEY), 1);
      [sentinel, ...values] = await this.#getMany(allKeys);
      if (sentinel === undefined) {
        throw new Error('The revocation store did not return the entry that was just written.');
      }
      this.#reportLoss(sentinels);
    }
    this.#sentinels ||= 1;
    return values;
  }

  /** Of many reads that miss the sentinel at once, one reports it; of those that began before there was one, none. */
  #reportLoss(sentinels: number): void {
    if (sentinels > 0 && sentinels === this.#sentinels) {
      this.#sentinels += 1;
      this.#options.onEmptied?.();
    }
  }

  /** Reads first: an entry that a slow clock made smaller would accept again what was revoked. */
  async #writeAndReadBack(entries: readonly StoreEntry[]): Promise<void> {
    const { store } = this.#options;
    const keys = entries.map(({ key }) => key);
    const before = await this.#readWithSentinel(keys);
    const updates = entries.map((entry, index) => ({ ...entry, value: Math.max(entry.value, before[index] ?? 0) }));
    await Promise.all(updates.map(({ key, value, ttl }) => store.set(this.#prefixed(key), value, ttl)));
    const written = await this.#getMany(keys);
    // Of two concurrent writes the other's value may be the later one: values only grow.
    if (!updates.every(({ value }, index) => (written[index] ?? -Infinity) >= value)) {
      throw new Error('The revocation store did not return the entry that was just written.');
    }
  }

  async #getMany(keys: readonly string[]): Promise<readonly Value[]> {
    const names = keys.map((key) => this.#prefixed(key));
    const values = await readMany(this.#options.store, names, 'revocation store');
    return values.map(toNumber);
  }

  #prefixed(key: string): string {
    return `${this.#options.prefix}:${key}`;
  }
}

/** Some stores keep strings only. */
function toNumber(value: unknown): Value {
  if (value === undefined || value === null) {
    return undefined;
  }
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) {
    throw new TypeError('The revocation store contains an entry that is not a number.');
  }
  return number;
}
