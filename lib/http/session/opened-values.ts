import { GenerationalMap } from '../../memory/generational-map.js';
import { tailIndex } from '../../tokens/cache/token-tail.js';

interface Entry<V> {
  readonly value: string;
  readonly opened: V;
}

/**
 * Remembers what sealed values hold, and finds it by comparison: beside the tokens that were opened from it, a value in
 * memory reveals nothing more, and comparing it takes a fraction of the time of a digest. A value is authentic or not for as
 * long as its key is in use, so nothing here expires; limits are checked with each request.
 */
export class OpenedValues<V extends object> {
  readonly #entries: GenerationalMap<number, Entry<V>>;

  /** @param capacity - the largest number of values. */
  constructor(capacity: number) {
    this.#entries = new GenerationalMap(capacity);
  }

  /** What a value holds, if it was opened before. */
  recall(value: string): V | undefined {
    // The index only finds an entry; the whole value decides.
    const entry = this.#entries.get(tailIndex(value));
    return entry?.value === value ? entry.opened : undefined;
  }

  /** Remembers what a value holds. */
  remember(value: string, opened: V): void {
    this.#entries.set(tailIndex(value), { value, opened });
  }
}
