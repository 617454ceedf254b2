import { touch, type TrackedRecords } from './unit-of-work.js';

/** Options of a `RecordMap`. */
export interface RecordMapOptions<V> {
  /** The part of a value that is stored. Default: all of it. */
  readonly stored?: (value: V) => unknown;
  readonly onHold?: (key: string) => void;
  readonly onRelease?: (key: string) => void;
}

/**
 * Records of one kind by key, in the order in which they were added. Whoever gets one may change it: the unit of work
 * that runs then finds out whether it did.
 */
export class RecordMap<V> extends Map<string, V> implements TrackedRecords {
  path = '';
  /** Whether the records are gone for good, with their pool. */
  private closed = false;
  readonly #numbers = new Map<string, number>();
  readonly #options: RecordMapOptions<V>;
  #last = 0;

  constructor(options: RecordMapOptions<V> = {}) {
    super();
    this.#options = options;
  }

  override get(key: string): V | undefined {
    const value = super.get(key);
    if (value !== undefined) {
      touch(this, key);
    }
    return value;
  }

  override set(key: string, value: V): this {
    touch(this, key);
    if (!this.#numbers.has(key)) {
      this.#numbers.set(key, ++this.#last);
    }
    return super.set(key, value);
  }

  override delete(key: string): boolean {
    touch(this, key);
    this.#numbers.delete(key);
    return super.delete(key);
  }

  override clear(): void {
    for (const key of [...this.keys()]) {
      this.delete(key);
    }
  }

  override *entries(): MapIterator<[string, V]> {
    for (const entry of super.entries()) {
      touch(this, entry[0]);
      yield entry;
    }
    return undefined;
  }

  override *values(): MapIterator<V> {
    for (const [, value] of this.entries()) {
      yield value;
    }
    return undefined;
  }

  override [Symbol.iterator](): MapIterator<[string, V]> {
    return this.entries();
  }

  override forEach(call: (value: V, key: string, map: Map<string, V>) => void): void {
    for (const [key, value] of this.entries()) {
      call(value, key, this);
    }
  }

  /** Removes all records. Those that a request still adds are not stored. */
  close(): void {
    this.clear();
    this.closed = true;
  }

  /** A record to look at only: changes of it would be lost. */
  peek(key: string): V | undefined {
    return super.get(key);
  }

  /** All records, to look at only. */
  peekAll(): MapIterator<V> {
    return super.values();
  }

  /** Grows from record to record. */
  numberOf(key: string): number {
    return this.#numbers.get(key) ?? 0;
  }

  textOf(key: string): string | undefined {
    const value = super.get(key);
    if (value === undefined || this.closed) {
      return undefined;
    }
    return JSON.stringify([this.numberOf(key), this.#options.stored?.(value) ?? value]);
  }

  /** Adds a record as it was stored. Records must come in the order of their numbers. */
  restore(key: string, number: number, value: V): void {
    this.#last = number;
    this.#numbers.set(key, number);
    super.set(key, value);
  }

  hold(key: string): void {
    this.#options.onHold?.(key);
  }

  release(key: string): void {
    this.#options.onRelease?.(key);
  }
}
