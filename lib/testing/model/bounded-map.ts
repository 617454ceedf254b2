/** A map that forgets its oldest entries beyond a size, so that a server that runs for weeks does not grow. */
export class BoundedMap<Key, Value> {
  private readonly entries = new Map<Key, Value>();

  constructor(private readonly limit: number) {}

  get size(): number {
    return this.entries.size;
  }

  get(key: Key): Value | undefined {
    return this.entries.get(key);
  }

  set(key: Key, value: Value): void {
    this.entries.delete(key);
    this.entries.set(key, value);
    for (const oldest of this.entries.keys()) {
      if (this.entries.size <= this.limit) {
        return;
      }
      this.entries.delete(oldest);
    }
  }

  delete(key: Key): boolean {
    return this.entries.delete(key);
  }

  values(): IterableIterator<Value> {
    return this.entries.values();
  }
}
