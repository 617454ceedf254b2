/**
 * Options of `clientToken`.
 *
 * @publicApi
 */
export interface ClientTokenOptions {
  /** Custom scopes, such as `orders/read`. Default: all that the app client allows. */
  readonly scopes?: readonly string[] | undefined;
  /** For the trigger PreTokenGeneration. */
  readonly clientMetadata?: Readonly<Record<string, string>> | undefined;
  /**
   * `domain` asks the token endpoint (grant `client_credentials`); `api` calls GetClientToken, which needs no domain, with
   * an app client whose only flow is ALLOW_CLIENT_TOKEN_AUTH and with AWS credentials (option `credentials`) that may call
   * it (`cognito-idp:GetClientToken`): the AWS SDK signs it. Default: `domain` with the option `oauth`, otherwise `api`.
   */
  readonly via?: 'domain' | 'api' | undefined;
  /**
   * Fetches a new token although a cached one has not expired: after a resource server has answered 401. A token that was
   * fetched less than five seconds ago counts as new. Default: false.
   */
  readonly fresh?: boolean | undefined;
}

/**
 * An access token of the app client itself, for calls from machine to machine.
 *
 * @publicApi
 */
export interface ClientToken {
  readonly accessToken: string;
  /** When it expires, in milliseconds since the epoch. */
  readonly expiresAt: number;
  /** `Bearer`. */
  readonly tokenType: string;
}
