import type { HttpAdapterHost } from '@nestjs/core';

import { keepFromCaches } from '../session/response-cookies.js';
import { PAGE_SECURITY_POLICY } from './pages.js';

/** Answers requests through Nest's HTTP adapter, and so in the same way on Express and Fastify. No cache keeps an answer. */
export class Answers {
  constructor(private readonly http: Pick<HttpAdapterHost, 'httpAdapter'>) {}

  /** The browser goes elsewhere, with GET (RFC 9110, section 15.4.4), and does not tell where it came from. */
  redirect(response: object, url: string): void {
    this.#prepare(response);
    this.http.httpAdapter.redirect(response, 303, url);
  }

  page(response: object, status: number, html: string): void {
    this.#prepare(response);
    this.#header(response, 'Content-Type', 'text/html; charset=utf-8');
    this.#header(response, 'Content-Security-Policy', PAGE_SECURITY_POLICY);
    this.#header(response, 'X-Content-Type-Options', 'nosniff');
    this.http.httpAdapter.reply(response, html, status);
  }

  json(response: object, body: object | null): void {
    this.#prepare(response);
    this.#header(response, 'Content-Type', 'application/json; charset=utf-8');
    // As text: a platform would send nothing for null.
    this.http.httpAdapter.reply(response, JSON.stringify(body), 200);
  }

  nothing(response: object): void {
    this.#prepare(response);
    this.http.httpAdapter.reply(response, undefined, 204);
  }

  /** URLs of these routes hold codes and states. */
  #prepare(response: object): void {
    keepFromCaches(response);
    this.#header(response, 'Referrer-Policy', 'no-referrer');
  }

  #header(response: object, name: string, value: string): void {
    this.http.httpAdapter.setHeader(response, name, value);
  }
}
