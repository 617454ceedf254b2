import { MandateError } from '../../errors/mandate-error.js';

/** It cannot be found out whose issuer a token names: the list of tenants does not answer, or is asked too much already. */
export class TenantsUnavailableError extends MandateError {
  override readonly name = 'TenantsUnavailableError';

  constructor(options?: ErrorOptions) {
    super('TENANTS_UNAVAILABLE', 'The list of tenants does not answer; try again in a moment.', options);
  }
}
