import { MandateArgumentError } from '../../errors/argument-error.js';
import { type Clock, systemClock } from '../../time/clock.js';

/** The end of the year 9999, so that what expires later is a time too. */
const MAX_TIME = Date.UTC(10_000, 0) - 1;

/**
 * The clock of an embedded Cognito: the system clock, which tests move. Tokens, codes, sessions and lock-outs follow it.
 * The clock of the application does not.
 *
 * @publicApi
 */
export class LocalClock {
  private offset = 0;

  /** Called by the embedded Cognito. `own`: the option `clock`, which cannot be moved here. */
  constructor(
    private readonly own: Clock | undefined,
    private readonly changed: () => void,
  ) {}

  /** The time, epoch milliseconds. */
  now(): number {
    return this.own?.() ?? systemClock() + this.offset;
  }

  /**
   * Moves the clock forward. It goes on from there.
   *
   * @throws MandateArgumentError for a negative number, and if the option `clock` was given.
   */
  advance(milliseconds: number): void {
    if (typeof milliseconds !== 'number' || !Number.isFinite(milliseconds) || milliseconds < 0) {
      throw new MandateArgumentError('milliseconds', 'must be zero or a positive number. Call set to go back');
    }
    this.move(this.offset + milliseconds);
  }

  /**
   * Sets the clock, also back. It goes on from there.
   *
   * @param time - epoch milliseconds, a `Date`, or text such as `2030-01-01T00:00:00Z`.
   * @throws MandateArgumentError for an invalid time, and if the option `clock` was given.
   */
  set(time: number | string | Date): void {
    const milliseconds = new Date(time).getTime();
    if (Number.isNaN(milliseconds)) {
      throw new MandateArgumentError(
        'time',
        'must be epoch milliseconds, a Date or a text such as 2030-01-01T00:00:00Z',
      );
    }
    this.move(milliseconds - systemClock());
  }

  /** Back to the system clock. Nothing happens to a clock of the option `clock`. */
  reset(): void {
    this.offset = 0;
    this.changed();
  }

  private move(offset: number): void {
    if (this.own !== undefined) {
      throw new MandateArgumentError(
        'clock',
        'was given to LocalCognito.start, so only that function can change the time. Leave the option out to move the clock here',
      );
    }
    const time = systemClock() + offset;
    if (time < 0 || time > MAX_TIME) {
      throw new MandateArgumentError('time', 'must be in the years from 1970 to 9999');
    }
    this.offset = offset;
    this.changed();
  }
}
