/**
 * How the app client authenticates at the token and revocation endpoints (RFC 6749, section 2.3.1): in the header
 * `Authorization`, or in the body.
 *
 * @publicApi
 */
export type ClientAuthentication = 'basic' | 'post';

/**
 * The option `oauth`: managed login and the OAuth 2.0 endpoints of the user pool's domain.
 *
 * @publicApi
 */
export interface OAuthOptions {
  /**
   * The user pool's domain, as a host name such as `auth.example.com` or `my-pool.auth.eu-west-1.amazoncognito.com`, or as
   * a URL with https. A URL with http is accepted for loopback addresses only: an embedded Cognito.
   */
  readonly domain: string;

  /**
   * Where Cognito sends the browser back after a sign-in: exactly one of the CallbackURLs of the app client. A constant,
   * never built from a request. Required by `startLogin`; clients that have machine tokens only need none.
   */
  readonly redirectUri?: string | undefined;

  /**
   * Where Cognito sends the browser after a logout: exactly one of the LogoutURLs of the app client, or several, of which
   * the first is the default. Required by `logoutUrl`.
   */
  readonly logoutUri?: string | readonly string[] | undefined;

  /**
   * The scopes of a sign-in, with `openid`: without an id token no nonce could be checked. `GetUser` and the other
   * operations with the user's access token require `aws.cognito.signin.user.admin`. Default: `openid`.
   */
  readonly scopes?: readonly string[] | undefined;

  /**
   * Binds access tokens to a resource (RFC 8707), which becomes their audience `aud`: an https URL, http://localhost, or a
   * URL with a scheme of your own. If the guard of this application is to accept these tokens, list it in the option
   * `audiences` too. Default: none.
   */
  readonly resource?: string | undefined;

  /** How a client with a secret authenticates. Default: `basic`. Use `post` for a secret that you chose yourself. */
  readonly clientAuthentication?: ClientAuthentication | undefined;

  /** Sends the requests to the domain, for example through a proxy. Default: Node's `fetch`. */
  readonly fetch?: typeof fetch | undefined;

  /** Timeout of one request to the domain, to the end of the response. Default: 10,000 ms. */
  readonly timeout?: number | undefined;
}
