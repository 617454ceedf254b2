import { createHmac, timingSafeEqual } from 'node:crypto';

import { MandateError } from '../../errors/mandate-error.js';
import { isObject } from '../../types/is-object.js';
import type { TokenSource } from '../../auth/request-context.js';
import type { ResolvedCsrf } from './resolve-session-options.js';
import { derivedKey } from './seal.js';

type Headers = TokenSource['headers'];

/** Methods that change nothing (RFC 9110, section 9.2.1). */
const SAFE_METHODS: ReadonlySet<unknown> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);
/** The form field that holds a token. */
export const CSRF_FIELD = '_csrf';

/** Dependencies of `CsrfDefence`. */
export interface CsrfDependencies {
  /** Null turns the defence off. */
  readonly options: ResolvedCsrf | null;
  /** The application's own origin. */
  readonly origin: string;
  readonly secrets: readonly string[];
  /** The name of the session's cookie: tokens are for it alone. */
  readonly cookieName: string;
}

/**
 * Keeps pages of other sites from using a session. A request with an unsafe method needs a header that such pages cannot
 * set, and must come from an own page: by `Sec-Fetch-Site`, which no page can set, or by `Origin` where a browser does not
 * send it. `SameSite` alone does not protect from sibling domains.
 */
export class CsrfDefence {
  readonly #options: ResolvedCsrf | null;
  readonly #trusted: ReadonlySet<unknown>;
  readonly #keys: readonly Buffer[];

  constructor({ options, origin, secrets, cookieName }: CsrfDependencies) {
    this.#options = options;
    this.#trusted = new Set([origin, ...(options?.origins ?? [])]);
    this.#keys = secrets.map((secret) => derivedKey(secret, `csrf ${cookieName}`));
  }

  /** Whether tokens replace the header in forms. */
  get usesTokens(): boolean {
    return this.#options?.doubleSubmit ?? false;
  }

  /**
   * Checks a call that a session authenticates. This runs for every request.
   *
   * @param sid - the id of the session.
   * @throws MandateError CSRF_CHECK_FAILED
   */
  check({ transport, headers, request }: TokenSource, sid: string): void {
    if (this.#options === null) {
      return;
    }
    if (transport === 'ws' || headers['upgrade'] !== undefined) {
      this.checkOrigin(headers);
      return;
    }
    const { method } = request as { readonly method?: unknown };
    if (SAFE_METHODS.has(method)) {
      return;
    }
    const value = headers[this.#options.header];
    if (value !== '1' && !this.#hasToken(value, request, sid)) {
      throw refused(`it lacks the header "${this.#options.header}: 1"`);
    }
    this.checkOrigin(headers);
  }

  /**
   * Checks that an own page, or one of a listed origin, has sent a request.
   *
   * @throws MandateError CSRF_CHECK_FAILED
   */
  checkOrigin(headers: Headers): void {
    if (this.#options !== null && !this.#isTrusted(headers['sec-fetch-site'], headers['origin'])) {
      throw refused(
        'it does not come from a page of this application. List the origin in "session.csrf.origins" if it does',
      );
    }
  }

  /**
   * Checks a call that no session authenticates, such as a sign-in: the script of an own page has sent it.
   *
   * @throws MandateError CSRF_CHECK_FAILED
   */
  checkScript(headers: Headers): void {
    if (this.#options === null) {
      return;
    }
    if (headers[this.#options.header] !== '1') {
      throw refused(`it lacks the header "${this.#options.header}: 1"`);
    }
    this.checkOrigin(headers);
  }

  /** The token of a session, for forms. */
  tokenOf(sid: string): string {
    const [key] = this.#keys;
    return key === undefined ? '' : tokenBy(key, sid);
  }

  #isTrusted(site: unknown, origin: unknown): boolean {
    return site === 'same-origin' || ((site === undefined || site === 'same-site') && this.#trusted.has(origin));
  }

  #hasToken(header: unknown, request: object, sid: string): boolean {
    if (!this.usesTokens) {
      return false;
    }
    const { body } = request as { readonly body?: unknown };
    const field = isObject(body) && Object.hasOwn(body, CSRF_FIELD) ? body[CSRF_FIELD] : undefined;
    const token = header ?? field;
    return typeof token === 'string' && this.#keys.some((key) => isEqual(token, tokenBy(key, sid)));
  }
}

function tokenBy(key: Buffer, sid: string): string {
  return createHmac('sha256', key).update(sid).digest('base64url');
}

function isEqual(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function refused(reason: string): MandateError {
  return new MandateError('CSRF_CHECK_FAILED', `The request may not use the session of the cookie: ${reason}.`);
}
