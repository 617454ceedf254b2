import { MandateConfigurationError } from '../../errors/configuration-error.js';
import { MandateError } from '../../errors/mandate-error.js';
import { readMany } from '../../memory/read-many.js';
import type { Clock } from '../../time/clock.js';
import { CircuitBreaker } from '../../tokens/revocation/circuit-breaker.js';
import { hidesFailures } from '../../tokens/revocation/keyv-adapter.js';
import type { BrowserSessionStore } from './browser-session-store.js';

/** Options of a `SessionStore`. */
export interface SessionStoreOptions {
  readonly store: BrowserSessionStore;
  /** Prefix of every key: keeps the sessions of several pools in one store apart. */
  readonly prefix: string;
  /** Milliseconds. */
  readonly timeout: number;
  readonly clock: Clock;
  /** Called when the store has lost its sentinel key, and so all sessions. */
  readonly onEmptied?: (() => void) | undefined;
}

type Value = string | undefined;

/** Requests that wait for the same round trip. */
interface Batch {
  readonly keys: Set<string>;
  readonly values: Promise<ReadonlyMap<string, Value>>;
}

/** A key that never expires. If it is missing, everything else may be missing too. */
const SENTINEL_KEY = 'sentinel';
/** Operations that may be pending at once. */
const CAPACITY = 10_000;

/**
 * Reads and writes the store without mistaking a failure for "no such session". A `Keyv` hides the failures of its store
 * unless configured otherwise, and answers as if no key existed: everybody would be signed out. So each read includes a
 * sentinel key that must exist, and each write is read back. Reads of one turn of the event loop share a round trip.
 */
export class SessionStore {
  readonly #options: SessionStoreOptions;
  readonly #circuitBreaker: CircuitBreaker;
  #batch: Batch | undefined;
  #hasSeenSentinel = false;

  /** @throws MandateConfigurationError for a Keyv whose adapter lacks `getMany`: it hides failures. */
  constructor(options: SessionStoreOptions) {
    const { store, timeout, clock } = options;
    if (hidesFailures(store)) {
      throw new MandateConfigurationError(
        'session.store',
        'must not be a Keyv whose adapter lacks getMany(), because it hides failures. Use an adapter with getMany(), such as @keyv/redis',
      );
    }
    this.#options = options;
    this.#circuitBreaker = new CircuitBreaker({ timeout, clock, capacity: CAPACITY, subject: 'session store' });
  }

  /**
   * The values of several keys, `undefined` for each that is missing.
   *
   * @throws MandateError SESSION_STORE_UNAVAILABLE
   */
  async read(keys: readonly string[]): Promise<readonly Value[]> {
    const batch = (this.#batch ??= this.#startBatch());
    keys.forEach((key) => batch.keys.add(key));
    const values = await batch.values;
    return keys.map((key) => values.get(key));
  }

  /**
   * Resolves once the value can be read.
   *
   * @param ttl - milliseconds.
   * @throws MandateError SESSION_STORE_UNAVAILABLE
   */
  async write(key: string, value: string, ttl: number): Promise<void> {
    await this.#guarded(async () => {
      if ((await this.#writeAndReadBack(key, value, ttl)) !== value) {
        throw new Error('The session store did not return the entry that was just written.');
      }
    });
  }

  /**
   * Writes a value that several instances may write at once.
   *
   * @param ttl - milliseconds.
   * @returns the value of the instance that came last.
   * @throws MandateError SESSION_STORE_UNAVAILABLE
   */
  async contend(key: string, value: string, ttl: number): Promise<string> {
    return this.#guarded(async () => {
      const winner = await this.#writeAndReadBack(key, value, ttl);
      if (winner === undefined) {
        throw new Error('The session store did not return the entry that was just written.');
      }
      return winner;
    });
  }

  /**
   * Resolves once the key is gone.
   *
   * @throws MandateError SESSION_STORE_UNAVAILABLE
   */
  async delete(key: string): Promise<void> {
    await this.#guarded(async () =>
      this.#circuitBreaker.write(async () => {
        await this.#options.store.delete(this.#prefixed(key));
      }),
    );
  }

  async #writeAndReadBack(key: string, value: string, ttl: number): Promise<Value> {
    return this.#circuitBreaker.write(async () => {
      await this.#options.store.set(this.#prefixed(key), value, Math.max(1, Math.ceil(ttl)));
      return (await this.#getMany([key]))[0];
    });
  }

  #startBatch(): Batch {
    const keys = new Set<string>();
    const values = new Promise<void>((resolve) => setImmediate(resolve)).then(async () => {
      this.#batch = undefined;
      const names = [...keys];
      const found = await this.#guarded(async () =>
        this.#circuitBreaker.read(async () => this.#readWithSentinel(names)),
      );
      return new Map(names.map((name, index) => [name, found[index]]));
    });
    return { keys, values };
  }

  async #guarded<T>(operation: () => Promise<T>): Promise<T> {
    try {
      return await operation();
    } catch (cause) {
      throw new MandateError(
        'SESSION_STORE_UNAVAILABLE',
        'The sessions are unavailable at the moment. You are still signed in; try again.',
        { cause },
      );
    }
  }

  async #readWithSentinel(keys: readonly string[]): Promise<readonly Value[]> {
    const allKeys = [SENTINEL_KEY, ...keys];
    let [sentinel, ...values] = await this.#getMany(allKeys);
    if (sentinel === undefined) {
      // The store is new, was emptied, or is down and hides it.
      await this.#options.store.set(this.#prefixed(SENTINEL_KEY), '1');
      [sentinel, ...values] = await this.#getMany(allKeys);
      if (sentinel === undefined) {
        throw new Error('The session store did not return the entry that was just written.');
      }
      if (this.#hasSeenSentinel) {
        this.#options.onEmptied?.();
      }
    }
    this.#hasSeenSentinel = true;
    return values;
  }

  async #getMany(keys: readonly string[]): Promise<readonly Value[]> {
    const names = keys.map((key) => this.#prefixed(key));
    const values = await readMany(this.#options.store, names, 'session store');
    return values.map((value: unknown) => (typeof value === 'string' ? value : undefined));
  }

  #prefixed(key: string): string {
    return `${this.#options.prefix}:${key}`;
  }
}
