/** How many characters at the end of a token tell it from all others: more than 256 bits of its signature. */
const TAIL_LENGTH = 43;

interface Entry<V> {
  readonly token: string;
  readonly value: V;
}

/**
 * Tokens of the last moment, found by comparing them: inside a busy process that takes a third of what a digest takes.
 * They are kept as they are, so they are few and not kept for long: a timer forgets all of them together, counted from
 * when the first of them came.
 */
export class RecentTokens<V> {
  readonly #entries = new Map<string, Entry<V>>();
  #isEnding = false;

  /**
   * @param capacity - largest number of tokens; more are not kept.
   * @param keepFor - milliseconds.
   */
  constructor(
    private readonly capacity: number,
    private readonly keepFor = 1_000,
  ) {}

  get size(): number {
    return this.#entries.size;
  }

  get(token: string): V | undefined {
    // The end alone finds an entry, the whole token is what it takes to match it.
    const entry = this.#entries.get(token.slice(-TAIL_LENGTH));
    return entry?.token === token ? entry.value : undefined;
  }

  set(token: string, value: V): void {
    if (this.#entries.size >= this.capacity) {
      return;
    }
    this.#entries.set(token.slice(-TAIL_LENGTH), { token, value });
    if (!this.#isEnding) {
      this.#isEnding = true;
      setTimeout(() => {
        this.#isEnding = false;
        this.#entries.clear();
      }, this.keepFor).unref();
    }
  }

  delete(token: string): void {
    this.#entries.delete(token.slice(-TAIL_LENGTH));
  }
}
