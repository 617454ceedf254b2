/** `error` of a redirect to the app client. */
export type FederationErrorCode = 'invalid_request' | 'access_denied' | 'server_error';

/**
 * A sign-in through an identity provider has failed. The browser returns to the app client with `error` and
 * `error_description`, so the text must hold no secret.
 */
export class FederationError extends Error {
  override readonly name = 'FederationError';

  /** @param text - `error_description`. */
  constructor(
    readonly error: FederationErrorCode,
    text: string,
    options?: ErrorOptions,
  ) {
    super(text, options);
  }
}

/** An answer of a provider that Cognito refuses, or passes on: `<provider> Error - <status> <text>`. */
export function providerError(provider: string, text: string, options?: ErrorOptions): FederationError {
  return new FederationError('invalid_request', `${provider} Error - ${text}`, options);
}
