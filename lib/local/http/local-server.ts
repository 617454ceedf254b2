import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

import { MandateArgumentError } from '../../errors/argument-error.js';
import { corsHeaders, preflight } from './cors.js';
import { type EventSource, firstOf, type HttpRequest, type HttpResponse, jsonResponse, type Route } from './route.js';
import { BodyTooLargeError, readBody } from './request-body.js';

/** Longer than clients keep idle connections, so that the server never closes one while a request is on its way. */
const KEEP_ALIVE_MILLISECONDS = 120_000;

/** A certificate and its private key, PEM. */
export interface ServerTls {
  readonly key: string;
  readonly cert: string;
}

/** An HTTP or HTTPS server that tries a list of routes in order. */
export class LocalServer {
  private routes: readonly Route[] = [];

  private constructor(
    private readonly server: Server,
    private readonly host: string,
    private readonly scheme: 'http' | 'https',
  ) {
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      void handle(this.routes, request, response);
    });
  }

  /**
   * Starts to listen. `serve` sets the routes.
   *
   * @param port - 0 selects any free port.
   * @param tls - default: plain HTTP.
   * @throws MandateArgumentError for `port` or `host`, if the server cannot listen there, and for an unusable `tls`.
   */
  static async listen(port: number, host: string, tls?: ServerTls): Promise<LocalServer> {
    const options = { keepAliveTimeout: KEEP_ALIVE_MILLISECONDS };
    const server = tls === undefined ? createServer(options) : secureServer(options, tls);
    await listen(server, port, host);
    return new LocalServer(server, host, tls === undefined ? 'http' : 'https');
  }

  /** Replaces the routes. */
  serve(routes: readonly Route[]): void {
    this.routes = routes;
  }

  /** The port of the server, also when a free one was selected. */
  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** `http://host:port` or `https://host:port`. The wildcard addresses become the loopback address. */
  get origin(): string {
    const name = this.host === '0.0.0.0' || this.host === '::' ? '127.0.0.1' : this.host;
    return `${this.scheme}://${name.includes(':') ? `[${name}]` : name}:${this.port}`;
  }

  /** Stops the server and closes open connections. */
  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.server.close(() => {
        resolve();
      });
      this.server.closeAllConnections();
    });
  }
}

function secureServer(options: { readonly keepAliveTimeout: number }, { key, cert }: ServerTls): Server {
  try {
    return createTlsServer({ ...options, key, cert });
  } catch {
    throw new MandateArgumentError(
      'tls',
      'must have a private key and its certificate, both as PEM text, but Node.js cannot read them',
    );
  }
}

async function listen(server: Server, port: number, host: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(listenError(error, port, host));
    });
    server.listen(port, host, resolve);
  });
}

function listenError(error: NodeJS.ErrnoException, port: number, host: string): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new MandateArgumentError(
        'port',
        `must be free, but ${port} is in use on ${host}. Choose another port, or 0 for any free one`,
      );
    case 'EACCES':
      return new MandateArgumentError(
        'port',
        `must be a port that this user may listen on, but ${port} requires more privileges. Choose a port above 1023`,
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new MandateArgumentError('host', `must be an address of this machine, not "${host}"`);
    default:
      return error;
  }
}

async function handle(routes: readonly Route[], incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const cors = corsHeaders({ headers: incoming.headers, path: urlOf(incoming).pathname });
  try {
    write(outgoing, await dispatch(routes, await readRequest(incoming)), cors);
  } catch (error) {
    if (error instanceof BodyTooLargeError) {
      write(outgoing, jsonResponse(413, { __type: 'RequestTooLargeException', message: error.message }), cors);
    } else if (!outgoing.headersSent && !outgoing.destroyed) {
      write(outgoing, jsonResponse(500, { __type: 'InternalErrorException', message: 'Internal error.' }), cors);
    }
  }
}

async function readRequest(incoming: IncomingMessage): Promise<HttpRequest> {
  const url = urlOf(incoming);
  return {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: incoming.headers,
    body: await readBody(incoming),
    remoteAddress: incoming.socket.remoteAddress ?? '',
  };
}

function urlOf({ url = '/' }: IncomingMessage): URL {
  return URL.canParse(url, 'http://local') ? new URL(url, 'http://local') : new URL('http://local/');
}

async function dispatch(routes: readonly Route[], request: HttpRequest): Promise<HttpResponse> {
  const preflightResponse = preflight(request);
  if (preflightResponse !== undefined) {
    return preflightResponse;
  }
  const response = await firstOf(routes)(request);
  return response ?? jsonResponse(404, { message: `Not found: ${request.method} ${request.path}.` });
}

function write(outgoing: ServerResponse, response: HttpResponse, extraHeaders: Record<string, string> = {}): void {
  if (response.reset) {
    outgoing.destroy();
    return;
  }
  for (const [name, value] of Object.entries({ ...extraHeaders, ...response.headers })) {
    outgoing.setHeader(name, value);
  }
  if (response.events !== undefined) {
    outgoing.writeHead(response.status);
    sendEvents(outgoing, response.events);
    return;
  }
  const body = Buffer.from(response.body ?? '', 'utf8');
  outgoing.setHeader('Content-Length', body.length);
  outgoing.writeHead(response.status);
  outgoing.end(body);
}

function sendEvents(outgoing: ServerResponse, events: EventSource): void {
  outgoing.flushHeaders();
  const end = events((event) => outgoing.write(event));
  outgoing.once('close', end);
}
