/**
 * What an application may know of the browser session of a call. It never holds a token.
 *
 * @publicApi
 */
export interface BrowserSession {
  /** The user (claim `sub`). */
  readonly sub: string;
  /** Claims of the id token that the option `keep` names, and `sub`. */
  readonly claims: Readonly<Record<string, unknown>>;
  /** When the session was created, in milliseconds since the epoch. */
  readonly createdAt: number;
  /** When the session ends if nothing renews it, in milliseconds since the epoch: the earlier of `idle` and `absolute`. */
  readonly expiresAt: number;
}
