import type { RequestFate } from './retry-policy.js';

/** The numbers of the AWS SDK's standard retry mode (`StandardRetryStrategy` in `@smithy/core`, 2026 configuration). */
const CAPACITY = 500;
const COST = 14;
const COST_AFTER_THROTTLING = 5;
const GAIN = 1;

/**
 * The retry quota of one client: a token bucket that every retry draws from and every answer of Cognito refills. Without
 * it an outage multiplies the load: each call would be sent as often as `maxAttempts` allows. It starts full, for 35
 * retries after failures or 100 after throttling. Once it is empty, calls fail with their first error.
 */
export class RetryQuota {
  #tokens = CAPACITY;

  /**
   * Draws the tokens of one retry.
   *
   * @returns their number, to return them with `refill` if the retry succeeds; undefined if too few are left.
   */
  draw(fate: RequestFate): number | undefined {
    const cost = fate === 'throttled' ? COST_AFTER_THROTTLING : COST;
    if (this.#tokens < cost) {
      return undefined;
    }
    this.#tokens -= cost;
    return cost;
  }

  /** @param drawn - what the last retry of the call drew; undefined for a call without one. */
  refill(drawn: number | undefined): void {
    this.#tokens = Math.min(CAPACITY, this.#tokens + (drawn ?? GAIN));
  }
}
