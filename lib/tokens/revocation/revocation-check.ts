import { MandateError } from '../../errors/mandate-error.js';
import type { VerifiedClaims } from '../claims/token-claims.js';

/** Asked about every token that is otherwise good, at every request. */
export interface RevocationCheck {
  /**
   * Whether the token was revoked. Rejects if that cannot be found out; a `TokenRejectedError` refuses the token with its
   * own code, whatever `onUnavailable` says.
   *
   * @param token - the token itself, for checks that show it to Cognito.
   */
  isRevoked(claims: VerifiedClaims, token: string): Promise<boolean>;
}

/** What happens to a token when it could not be checked whether it was revoked. */
export type OnUnavailable = 'reject' | 'accept';

/** It could not be checked whether a token was revoked, and the options say that it is rejected then. */
export class RevocationCheckFailedError extends MandateError {
  override readonly name = 'RevocationCheckFailedError';

  constructor(options?: ErrorOptions) {
    super('REVOCATION_CHECK_FAILED', 'Could not check whether the token was revoked. Try again in a moment.', options);
  }
}
