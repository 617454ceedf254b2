import type { Schedule } from '../../../lib/auth/connections/connection-expiry.js';
import type { TestClock } from '../../tokens/support/test-issuer.js';

/** Timers of a clock that stands still until it is moved. */
export class ManualTimers {
  readonly #timers = new Set<{ readonly callback: () => void; readonly at: number }>();
  /** The delays that were asked for. */
  readonly delays: number[] = [];

  constructor(private readonly clock: TestClock) {}

  get size(): number {
    return this.#timers.size;
  }

  readonly schedule: Schedule = (callback, delay) => {
    const timer = { callback, at: this.clock.read() + delay };
    this.#timers.add(timer);
    this.delays.push(delay);
    return () => {
      this.#timers.delete(timer);
    };
  };

  /** Moves the clock, and calls back what is due. */
  advance(milliseconds: number): void {
    this.clock.advance(milliseconds);
    for (const timer of this.#timers) {
      if (timer.at <= this.clock.read()) {
        this.#timers.delete(timer);
        timer.callback();
      }
    }
  }
}
