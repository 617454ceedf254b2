import type { ServerResponse } from 'node:http';

import type { HttpAdapterHost } from '@nestjs/core';

import type { TokenSource } from '../../auth/request-context.js';
import { isObject } from '../../types/is-object.js';

type NodeResponse = Pick<ServerResponse, 'headersSent' | 'setHeader' | 'getHeader' | 'removeHeader' | 'writeHead'>;

/** What the responses of Express and Fastify have in common. */
interface CommonResponse {
  /** Express. */
  readonly req?: { readonly headers?: Readonly<Record<string, unknown>> };
  /** Fastify. */
  readonly request?: { readonly headers?: Readonly<Record<string, unknown>> };
  /** Fastify only: whether the response was sent or hijacked. */
  readonly sent?: boolean;
  /** Fastify only; an Express response is itself a response of Node.js. */
  readonly raw?: NodeResponse;
}

type HeaderFields = Readonly<Record<string, unknown>>;

const NO_STORE = 'private, no-store';
const PROTECTED = Symbol('mandate.no-store');

/** Sets cookies through Nest's HTTP adapter, in the same way on Express and Fastify. */
export class ResponseCookies {
  constructor(private readonly http: Pick<HttpAdapterHost, 'httpAdapter'>) {}

  /** Whether the answer of a call can still set cookies, which the browser then has before its next request. */
  canWrite({ transport, headers, response }: TokenSource): boolean {
    const isRequest = transport === 'http' || transport === 'graphql';
    if (!isRequest || response === undefined || headers['upgrade'] !== undefined) {
      return false;
    }
    // A stream of events goes past what the platform would send.
    const { accept } = headers;
    return !isSent(response) && !(typeof accept === 'string' && accept.includes('text/event-stream'));
  }

  /** Appends `Set-Cookie` lines, and keeps caches from storing them, whatever else the answer says. */
  write(response: object, lines: readonly string[]): void {
    if (lines.length === 0 || isSent(response)) {
      return;
    }
    for (const line of lines) {
      this.http.httpAdapter.appendHeader(response, 'Set-Cookie', line);
    }
    keepFromCaches(response);
  }

  /** The `Cookie` header of the request that a response answers. */
  sentWith(response: object): string {
    const { req, request } = response as CommonResponse;
    const cookie = (req ?? request)?.headers?.['cookie'];
    return typeof cookie === 'string' ? cookie : '';
  }
}

/**
 * Makes sure that an answer is sent with `Cache-Control: private, no-store` and `Vary: Cookie`, although the handler may set
 * others: a cache that stored it would hand one user's session to others.
 */
export function keepFromCaches(response: object): void {
  const node = (response as CommonResponse).raw ?? (response as NodeResponse);
  if (PROTECTED in node) {
    return;
  }
  Object.defineProperty(node, PROTECTED, { value: true });
  const { writeHead } = node;
  // Node.js, Express and Fastify all send the status line with it. Fastify passes its headers here.
  node.writeHead = (...args: unknown[]) => {
    const fields = args.find(isObject) ?? {};
    const vary = varyOf(valueOf(fields, 'vary') ?? node.getHeader('vary'));
    node.setHeader('Cache-Control', NO_STORE);
    node.setHeader('Vary', vary);
    const others = Object.entries(fields).filter(([name]) => !/^(cache-control|vary)$/i.test(name));
    const rest = args.map((argument) => (isObject(argument) ? Object.fromEntries(others) : argument));
    return Reflect.apply(writeHead, node, rest) as ServerResponse;
  };
}

function valueOf(fields: HeaderFields, name: string): unknown {
  return Object.entries(fields).find(([key]) => key.toLowerCase() === name)?.[1];
}

function varyOf(present: unknown): string {
  const names = [present].flat().filter((value) => typeof value === 'string');
  const isListed = names.some((value) => /(^|,)\s*(cookie|\*)\s*(,|$)/i.test(value));
  return [...names, ...(isListed ? [] : ['Cookie'])].join(', ');
}

function isSent(response: object): boolean {
  const { sent, raw } = response as CommonResponse;
  return sent === true || (raw ?? (response as NodeResponse)).headersSent;
}
