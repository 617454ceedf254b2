import type { Clock } from '../../time/clock.js';
import { isFresh } from '../../time/is-fresh.js';
import { within } from '../../time/within.js';

/** Options of a `CircuitBreaker`. */
export interface CircuitBreakerOptions {
  /** Timeout of an operation, in milliseconds. */
  readonly timeout: number;
  readonly clock: Clock;
  /** Largest number of operations that are pending at once. */
  readonly capacity: number;
  /** What the operations are of, for messages. Default: `revocation store`. */
  readonly subject?: string | undefined;
}

/**
 * `closed`: operations run. `open`: reads fail at once. `half-open`: one read probes whether the store answers again;
 * the others fail at once until it does.
 */
export type CircuitState = 'closed' | 'open' | 'half-open';

/** Milliseconds for which the circuit is open after a timeout. */
const OPEN_TIME = 1_000;

/**
 * A circuit breaker around a store. Operations must not pile up while the store does not answer:
 * its client may keep every one of them, without a limit, until the store recovers.
 */
export class CircuitBreaker {
  readonly #timeout: number;
  readonly #clock: Clock;
  readonly #capacity: number;
  readonly #subject: string;
  #pending = 0;
  /** Undefined while the circuit is closed. */
  #openedAt: number | undefined;
  #isTrialRunning = false;

  constructor({ timeout, clock, capacity, subject = 'revocation store' }: CircuitBreakerOptions) {
    this.#timeout = timeout;
    this.#clock = clock;
    this.#capacity = capacity;
    this.#subject = subject;
  }

  /** The state of the circuit. */
  get state(): CircuitState {
    if (this.#openedAt === undefined) {
      return 'closed';
    }
    return isFresh(this.#openedAt, OPEN_TIME, this.#clock()) ? 'open' : 'half-open';
  }

  /** Runs a read, unless the circuit is open. */
  async read<T>(operation: () => Promise<T>): Promise<T> {
    const { state } = this;
    if (state === 'closed') {
      return this.#run(operation);
    }
    if (state === 'open' || this.#isTrialRunning) {
      throw new Error(`The ${this.#subject} timed out recently, so the circuit breaker is open.`);
    }
    this.#isTrialRunning = true;
    try {
      const result = await this.#run(operation);
      this.#openedAt = undefined;
      return result;
    } finally {
      this.#isTrialRunning = false;
    }
  }

  /** Runs a write, whatever the state: a read can be repeated with the next request, a lost write cannot. */
  async write<T>(operation: () => Promise<T>): Promise<T> {
    return this.#run(operation);
  }

  async #run<T>(operation: () => Promise<T>): Promise<T> {
    if (this.#pending >= this.#capacity) {
      throw new Error(`The ${this.#subject} has ${this.#capacity} operations pending.`);
    }
    this.#pending += 1;
    try {
      return await within(this.#timeout, operation(), () => {
        this.#openedAt = this.#clock();
        return new Error(`The ${this.#subject} took longer than ${this.#timeout} ms.`);
      });
    } finally {
      this.#pending -= 1;
    }
  }
}
