import { MandateError } from '../../errors/mandate-error.js';
import type { VerifiedClaims } from '../claims/token-claims.js';

/** Asked about every token that is otherwise good, at every request. */
export interface RevocationCheck {
  /**
   * Whether the token was revoked. Rejects if that cannot be found out; a `TokenRejectedError` refuses the token with its
   * own code, whatever `whenRevocationUnavailable` says.
   *
   * @param token - the token itself, for checks that show it to Cognito.
   */
  isRevoked(claims: VerifiedClaims, token: string): Promise<boolean>;
}

/** What becomes of a token when it cannot be found out whether it was revoked. */
export type WhenUnavailable = 'refuse' | 'admit';

/** It cannot be found out whether a token was revoked, and the options say that it is refused then. */
export class RevocationStoreUnavailableError extends MandateError {
  override readonly name = 'RevocationStoreUnavailableError';

  constructor(options?: ErrorOptions) {
    super(
      'REVOCATION_STORE_UNAVAILABLE',
      'It cannot be found out whether the token was revoked; try again in a moment.',
      options,
    );
  }
}
