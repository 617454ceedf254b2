import type { INestApplication } from '@nestjs/common';
import request from 'supertest';

export interface SetCookie {
  readonly name: string;
  readonly value: string;
  readonly attributes: readonly string[];
}

interface Options {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object | string;
}

export const OWN_ORIGIN = 'https://app.example.com';

/** What a script of an own page sends. */
export const OWN_PAGE = { 'x-mandate-csrf': '1', 'sec-fetch-site': 'same-origin', origin: OWN_ORIGIN };

/** Keeps cookies as a browser does, and sends them with each request. */
export class Browser {
  readonly jar = new Map<string, string>();

  constructor(private readonly app: INestApplication) {}

  /** The browser with the same cookies at another instance. */
  at(app: INestApplication): Browser {
    const other = new Browser(app);
    this.jar.forEach((value, name) => other.jar.set(name, value));
    return other;
  }

  get cookie(): string {
    return [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  async get(path: string, options: Options = {}) {
    return this.send('get', path, options);
  }

  async post(path: string, options: Options = {}) {
    return this.send('post', path, options);
  }

  async send(method: 'get' | 'post' | 'delete' | 'head', path: string, { headers = {}, body }: Options) {
    const call = request(this.app.getHttpServer())[method](path).set(headers).redirects(0);
    if (this.jar.size > 0) {
      call.set('Cookie', this.cookie);
    }
    const response = await (body === undefined ? call : call.send(body));
    const cookies = setCookiesOf(response);
    for (const { name, value, attributes } of cookies) {
      if (attributes.includes('Max-Age=0')) {
        this.jar.delete(name);
      } else {
        this.jar.set(name, value);
      }
    }
    return Object.assign(response, { cookies });
  }
}

/** The cookies that an answer sets. */
export function setCookiesOf({ headers }: { headers: Record<string, unknown> }): SetCookie[] {
  return ((headers['set-cookie'] ?? []) as string[]).map((line) => {
    const [pair = '', ...attributes] = line.split('; ');
    const at = pair.indexOf('=');
    return { name: pair.slice(0, at), value: pair.slice(at + 1), attributes };
  });
}
