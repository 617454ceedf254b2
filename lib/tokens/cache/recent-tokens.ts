import { tailIndex } from './token-tail.js';

/** Milliseconds. */
const TTL = 1_000;

interface Entry<V> {
  readonly token: string;
  readonly value: V;
}

/**
 * Tokens of the last second, found by comparison: in a busy process that takes a third of the time of a digest. They
 * are kept in plain form, so they are few and kept briefly: a timer drops all of them together, counted from the first
 * one.
 */
export class RecentTokens<V> {
  readonly #entries = new Map<number, Entry<V>>();
  #isTimerRunning = false;

  /**
   * @param capacity - largest number of tokens; further ones are not kept.
   * @param onExpired - called for each token that is dropped because its time is over.
   * @param ttl - milliseconds.
   */
  constructor(
    private readonly capacity: number,
    private readonly onExpired: (token: string, value: V) => void = () => undefined,
    private readonly ttl = TTL,
  ) {}

  /** Number of tokens. */
  get size(): number {
    return this.#entries.size;
  }

  /** The value of exactly this token. */
  get(token: string): V | undefined {
    const entry = this.#entries.get(tailIndex(token));
    return entry?.token === token ? entry.value : undefined;
  }

  /**
   * Keeps a token unless the capacity is reached.
   *
   * @returns whether the token is kept.
   */
  set(token: string, value: V): boolean {
    if (this.#entries.size >= this.capacity) {
      return false;
    }
    this.#entries.set(tailIndex(token), { token, value });
    if (!this.#isTimerRunning) {
      this.#isTimerRunning = true;
      setTimeout(() => {
        this.#expire();
      }, this.ttl).unref();
    }
    return true;
  }

  /** All values. */
  values(): readonly V[] {
    return [...this.#entries.values()].map(({ value }) => value);
  }

  /** Drops a token. */
  delete(token: string): void {
    this.#entries.delete(tailIndex(token));
  }

  #expire(): void {
    this.#isTimerRunning = false;
    const expired = [...this.#entries.values()];
    this.#entries.clear();
    for (const { token, value } of expired) {
      this.onExpired(token, value);
    }
  }
}
