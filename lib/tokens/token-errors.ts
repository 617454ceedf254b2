import type { MandateErrorCode } from '../errors/error-codes.js';
import { MandateError } from '../errors/mandate-error.js';

/** The codes with which a token, or the lack of one, is refused. */
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

/** One sentence per code, safe to show to whoever sent the token: it repeats nothing of the token. */
const MESSAGES: Readonly<Record<TokenRejectionCode, string>> = {
  TOKEN_MISSING: 'The request carries no token; send one as "Authorization: Bearer <token>".',
  TOKEN_MALFORMED: 'The token is not a signed JSON Web Token in compact form.',
  TOKEN_ALGORITHM_REFUSED: 'The token is not signed with RS256, the only algorithm that Cognito uses.',
  TOKEN_KEY_UNKNOWN: 'The token is signed with a key that the user pool does not publish.',
  TOKEN_SIGNATURE_INVALID: 'The signature of the token is wrong.',
  TOKEN_ISSUER_REFUSED: 'The token was issued by another user pool.',
  TOKEN_USE_REFUSED: 'The token is of the wrong kind: an access token is not an id token.',
  TOKEN_CLIENT_REFUSED: 'The token was issued to an app client, or for an audience, that is not accepted here.',
  TOKEN_EXPIRED: 'The token has expired; renew it or sign in again.',
  TOKEN_NOT_YET_VALID: 'The token is not valid yet.',
  TOKEN_CLAIMS_INVALID: 'A claim of the token is missing, has the wrong type or was refused.',
  TOKEN_REVOKED: 'The token has been revoked; sign in again.',
  TOKEN_REVOCATION_UNCHECKABLE:
    'It cannot be found out whether this token was revoked: that takes an access token with the scope aws.cognito.signin.user.admin.',
  AUTHENTICATION_INSUFFICIENT: 'The sign-in behind this token is too old or too weak for this request; sign in again.',
  REQUEST_MALFORMED: 'The credentials of the request are malformed; send "Authorization: Bearer <token>".',
  GROUPS_INSUFFICIENT: 'The groups of the user do not allow this request.',
  SCOPE_INSUFFICIENT: 'The token lacks a scope that this request needs.',
};

/** What a client needs to know to get a better token; goes into the `WWW-Authenticate` header. */
export interface RejectionDetails {
  /** Scopes that the request needs, separated by spaces (RFC 6750, section 3). */
  readonly scope?: string;
  /** Authentication context classes of which one is needed, separated by spaces (RFC 9470, section 3). */
  readonly acrValues?: string;
  /** Largest age of the sign-in in seconds (RFC 9470, section 3). */
  readonly maxAge?: number;
}

/** A token was refused, or none was sent. Neither the message nor any property holds a part of the token. */
export class TokenRejectedError extends MandateError {
  override readonly name = 'TokenRejectedError';
  declare readonly code: TokenRejectionCode;

  constructor(
    code: TokenRejectionCode,
    readonly details: RejectionDetails = {},
    options?: ErrorOptions,
  ) {
    super(code, MESSAGES[code], options);
  }
}

/** No signing key is known and none can be fetched: nothing can be said about any token, so none is refused as bad. */
export class SigningKeysUnavailableError extends MandateError {
  override readonly name = 'SigningKeysUnavailableError';

  /** @param retryAfterSeconds - seconds until another attempt is made. */
  constructor(
    readonly retryAfterSeconds: number,
    options?: ErrorOptions,
  ) {
    super(
      'SIGNING_KEYS_UNAVAILABLE',
      'The signing keys of the user pool cannot be fetched; try again in a moment.',
      options,
    );
  }
}
