import { MandateError } from '../../errors/mandate-error.js';
import { brandClass } from '../../types/class-brand.js';

/**
 * The other side of an SRP exchange sent a value that the protocol forbids (RFC 5054 sections 2.5.3 and 2.5.4) or that is
 * unreadable. Continuing would reveal the password or accept anyone, so the exchange ends.
 *
 * @publicApi
 */
export class SrpProtocolError extends MandateError {
  static {
    brandClass(this, 'SrpProtocolError');
  }

  override readonly name = 'SrpProtocolError';

  /** @param reason - a sentence without capital, with its full stop. */
  constructor(reason: string, options?: ErrorOptions) {
    super('SRP_PROTOCOL_VIOLATED', `The SRP exchange was stopped: ${reason}`, options);
  }
}
