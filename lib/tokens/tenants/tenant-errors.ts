import { MandateError } from '../../errors/mandate-error.js';
import { brandClass } from '../../types/class-brand.js';

/**
 * The list of tenants did not answer in time, or too many of its answers are pending. The token may be valid, so it is not
 * rejected with 401.
 *
 * @publicApi
 */
export class TenantsUnavailableError extends MandateError {
  static {
    brandClass(this, 'TenantsUnavailableError');
  }

  override readonly name = 'TenantsUnavailableError';

  constructor(options?: ErrorOptions) {
    super('TENANTS_UNAVAILABLE', 'The list of tenants did not answer in time. Try again in a moment.', options);
  }
}
