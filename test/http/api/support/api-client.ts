import type { INestApplication } from '@nestjs/common';
import request from 'supertest';

import type { AuthApiDelivery } from '../../../../lib/http/index.js';
import type { TokenSet } from '../../../../lib/protocol/authentication-outcome.js';
import { OWN_PAGE, setCookiesOf } from '../../support/browser.js';
import type { Exchange } from './journal.js';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
type Json = Readonly<Record<string, unknown>>;

/** What a client may send apart from what it always sends. */
export interface CallOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** Instead of what the client always sends. */
  readonly only?: Readonly<Record<string, string>>;
}

/** A client of the API that keeps what the delivery gives it: cookies, or tokens. */
export class ApiClient {
  readonly jar = new Map<string, string>();
  accessToken: string | undefined;
  refreshToken: string | undefined;

  constructor(
    private readonly app: INestApplication,
    private readonly delivery: AuthApiDelivery,
    private readonly prefix = '/auth',
    /** Sees every answer. */
    private readonly observe?: (exchange: Exchange) => void,
  ) {}

  get cookie(): string {
    return [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** Calls a route of the API. */
  async call(method: Method, path: string, body?: object | string, options: CallOptions = {}) {
    return this.send(method, `${this.prefix}/${path}`, body, options);
  }

  /** Calls any route of the application. */
  async send(method: Method, path: string, body?: object | string, { headers, only }: CallOptions = {}) {
    const call = request(this.app.getHttpServer())
      [method](path)
      .set(only ?? { ...this.#headers(), ...headers });
    if (only === undefined && this.jar.size > 0) {
      void call.set('Cookie', this.cookie);
    }
    const response = await (body === undefined ? call : call.send(body));
    const { status, text, headers: received } = response;
    this.observe?.({ method, path: path.split('?')[0] ?? '', status, text, headers: received });
    for (const { name, value, attributes } of setCookiesOf(response)) {
      if (attributes.includes('Max-Age=0')) {
        this.jar.delete(name);
      } else {
        this.jar.set(name, value);
      }
    }
    this.#keep(response.body as Json | null);
    return response;
  }

  /** Signs in, and fails unless that needs no challenge. */
  async signIn({ username, password }: { readonly username: string; readonly password: string }): Promise<void> {
    const { status, body } = await this.call('post', 'authenticate', { username, password });
    expect({ status, outcome: (body as Json)['status'] }).toEqual({ status: 200, outcome: 'AUTHENTICATED' });
  }

  /** Answers a challenge in the way of the delivery. */
  async respond(challenge: Json, answer: object, more: object = {}) {
    return this.call(
      'post',
      'respond',
      this.delivery === 'cookie' ? { name: challenge['name'], answer } : { challenge, answer, ...more },
    );
  }

  #headers(): Record<string, string> {
    if (this.delivery === 'cookie') {
      return OWN_PAGE;
    }
    return this.accessToken === undefined ? {} : { authorization: `Bearer ${this.accessToken}` };
  }

  #keep(body: Json | null): void {
    const tokens: Partial<TokenSet> | null = body?.['tokens'] ?? body;
    if (typeof tokens?.accessToken === 'string') {
      this.accessToken = tokens.accessToken;
      this.refreshToken = tokens.refreshToken ?? this.refreshToken;
    }
  }
}
