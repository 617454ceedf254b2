import { MandateError } from '../../../errors/mandate-error.js';
import { brandClass } from '../../../types/class-brand.js';

/**
 * A limit of the auth API is reached.
 *
 * @publicApi
 */
export class RequestsThrottledError extends MandateError {
  static {
    brandClass(this, 'RequestsThrottledError');
  }

  override readonly name = 'RequestsThrottledError';

  /** @param retryAfterSeconds - the value of `Retry-After`. */
  constructor(readonly retryAfterSeconds: number) {
    super('REQUESTS_THROTTLED', `Too many attempts. Try again in ${String(retryAfterSeconds)} seconds.`);
  }
}
