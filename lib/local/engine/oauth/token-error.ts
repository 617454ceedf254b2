/** The error codes of the token and revocation endpoints (RFC 6749 section 5.2, RFC 7009 section 2.2.1). */
export type TokenErrorCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'invalid_scope'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'unsupported_token_type';

/** An error response of the token endpoint or of the revocation endpoint. */
export class TokenError extends Error {
  override readonly name = 'TokenError';

  constructor(
    readonly code: TokenErrorCode,
    /** `error_description`. Cognito usually sends none. */
    readonly description?: string,
    options?: ErrorOptions,
  ) {
    super(description ?? code, options);
  }
}

/** A code or refresh token that is not valid. */
export function invalidGrant(cause?: unknown): TokenError {
  return new TokenError('invalid_grant', undefined, { cause });
}
