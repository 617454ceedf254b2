import { hash } from 'node:crypto';

import type { LoginTransaction } from '../../oauth/login-transaction.js';
import type { StartLoginOptions } from '../../oauth/start-login-options.js';
import type { Clock } from '../../time/clock.js';
import { isFresh } from '../../time/is-fresh.js';
import { isObject } from '../../types/is-object.js';
import { type CookieAttributes, deleteCookieLine, prefixedName, setCookieLine } from '../session/cookie-attributes.js';
import { cookieIn, cookieNamesIn } from '../session/cookie-header.js';
import type { ResponseCookies } from '../session/response-cookies.js';
import { Seal } from '../session/seal.js';
import { cookieHeaderOf } from '../session/session-reader.js';

/** A sign-in that a browser has started. */
export interface PendingLogin {
  readonly transaction: LoginTransaction;
  /** Where the browser goes afterwards. It is checked again then. */
  readonly returnTo: string;
  /** Names the session that the browser had, whose cookie the callback may not see. */
  readonly previous?: string | undefined;
  /** How it was started, to start it again. */
  readonly options: StartLoginOptions;
  readonly isRetry: boolean;
}

/** Dependencies of `LoginCookies`. */
export interface LoginCookiesDependencies {
  readonly cookies: ResponseCookies;
  readonly secrets: readonly string[];
  /** The name of the session's cookie, without its prefix. */
  readonly sessionCookie: string;
  readonly secure: boolean;
  readonly clock: Clock;
}

/** Milliseconds that a user has at Cognito's pages. */
const LIFETIME = 10 * 60_000;
/** Sign-ins that a browser may have under way, such as in several tabs. */
const MAX_PENDING = 5;
/** Cookies that are opened at most: anybody may send more. */
const MAX_OPENED = 12;
/** Characters that name a sign-in. */
const HASH_LENGTH = 16;

/**
 * The sign-ins that a browser has under way, each in a sealed cookie of its own that is named by the `state`, so that
 * several tabs do not disturb each other. They are `Lax`: browsers send no `Strict` cookie to the callback, because another
 * site leads there.
 */
export class LoginCookies {
  readonly #attributes: CookieAttributes;
  readonly #prefix: string;

  constructor(private readonly dependencies: LoginCookiesDependencies) {
    this.#attributes = { sameSite: 'lax', secure: dependencies.secure, httpOnly: true };
    this.#prefix = prefixedName(`${dependencies.sessionCookie}-login-`, this.#attributes);
  }

  /** Remembers a sign-in. Of too many the oldest are forgotten. */
  async add(request: object, response: object, login: PendingLogin): Promise<void> {
    const name = this.#nameOf(login.transaction.state);
    const others = await this.#pending(request);
    const dropped = [
      ...this.#namesIn(request).filter((other) => !others.some(([kept]) => kept === other)),
      ...others.slice(MAX_PENDING - 1).map(([other]) => other),
    ];
    const sealed = await this.#seal(name).seal(login);
    this.dependencies.cookies.write(response, [
      setCookieLine(name, sealed, LIFETIME / 1000, this.#attributes),
      ...this.#deletions(dropped.filter((other) => other !== name)),
    ]);
  }

  /** The sign-in with a `state`, which is forgotten: a callback is for one use. */
  async take(request: object, response: object, state: string): Promise<PendingLogin | undefined> {
    const name = this.#nameOf(state);
    const login = await this.#open(request, name);
    if (this.#namesIn(request).includes(name)) {
      this.dependencies.cookies.write(response, this.#deletions([name]));
    }
    return login?.transaction.state === state ? login : undefined;
  }

  /** The sign-in that was started last, which is forgotten: errors of Cognito name none. */
  async takeNewest(request: object, response: object): Promise<PendingLogin | undefined> {
    const [[name, login] = []] = await this.#pending(request);
    if (name !== undefined) {
      this.dependencies.cookies.write(response, this.#deletions([name]));
    }
    return login;
  }

  /** Forgets all sign-ins. */
  clear(request: object, response: object): void {
    this.dependencies.cookies.write(response, this.#deletions(this.#namesIn(request)));
  }

  /** The sign-ins under way, the newest first. */
  async #pending(request: object): Promise<(readonly [name: string, login: PendingLogin])[]> {
    const names = this.#namesIn(request).slice(0, MAX_OPENED);
    const opened = await Promise.all(names.map(async (name) => [name, await this.#open(request, name)] as const));
    return opened
      .flatMap(([name, login]) => (login === undefined ? [] : [[name, login] as const]))
      .sort(([, one], [, other]) => other.transaction.startedAt - one.transaction.startedAt);
  }

  async #open(request: object, name: string): Promise<PendingLogin | undefined> {
    const value = cookieIn(cookieHeaderOf(request), name);
    const content = value === undefined ? undefined : await this.#seal(name).open(value);
    const login = isObject(content?.['transaction']) ? (content as unknown as PendingLogin) : undefined;
    if (login === undefined) {
      return undefined;
    }
    const now = this.dependencies.clock();
    // Of an instance whose clock is a little ahead. Here the sign-in starts now.
    const startedAt = Math.min(login.transaction.startedAt, now);
    return isFresh(startedAt, LIFETIME, now)
      ? { ...login, transaction: { ...login.transaction, startedAt } }
      : undefined;
  }

  #deletions(names: readonly string[]): string[] {
    return names.map((name) => deleteCookieLine(name, this.#attributes));
  }

  /** Of this pool alone: the name of another may begin with the same words. */
  #namesIn(request: object): readonly string[] {
    const names = cookieNamesIn(cookieHeaderOf(request), this.#prefix);
    return names.filter(({ length }) => length === this.#prefix.length + HASH_LENGTH);
  }

  #nameOf(state: string): string {
    return this.#prefix + hash('sha256', state, 'base64url').slice(0, HASH_LENGTH);
  }

  #seal(name: string): Seal {
    return new Seal(this.dependencies.secrets, 'login', name);
  }
}
