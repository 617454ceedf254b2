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
   * @param ttl - milliseconds.
   */
  constructor(
    private readonly capacity: number,
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

  /** Keeps a token unless the capacity is reached. */
  set(token: string, value: V): void {
    if (this.#entries.size >= this.capacity) {
      return;
    }
    this.#entries.set(tailIndex(token), { token, value });
    if (!this.#isTimerRunning) {
      this.#isTimerRunning = true;
      setTimeout(() => {
        this.#isTimerRunning = false;
        this.#entries.clear();
      }, this.ttl).unref();
    }
  }

  /** Drops a token. */
  delete(token: string): void {
    this.#entries.delete(tailIndex(token));
  }
}
