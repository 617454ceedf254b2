/**
 * What `startLogin` must remember until the browser comes back: the part of an authorization request that only the
 * browser that started it may complete. Plain JSON. It holds the PKCE code verifier (RFC 7636), so keep it where only
 * this application and this browser see it: a sealed cookie, or a store.
 *
 * @publicApi
 */
export interface LoginTransaction {
  /** The `state` of the request (RFC 6749, section 4.1.1): binds the callback to this browser. */
  readonly state: string;
  /** The `nonce` of the request (OpenID Connect Core 1.0, section 3.1.2.1): binds the id token to it. */
  readonly nonce: string;
  /** The PKCE code verifier (RFC 7636, section 4.1): binds the code to it. */
  readonly codeVerifier: string;
  /** The redirect URI of the request, which the token request repeats. */
  readonly redirectUri: string;
  /** The resource that the access token is bound to (RFC 8707), if one was requested. */
  readonly resource?: string;
  /** When the login started, in milliseconds since the epoch. It must complete within ten minutes. */
  readonly startedAt: number;
}
