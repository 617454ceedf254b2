import { Logger } from '@nestjs/common';

import type { TokenSource } from '../../auth/request-context.js';
import type { Clock } from '../../time/clock.js';
import { type CookieAttributes, deleteCookieLine, prefixedName, setCookieLine } from './cookie-attributes.js';
import type { CsrfDefence } from './csrf.js';
import type { ResponseCookies } from './response-cookies.js';
import type { SessionCookie } from './session-cookie.js';
import type { Kept } from './session-keeper.js';
import type { Session } from './session.js';

/** Dependencies of `SessionResponses`. */
export interface SessionResponsesDependencies {
  readonly cookie: SessionCookie;
  readonly cookies: ResponseCookies;
  readonly csrf: CsrfDefence;
  /** The name of the cookie for forms, without its prefix. */
  readonly csrfCookieName: string;
  /** Whether the cookie holds the session, and so lasts as long as its idle limit. */
  readonly isInCookie: boolean;
  readonly clock: Clock;
}

/** Bytes. API Gateway accepts headers of 10 kB, S3 of 8 kB, and there are other cookies. */
const LARGE = 6 * 1024;
/** Seconds: 400 days, the longest that browsers keep a cookie. */
const MAX_AGE = 34_560_000;

/** Sets and deletes the cookies of a session. */
export class SessionResponses {
  readonly #csrfCookie: CookieAttributes;
  readonly #csrfName: string;
  readonly #logger = new Logger('BrowserSessions');
  #hasWarned = false;

  constructor(private readonly dependencies: SessionResponsesDependencies) {
    // Scripts and templates read it, and it is worth nothing without the session.
    this.#csrfCookie = { ...dependencies.cookie.attributes, httpOnly: false };
    this.#csrfName = prefixedName(dependencies.csrfCookieName, this.#csrfCookie);
  }

  /** Whether the answer of a call can set cookies. */
  canWrite(source: TokenSource): boolean {
    return this.dependencies.cookies.canWrite(source);
  }

  /** Sets the cookies of a session, unless the browser's stay as they are. */
  set(response: object, { session, cookie: value }: Kept): void {
    if (value === undefined) {
      return;
    }
    const { cookie, cookies, csrf } = this.dependencies;
    const maxAge = this.#maxAge(session);
    const lines = cookie.write(value, maxAge, cookies.sentWith(response));
    if (csrf.usesTokens) {
      lines.push(setCookieLine(this.#csrfName, csrf.tokenOf(session.content.sid), maxAge, this.#csrfCookie));
    }
    cookies.write(response, lines);
    this.#warnIfLarge(value.length);
  }

  /** Deletes the cookies of a session. */
  clear(response: object): void {
    const { cookie, cookies, csrf } = this.dependencies;
    const lines = cookie.clear(cookies.sentWith(response));
    if (csrf.usesTokens) {
      lines.push(deleteCookieLine(this.#csrfName, this.#csrfCookie));
    }
    cookies.write(response, lines);
  }

  /** Deletes the cookies, if the answer of a call can. */
  clearFor(source: TokenSource): void {
    if (source.response !== undefined && this.canWrite(source)) {
      this.clear(source.response);
    }
  }

  #maxAge({ content, limits, endsAt }: Session): number {
    const { isInCookie, clock } = this.dependencies;
    const until = isInCookie ? endsAt : content.createdAt + limits.absolute;
    return Math.min(MAX_AGE, Math.max(1, Math.floor((until - clock()) / 1000)));
  }

  #warnIfLarge(length: number): void {
    if (length > LARGE && !this.#hasWarned) {
      this.#hasWarned = true;
      this.#logger.warn(
        `A session cookie has ${String(length)} bytes, which some proxies and servers refuse. Set the option "session.store", keep fewer claims, or put fewer groups and claims into the tokens.`,
      );
    }
  }
}
