import { MandateError } from '../../errors/mandate-error.js';
import type { VerifiedClaims } from '../claims/token-claims.js';
import { brandClass } from '../../types/class-brand.js';

/**
 * Checks whether tokens were revoked. Called for every token that is otherwise valid, at every request.
 *
 * @publicApi
 */
export interface RevocationCheck {
  /**
   * Whether the token was revoked. Rejects if that could not be checked. A `TokenRejectedError` rejects the token with
   * its own code, whatever `onUnavailable` is.
   *
   * @param token - the token itself, for checks that send it to Cognito.
   */
  isRevoked(claims: VerifiedClaims, token: string): Promise<boolean>;
}

/**
 * What happens to a token that could not be checked for revocation.
 *
 * @publicApi
 */
export type OnUnavailable = 'reject' | 'accept';

/**
 * Could not check whether a token was revoked, and the options require such tokens to be rejected.
 *
 * @publicApi
 */
export class RevocationCheckFailedError extends MandateError {
  static {
    brandClass(this, 'RevocationCheckFailedError');
  }

  override readonly name = 'RevocationCheckFailedError';

  constructor(options?: ErrorOptions) {
    super('REVOCATION_CHECK_FAILED', 'Could not check whether the token was revoked. Try again in a moment.', options);
  }
}
