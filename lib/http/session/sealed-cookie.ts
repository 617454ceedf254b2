import type { Clock } from '../../time/clock.js';
import { type CookieAttributes, deleteCookieLine, prefixedName, setCookieLine } from './cookie-attributes.js';
import { cookieIn } from './cookie-header.js';
import type { ResponseCookies } from './response-cookies.js';
import { Seal } from './seal.js';
import { cookieHeaderOf } from './session-reader.js';

/** Dependencies of `SealedCookie`. */
export interface SealedCookieDependencies {
  readonly cookies: ResponseCookies;
  readonly secrets: readonly string[];
  /** The name without its prefix. It is what the content is sealed for, too. */
  readonly name: string;
  /** Whether the cookie has its prefix and `Secure`. */
  readonly secure: boolean;
  /** Milliseconds for which the content is accepted, whatever the browser does with the cookie. */
  readonly lifetime: number;
  readonly clock: Clock;
}

/** A value that only this application can read, in a cookie that is sent to its own pages' requests alone. */
export class SealedCookie<Content extends object> {
  readonly #attributes: CookieAttributes;
  readonly #name: string;
  readonly #seal: Seal;

  constructor(private readonly dependencies: SealedCookieDependencies) {
    this.#attributes = { sameSite: 'strict', secure: dependencies.secure, httpOnly: true };
    this.#name = prefixedName(dependencies.name, this.#attributes);
    this.#seal = new Seal(dependencies.secrets, 'cookie', this.#name);
  }

  /** Sets the cookie. */
  async write(response: object, content: Content): Promise<void> {
    const { cookies, lifetime, clock } = this.dependencies;
    const sealed = await this.#seal.seal({ content, until: clock() + lifetime });
    cookies.write(response, [setCookieLine(this.#name, sealed, Math.floor(lifetime / 1000), this.#attributes)]);
  }

  /** The content; undefined if there is none, if it has expired, or if it was not sealed here. */
  async read(request: object): Promise<Content | undefined> {
    const value = cookieIn(cookieHeaderOf(request), this.#name);
    const opened = value === undefined ? undefined : await this.#seal.open(value);
    const until = opened?.['until'];
    return typeof until === 'number' && this.dependencies.clock() < until
      ? (opened?.['content'] as Content)
      : undefined;
  }

  /** Deletes the cookie, if the browser has it. */
  clear(request: object, response: object): void {
    if (cookieIn(cookieHeaderOf(request), this.#name) !== undefined) {
      this.dependencies.cookies.write(response, [deleteCookieLine(this.#name, this.#attributes)]);
    }
  }
}
