import type { BrowserSessionStore } from './browser-session-store.js';

/**
 * The cookie of the session.
 *
 * @publicApi
 */
export interface SessionCookieOptions {
  /**
   * The cookie's name after its prefix `__Host-Http-`. Default: `mandate`, or `mandate-<name>` for a pool with a name. A new
   * name ends all sessions: their cookies are sealed for the old one.
   */
  readonly name?: string | undefined;
  /**
   * `strict` sends the cookie only with requests that this site itself causes. `lax` also sends it when somebody follows a
   * link from elsewhere, for applications that render their pages on the server. Default: `strict`.
   */
  readonly sameSite?: 'strict' | 'lax' | undefined;
  /**
   * Leaves out the prefix and `Secure`, for browsers that accept neither on http://localhost. Accepted only while the
   * application's own origin is a loopback address. Default: not set.
   */
  readonly insecureLocalhost?: true | undefined;
}

/**
 * The defence against cross-site request forgery, for requests that the cookie authenticates. Requests with a bearer token
 * need none.
 *
 * @publicApi
 */
export interface CsrfOptions {
  /**
   * The header that requests with an unsafe method must have, with the value `1`: a page of another site cannot set it.
   * Default: `x-mandate-csrf`.
   */
  readonly header?: string | undefined;
  /** Other origins whose pages may use the session, on the same site: `https://admin.example.com`. Default: none. */
  readonly origins?: readonly string[] | undefined;
  /**
   * Also accepts a token bound to the session in place of the header, for plain forms: in the form field `_csrf`, or as the
   * value of the header. A cookie that scripts can read holds it. Default: false.
   */
  readonly doubleSubmit?: boolean | undefined;
}

/**
 * Options of browser sessions. Durations are in milliseconds.
 *
 * @publicApi
 */
export interface BrowserSessionOptions {
  /**
   * What cookies are sealed with: at least 32 characters of random text. Of a list the first seals and all open: put a new
   * secret first, and remove the old one once `absolute` has passed.
   */
  readonly secret: string | readonly string[];
  /**
   * Keeps the sessions in a store, and in the cookie only a random id. Default: none, the sealed cookie holds the session.
   *
   * With a store sessions can be ended from outside (`endAll`), tokens are renewed over WebSockets too, and instances share
   * one renewal. Each request costs one round trip.
   */
  readonly store?: BrowserSessionStore | undefined;
  /** Timeout of an operation of the store. Default: 1,000 ms. */
  readonly storeTimeout?: number | undefined;
  readonly cookie?: SessionCookieOptions | undefined;
  /**
   * The claims of the id token that `BrowserSession.claims` has; `idToken` keeps the id token itself in the session too.
   * Default: none but `sub`.
   */
  readonly keep?: readonly string[] | undefined;
  /** How long a session lasts without a request. Default: 7 days. */
  readonly idle?: number | undefined;
  /**
   * How long a session lasts at most. Default: 30 days, which is also the default of Cognito's refresh tokens. Longer than
   * those makes no sense: a session ends with its refresh token.
   */
  readonly absolute?: number | undefined;
  /** How long before the access token expires it is renewed. Default: 60,000 ms. */
  readonly renewBefore?: number | undefined;
  /**
   * The origin of the application's pages, such as `https://app.example.com`: a constant, never read from a request.
   * Default: the origin of `oauth.redirectUri`. Required without that.
   */
  readonly origin?: string | undefined;
  /** `null` turns the defence off. Risk: any site can then make a user's browser send requests. */
  readonly csrf?: CsrfOptions | null | undefined;
}
