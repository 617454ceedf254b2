import type { AddressInfo } from 'node:net';

import type { INestApplication } from '@nestjs/common';

/** Of Node, which tests replace by that of a page. */
const { fetch } = globalThis;

/** A page of an application in a browser: it keeps cookies, and says with each request where it comes from. */
export class BrowserPage {
  constructor(
    private readonly app: INestApplication,
    private readonly origin: string,
    private readonly site = 'same-origin',
    private readonly jar = new Map<string, string>(),
    /** Where requests are sent. Default: the address that the application listens on. */
    private readonly server?: string,
  ) {}

  /** A page of another origin in the same browser, whose cookies go along whatever their `SameSite` says. */
  from(origin: string, site: 'same-site' | 'cross-site'): BrowserPage {
    return new BrowserPage(this.app, origin, site, this.jar);
  }

  /** The `fetch` of its scripts. Requests to its origin, and paths, go to the application. */
  readonly fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const { pathname, search } = new URL(input instanceof Request ? input.url : input, this.origin);
    const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : undefined));
    headers.set('origin', this.origin);
    headers.set('sec-fetch-site', this.site);
    headers.set('cookie', [...this.jar].map(([name, value]) => `${name}=${value}`).join('; '));
    const response = await fetch(`${this.#address()}${pathname}${search}`, { redirect: 'manual', ...init, headers });
    this.#keep(response.headers.getSetCookie());
    return response;
  };

  #address(): string {
    if (this.server !== undefined) {
      return this.server;
    }
    const { port } = (this.app.getHttpServer() as { address(): AddressInfo }).address();
    return `http://127.0.0.1:${String(port)}`;
  }

  #keep(lines: readonly string[]): void {
    for (const line of lines) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/; Max-Age=0(;|$)/.test(line)) {
        this.jar.delete(name);
      } else {
        this.jar.set(name, value);
      }
    }
  }
}
