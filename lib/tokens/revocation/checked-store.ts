import type { CircuitBreaker } from './circuit-breaker.js';
import type { RevocationStore } from './revocation-store.js';

/** How a store is asked. */
export interface CheckedStoreOptions {
  readonly store: RevocationStore;
  /** Begins every key. Marks of several pools in one store must not meet. */
  readonly prefix: string;
  /** Shared by all who ask the same store. */
  readonly gate: CircuitBreaker;
  /** Is told when the store has lost the witness that it had: all marks are lost with it. */
  readonly onEmptied?: (() => void) | undefined;
}

/** A value to be kept, under a key without the prefix. */
export interface StoreEntry {
  readonly key: string;
  /** A larger value that the key has already stays. */
  readonly value: number;
  /** Milliseconds. */
  readonly ttl: number;
}

/** A key that is kept for good: where it is missing, so may be everything else. */
const SENTINEL_KEY = 'witness';

/** A number, or nothing. */
type Value = number | undefined;

/**
 * Reads from a store and writes to it without taking silence for "there is nothing". A `Keyv` swallows the failures of
 * its store unless told otherwise, and answers then as if no key existed: every revoked token would pass. So each
 * question asks for a witness as well, a key that must be there, and each write is read back.
 */
export class CheckedStore {
  readonly #options: CheckedStoreOptions;
  /** How many witnesses were seen so far, each after the loss of the one before. */
  #witnesses = 0;

  constructor(options: CheckedStoreOptions) {
    this.#options = options;
  }

  /** The values of several keys in one round trip, `undefined` for each that is missing. Rejects if the store fails. */
  async read(keys: readonly string[]): Promise<readonly Value[]> {
    return this.#options.gate.read(async () => this.#readWitnessed(keys));
  }

  /** Resolves once all entries can be read, with these values or larger ones. Rejects if the store fails. */
  async write(entries: readonly StoreEntry[]): Promise<void> {
    await this.#options.gate.write(async () => this.#writeAndReadBack(entries));
  }

  async #readWitnessed(keys: readonly string[]): Promise<readonly Value[]> {
    const asked = [SENTINEL_KEY, ...keys];
    const witnesses = this.#witnesses;
    let [witness, ...values] = await this.#getMany(asked);
    if (witness === undefined) {
      // A new store, one that was emptied, or one that is down and does not say so.
      await this.#options.store.set(this.#keyOf(SENTINEL_KEY), 1);
      [witness, ...values] = await this.#getMany(asked);
      if (witness === undefined) {
        throw new Error('The store of revocations does not have what was just written to it.');
      }
      this.#noticeLoss(witnesses);
    }
    this.#witnesses ||= 1;
    return values;
  }

  /** Of many who miss the witness at once, one tells; of those who began before there was any, none. */
  #noticeLoss(witnesses: number): void {
    if (witnesses > 0 && witnesses === this.#witnesses) {
      this.#witnesses += 1;
      this.#options.onEmptied?.();
    }
  }

  /** Reads first, for a mark that goes down, by a clock that is behind, would let in again what was refused. */
  async #writeAndReadBack(entries: readonly StoreEntry[]): Promise<void> {
    const { store } = this.#options;
    const keys = entries.map(({ key }) => key);
    const before = await this.#readWitnessed(keys);
    const marks = entries.map((entry, index) => ({ ...entry, value: Math.max(entry.value, before[index] ?? 0) }));
    await Promise.all(marks.map(({ key, value, ttl }) => store.set(this.#keyOf(key), value, ttl)));
    const written = await this.#getMany(keys);
    // Of two who write at once the later value may be the other's: values only grow.
    if (!marks.every(({ value }, index) => (written[index] ?? -Infinity) >= value)) {
      throw new Error('The store of revocations does not have what was just written to it.');
    }
  }

  async #getMany(keys: readonly string[]): Promise<readonly Value[]> {
    const { store } = this.#options;
    const names = keys.map((key) => this.#keyOf(key));
    const values: unknown =
      store.getMany === undefined
        ? await Promise.all(names.map((name) => store.get(name)))
        : await store.getMany(names);
    if (!Array.isArray(values) || values.length !== keys.length) {
      throw new TypeError('The store of revocations gave another number of values than it was asked for.');
    }
    return values.map(numberOf);
  }

  #keyOf(key: string): string {
    return `${this.#options.prefix}:${key}`;
  }
}

/** Some stores keep texts alone and give numbers back as such. */
function numberOf(value: unknown): Value {
  if (value === undefined || value === null) {
    return undefined;
  }
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) {
    throw new TypeError('The store of revocations holds a mark that is not a number.');
  }
  return number;
}
