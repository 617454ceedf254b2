import { SingleFlight } from '../../memory/single-flight.js';
import type { Clock } from '../../time/clock.js';
import { isFresh } from '../../time/is-fresh.js';

/** How often a value is fetched, and how long it is used. All in milliseconds. */
export interface FetchTimes {
  /**
   * Age from which the value is fetched again in the background. From twice that age on, callers wait for the fetch,
   * unless one has just failed.
   */
  readonly maxAge: number;
  /** How much longer than `maxAge` the old value is used while fetches fail. */
  readonly maxStale: number;
  /** Shortest time between the starts of two fetches. */
  readonly cooldown: number;
  /** The same until there is a value, or the source has answered that it has none. */
  readonly retryDelay: number;
}

/** Options of a `FetchSchedule`. */
export interface FetchScheduleOptions<T> extends FetchTimes {
  /** Fetches the value. Resolves to `undefined` if the source has none, which is not a failure. */
  readonly fetch: () => Promise<T | undefined>;
  /** The initial value. It is used, and fetched again, like a stale one. */
  readonly initial?: T | undefined;
  /** Whether callers are served without the value as well. Then the cooldown is long enough. Default: never. */
  readonly hasSubstitute?: (() => boolean) | undefined;
  readonly clock: Clock;
  /** Called after a value was fetched. */
  readonly onFetched?: (value: T) => void;
  /** Called after a fetch has failed. */
  readonly onFailed?: (cause: unknown) => void;
}

/** A run of consecutive failed fetches. */
interface Outage {
  readonly since: number;
  readonly latest: number;
  readonly cause: unknown;
}

/**
 * A value that is fetched on demand: by one fetch at a time, and at most one per cooldown, however many callers there
 * are. A value that is fresh enough is returned at once, whatever the state of the network.
 */
export class FetchSchedule<T> {
  readonly #options: FetchScheduleOptions<T>;
  readonly #flight = new SingleFlight<'fetch', void>();
  #value: T | undefined;
  #fetchedAt: number | undefined;
  /** The value is to be fetched again, whatever its age. */
  #isDue = false;
  #attemptedAt: number | undefined;
  #outage: Outage | undefined;
  /** The source has answered that it has no value. */
  #isAbsent = false;

  constructor(options: FetchScheduleOptions<T>) {
    this.#options = options;
    this.#value = options.initial;
  }

  /** The value, however old, until it has been stale for too long. */
  get value(): T | undefined {
    const { maxAge, maxStale } = this.#options;
    if ((this.age ?? 0) >= maxAge + maxStale) {
      this.#value = undefined;
      this.#fetchedAt = undefined;
    }
    return this.#value;
  }

  /** Milliseconds since the value was fetched; `undefined` before the first fetch. */
  get age(): number | undefined {
    if (this.#fetchedAt === undefined) {
      return undefined;
    }
    const now = this.#options.clock();
    if (now < this.#fetchedAt) {
      // The clock was set back, so nobody knows the age. It counts from now on, and the value is due.
      this.#fetchedAt = now;
      this.#isDue = true;
    }
    return now - this.#fetchedAt;
  }

  /** Milliseconds since fetches began to fail; `undefined` while they do not. */
  get outage(): number | undefined {
    return this.#outage && Math.max(0, this.#options.clock() - this.#outage.since);
  }

  /** Why the latest fetch has failed. */
  get failure(): unknown {
    return this.#outage?.cause;
  }

  /** Whether the source has answered that it has no value. */
  get isAbsent(): boolean {
    return this.#isAbsent;
  }

  /** Whether a fetch was ever started. */
  get wasAttempted(): boolean {
    return this.#attemptedAt !== undefined;
  }

  /** The value if it can be used without waiting for a fetch. Starts a fetch in the background when one is due. */
  current(): T | undefined {
    const { value, age } = this;
    const { maxAge } = this.#options;
    if (value === undefined || (age !== undefined && age < maxAge && !this.#isDue)) {
      return value;
    }
    if (this.#mayFetch()) {
      void this.#start();
    }
    // Without an age the value is the initial one. After an outage, callers wait for the first fetch again.
    const limit = 2 * maxAge;
    return age === undefined || age < limit || this.#hasFailedWithin(limit) ? value : undefined;
  }

  /** Joins the fetch that is under way, or starts one unless the cooldown forbids it. Never rejects. */
  async refresh(): Promise<void> {
    if (this.#flight.size > 0 || this.#mayFetch()) {
      await this.#start();
    }
  }

  #start(): Promise<void> {
    return this.#flight.run('fetch', () => this.#fetch());
  }

  async #fetch(): Promise<void> {
    const { fetch, clock, onFetched, onFailed } = this.#options;
    this.#attemptedAt = clock();
    try {
      const value = await fetch();
      this.#isAbsent = value === undefined;
      this.#outage = undefined;
      if (value !== undefined) {
        this.#value = value;
        this.#fetchedAt = clock();
        this.#isDue = false;
        onFetched?.(value);
      }
    } catch (cause) {
      const latest = clock();
      this.#isAbsent = false;
      this.#outage = { since: this.#outage?.since ?? latest, latest, cause };
      onFailed?.(cause);
    }
  }

  #mayFetch(): boolean {
    const { cooldown, retryDelay, clock, hasSubstitute } = this.#options;
    const canWait = this.#value !== undefined || this.#isAbsent || hasSubstitute?.() === true;
    const pause = canWait ? cooldown : retryDelay;
    return this.#attemptedAt === undefined || !isFresh(this.#attemptedAt, pause, clock());
  }

  #hasFailedWithin(milliseconds: number): boolean {
    return this.#outage !== undefined && isFresh(this.#outage.latest, milliseconds, this.#options.clock());
  }
}
