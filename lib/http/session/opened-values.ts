import { hash } from 'node:crypto';

import { GenerationalMap } from '../../memory/generational-map.js';
import { RecentTokens } from '../../tokens/cache/recent-tokens.js';
import { tailIndex } from '../../tokens/cache/token-tail.js';

interface Entry<V> {
  /** SHA-256 of the value, as a binary string. */
  readonly digest: string;
  readonly opened: V;
}

interface Recent<V> {
  readonly opened: V;
  /** Whether it is kept by its digest as well. */
  readonly isDigested: boolean;
}

/** Some 5 kB each. */
const MAX_RECENT = 500;

/**
 * Remembers what sealed values hold, by their SHA-256 digest, and for a second by comparison, as `VerifiedTokenCache` does
 * with tokens. A value is authentic or not for as long as its key is in use, so nothing here expires; limits are checked
 * with each request.
 */
export class OpenedValues<V extends object> {
  readonly #entries: GenerationalMap<number, Entry<V>>;
  readonly #recent: RecentTokens<Recent<V>>;

  /** @param capacity - the largest number of values. */
  constructor(capacity: number) {
    const recent = Math.min(Math.floor(capacity / 2), MAX_RECENT);
    this.#entries = new GenerationalMap(capacity - recent);
    this.#recent = new RecentTokens(recent, (value, { opened, isDigested }) => {
      if (!isDigested) {
        this.#keep(value, opened);
      }
    });
  }

  /** What a value holds, if it was opened before. */
  recall(value: string): V | undefined {
    return this.#recent.get(value)?.opened ?? this.#recallByDigest(value);
  }

  /** Remembers what a value holds. */
  remember(value: string, opened: V): void {
    if (!this.#recent.set(value, { opened, isDigested: false })) {
      this.#keep(value, opened);
    }
  }

  #keep(value: string, opened: V): void {
    this.#entries.set(tailIndex(value), { digest: digestOf(value), opened });
  }

  #recallByDigest(value: string): V | undefined {
    const entry = this.#entries.get(tailIndex(value));
    if (entry === undefined) {
      return undefined;
    }
    // The index only finds an entry; the digest of the whole value decides.
    if (entry.digest !== digestOf(value)) {
      return undefined;
    }
    this.#recent.set(value, { opened: entry.opened, isDigested: true });
    return entry.opened;
  }
}

function digestOf(value: string): string {
  return hash('sha256', value, 'binary');
}
