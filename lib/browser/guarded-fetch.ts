import { browser } from './browser-globals.js';
import { errorCode } from './read-error.js';
import { isAboutSession, isRevocation, reasonOf } from './session-codes.js';
import type { SessionWatch } from './session-watch.js';
import type { TokenKeeper } from './token-keeper.js';

/** Methods that change nothing (RFC 9110, section 9.2.1). */
const SAFE = /^(GET|HEAD|OPTIONS|TRACE)$/;

/** Dependencies of `GuardedFetch`. */
export interface GuardedFetchDependencies {
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
  readonly watch: SessionWatch;
  /** Absent where cookies carry the session. */
  readonly keeper: TokenKeeper | undefined;
  readonly csrfHeader: string;
  readonly baseUrl: string;
  /** Origins, beside those of the page and of `baseUrl`, that get credentials. */
  readonly origins: readonly string[];
  /** Asks the server whether there is a session. */
  readonly askForSession: () => Promise<unknown>;
}

/** `fetch` with the credentials of the session, for the application's own servers only. */
export class GuardedFetch {
  constructor(private readonly dependencies: GuardedFetchDependencies) {}

  /** Sends a request of a signed-in user. Renews the tokens when due, and reports the end of the session. */
  async fetch(input: string | URL | Request, init: RequestInit = {}): Promise<Response> {
    if (!this.#isTrusted(addressOf(input))) {
      return this.dependencies.fetch(input, init);
    }
    if (headersOf(input, init).has('authorization')) {
      // Credentials of the caller say nothing about the session.
      return this.send(input, init);
    }
    const { watch, keeper } = this.dependencies;
    const { epoch } = watch;
    // A request object can be read once; its copy goes first.
    const first = input instanceof Request ? input.clone() : input;
    const token = await keeper?.accessToken();
    const response = await this.send(first, init, token);
    if (response.status !== 401) {
      if (response.ok && (keeper === undefined || token !== undefined)) {
        watch.seen(epoch);
      }
      return response;
    }
    const code = await errorCode(response);
    if (keeper === undefined) {
      await this.#endOfCookie(code, epoch);
      return response;
    }
    const again = token === undefined ? undefined : await this.#again(input, init, token, code, keeper);
    return again ?? response;
  }

  /** Sends a request with the header against forged ones and, if there is one, the access token. */
  async send(input: string | URL | Request, init: RequestInit, token?: string): Promise<Response> {
    const { csrfHeader, keeper, fetch } = this.dependencies;
    const url = addressOf(input);
    const headers = headersOf(input, init);
    if (token !== undefined) {
      headers.set('authorization', `Bearer ${token}`);
    }
    if (keeper !== undefined) {
      return fetch(input instanceof Request ? input : url, { ...init, headers });
    }
    if (!SAFE.test((init.method ?? (input instanceof Request ? input.method : 'GET')).toUpperCase())) {
      headers.set(csrfHeader, '1');
    }
    const credentials = url.origin === pageOrigin() ? 'same-origin' : 'include';
    return fetch(input instanceof Request ? input : url, { credentials, ...init, headers });
  }

  /** In cookie mode the server has renewed what could be renewed: a 401 that is about the session is its end. */
  async #endOfCookie(code: string | undefined, epoch: number): Promise<void> {
    if (code !== undefined) {
      if (isAboutSession(code)) {
        this.dependencies.watch.ended(reasonOf(code), epoch);
      }
      return;
    }
    // Any server may have said this, so the one of the session decides.
    await this.dependencies.askForSession().catch(() => undefined);
  }

  /** After a 401: once more with renewed tokens, if they are the reason and the request can be sent again. */
  async #again(
    input: string | URL | Request,
    init: RequestInit,
    token: string,
    code: string | undefined,
    keeper: TokenKeeper,
  ): Promise<Response | undefined> {
    const { watch } = this.dependencies;
    const { epoch } = watch;
    if (code !== undefined && isRevocation(code)) {
      if ((await keeper.load())?.accessToken === token) {
        await keeper.clear();
        watch.ended(reasonOf(code), epoch);
      }
      return undefined;
    }
    if (code !== undefined && !code.endsWith('TOKEN_EXPIRED')) {
      return undefined;
    }
    const renewed = await keeper.renewIfPossible(token);
    const isNew = renewed !== undefined && renewed.accessToken !== token;
    return isNew && !(init.body instanceof ReadableStream) ? this.send(input, init, renewed.accessToken) : undefined;
  }

  #isTrusted({ origin }: URL): boolean {
    const { baseUrl, origins } = this.dependencies;
    return origin === pageOrigin() || origin === addressOf(baseUrl).origin || origins.includes(origin);
  }
}

function headersOf(input: string | URL | Request, { headers }: RequestInit): Headers {
  return new Headers(headers ?? (input instanceof Request ? input.headers : undefined));
}

/** The full address, as the page would resolve it. */
export function addressOf(input: string | URL | Request): URL {
  return new URL(input instanceof Request ? input.url : input, browser.location?.href);
}

function pageOrigin(): string | undefined {
  return browser.location && new URL(browser.location.href).origin;
}
