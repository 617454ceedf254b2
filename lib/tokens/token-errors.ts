import type { MandateErrorCode } from '../errors/error-codes.js';
import { MandateError } from '../errors/mandate-error.js';
import { brandClass } from '../types/class-brand.js';
import type { ClaimMismatch } from './claim-mismatch.js';

/**
 * The codes with which a token, or the lack of one, is rejected.
 *
 * @publicApi
 */
export type TokenRejectionCode = Extract<
  MandateErrorCode,
  | 'TOKEN_MISSING'
  | 'TOKEN_MALFORMED'
  | 'TOKEN_ALGORITHM_REFUSED'
  | 'TOKEN_KEY_UNKNOWN'
  | 'TOKEN_SIGNATURE_INVALID'
  | 'TOKEN_ISSUER_REFUSED'
  | 'TOKEN_USE_REFUSED'
  | 'TOKEN_CLIENT_REFUSED'
  | 'TOKEN_EXPIRED'
  | 'TOKEN_NOT_YET_VALID'
  | 'TOKEN_CLAIMS_INVALID'
  | 'TOKEN_REVOKED'
  | 'TOKEN_REVOCATION_UNCHECKABLE'
  | 'AUTHENTICATION_INSUFFICIENT'
  | 'REQUEST_MALFORMED'
  | 'GROUPS_INSUFFICIENT'
  | 'SCOPE_INSUFFICIENT'
>;

/** Safe to show to the client: no message repeats any part of the token. */
const MESSAGES: Readonly<Record<TokenRejectionCode, string>> = {
  TOKEN_MISSING: 'The request carries no token. Send one as "Authorization: Bearer <token>".',
  TOKEN_MALFORMED: 'The token is not a signed JSON Web Token in compact form.',
  TOKEN_ALGORITHM_REFUSED: 'The token is not signed with RS256, the only algorithm that Cognito uses.',
  TOKEN_KEY_UNKNOWN: 'The token is signed with a key that the user pool does not publish.',
  TOKEN_SIGNATURE_INVALID: 'The signature of the token is invalid.',
  TOKEN_ISSUER_REFUSED: 'The token was issued by a user pool that is not accepted here.',
  TOKEN_USE_REFUSED: 'The token is of the wrong type. Access tokens and ID tokens are not interchangeable.',
  TOKEN_CLIENT_REFUSED: 'The token was issued to an app client, or for an audience, that is not accepted here.',
  TOKEN_EXPIRED: 'The token has expired. Renew it or sign in again.',
  TOKEN_NOT_YET_VALID: 'The token is not valid yet.',
  TOKEN_CLAIMS_INVALID: 'A claim of the token is missing, has the wrong type, or was rejected.',
  TOKEN_REVOKED: 'The token has been revoked. Sign in again.',
  TOKEN_REVOCATION_UNCHECKABLE:
    'Could not check whether the token was revoked. Send an access token with the scope aws.cognito.signin.user.admin.',
  AUTHENTICATION_INSUFFICIENT: 'The sign-in behind this token is too old or too weak for this request. Sign in again.',
  REQUEST_MALFORMED: 'The credentials of the request are malformed. Send "Authorization: Bearer <token>".',
  GROUPS_INSUFFICIENT: 'The groups of the user do not allow this request.',
  SCOPE_INSUFFICIENT: 'The scopes of the token do not allow this request.',
};

/**
 * What a client must know to get a token that is accepted. It is part of the `WWW-Authenticate` header.
 *
 * @publicApi
 */
export interface RejectionDetails {
  /** Required scopes, separated by spaces (RFC 6750, section 3). */
  readonly scope?: string;
  /** Accepted authentication context classes, separated by spaces (RFC 9470, section 3). */
  readonly acrValues?: string;
  /** Largest age of the sign-in, in seconds (RFC 9470, section 3). */
  readonly maxAgeSeconds?: number;
}

/** Options of a `TokenRejectedError`. */
interface RejectionOptions extends ErrorOptions {
  readonly mismatch?: ClaimMismatch | undefined;
}

/**
 * A token was rejected, or none was sent. Neither the message nor any property holds a part of the token, except
 * `mismatch`, which is not among what is printed or serialized.
 *
 * @publicApi
 */
export class TokenRejectedError extends MandateError {
  static {
    brandClass(this, 'TokenRejectedError');
  }

  override readonly name = 'TokenRejectedError';
  declare readonly code: TokenRejectionCode;
  readonly #mismatch: ClaimMismatch | undefined;

  constructor(
    code: TokenRejectionCode,
    readonly details: RejectionDetails = {},
    options?: RejectionOptions,
  ) {
    super(code, MESSAGES[code], options);
    this.#mismatch = options?.mismatch;
  }

  /** What was expected and what came; `undefined` where that says no more than the code. Not for clients. */
  get mismatch(): ClaimMismatch | undefined {
    return this.#mismatch;
  }
}

/** The rejection of a token for one of its values, or of a request for what it sent. */
export function mismatched(
  code: TokenRejectionCode,
  mismatch: ClaimMismatch,
  details: RejectionDetails = {},
): TokenRejectedError {
  return new TokenRejectedError(code, details, { mismatch });
}

/**
 * No signing key is available and none can be fetched. The token may be valid, so it is not rejected with 401.
 *
 * @publicApi
 */
export class SigningKeysUnavailableError extends MandateError {
  static {
    brandClass(this, 'SigningKeysUnavailableError');
  }

  override readonly name = 'SigningKeysUnavailableError';

  /** @param retryAfterSeconds - seconds until another attempt is made. */
  constructor(
    readonly retryAfterSeconds: number,
    options?: ErrorOptions,
  ) {
    super(
      'SIGNING_KEYS_UNAVAILABLE',
      'The signing keys of the user pool could not be fetched. Try again in a moment.',
      options,
    );
  }
}
