/**
 * A map with a capacity whose entries have owners, so that all entries of an owner can be removed at once. When it is
 * full, the oldest entry is evicted.
 */
export class OwnedMap<V> {
  readonly #entries = new Map<string, { readonly value: V; readonly owner: string }>();
  readonly #owned = new Map<string, Set<string>>();

  /** @param capacity - the largest number of entries. */
  constructor(private readonly capacity: number) {}

  /** Number of entries. */
  get size(): number {
    return this.#entries.size;
  }

  get(key: string): V | undefined {
    return this.#entries.get(key)?.value;
  }

  /** Sets an entry, which becomes the newest one. */
  set(key: string, value: V, owner: string): void {
    this.delete(key);
    this.#entries.set(key, { value, owner });
    const keys = this.#owned.get(owner);
    if (keys === undefined) {
      this.#owned.set(owner, new Set([key]));
    } else {
      keys.add(key);
    }
    if (this.#entries.size > this.capacity) {
      const [oldest = key] = this.#entries.keys();
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    const owner = this.#entries.get(key)?.owner;
    if (owner === undefined) {
      return;
    }
    this.#entries.delete(key);
    const keys = this.#owned.get(owner);
    keys?.delete(key);
    if (keys?.size === 0) {
      this.#owned.delete(owner);
    }
  }

  /** The values of an owner, oldest first. */
  of(owner: string): V[] {
    return [...(this.#owned.get(owner) ?? [])].flatMap((key) => this.get(key) ?? []);
  }

  /** Removes the oldest entries for as long as they are over. */
  prune(isOver: (value: V) => boolean): void {
    for (const [key, { value }] of this.#entries) {
      if (!isOver(value)) {
        return;
      }
      this.delete(key);
    }
  }

  /** Removes all entries of an owner. */
  forget(owner: string): void {
    for (const key of this.#owned.get(owner) ?? []) {
      this.delete(key);
    }
  }
}
