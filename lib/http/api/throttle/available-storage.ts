import { Logger } from '@nestjs/common';

import { type Clock, systemClock } from '../../../time/clock.js';
import { CircuitBreaker } from '../../../tokens/revocation/circuit-breaker.js';
import type { AuthApiThrottleStorage } from './throttle-options.js';

/** Milliseconds. A client of Redis may wait for a lost connection for much longer. */
const TIMEOUT = 500;
/** Calls that may wait for the storage at once. */
const CAPACITY = 10_000;

/** Dependencies of `AvailableStorage`. */
export interface AvailableStorageDependencies {
  /** The storage of the application, which all its instances share. */
  readonly shared: AuthApiThrottleStorage;
  /** Counts while the other fails. */
  readonly memory: AuthApiThrottleStorage;
  /** Default: the machine's clock. */
  readonly clock?: Clock | undefined;
}

/**
 * Counts in the memory of this process while the shared storage fails: a fault of it neither signs everybody out, nor lets
 * anybody try passwords without a limit.
 */
export class AvailableStorage implements AuthApiThrottleStorage {
  readonly #logger = new Logger('AuthApiThrottle');
  readonly #circuitBreaker: CircuitBreaker;
  #isFailing = false;

  constructor(private readonly dependencies: AvailableStorageDependencies) {
    const { clock = systemClock } = dependencies;
    this.#circuitBreaker = new CircuitBreaker({
      timeout: TIMEOUT,
      clock,
      capacity: CAPACITY,
      subject: 'throttle storage',
    });
  }

  async increment(
    ...hit: Parameters<AuthApiThrottleStorage['increment']>
  ): ReturnType<AuthApiThrottleStorage['increment']> {
    const { shared, memory } = this.dependencies;
    try {
      const count = await this.#circuitBreaker.read(async () => shared.increment(...hit));
      this.#isFailing = false;
      return count;
    } catch (error) {
      this.#report(error);
      return memory.increment(...hit);
    }
  }

  /** Once for each outage. */
  #report(error: unknown): void {
    if (!this.#isFailing) {
      this.#isFailing = true;
      const reason = error instanceof Error ? error.message : 'unknown';
      this.#logger.error(
        `The storage of the limits fails, so that each instance counts for itself until it answers again: ${reason}`,
      );
    }
  }
}
