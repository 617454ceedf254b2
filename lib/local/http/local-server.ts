import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';

import { MandateArgumentError } from '../../errors/argument-error.js';
import { corsHeaders, preflight } from './cors.js';
import { isLoopback, type ListeningHost, urlHost } from './host-names.js';
import type { RequestOriginCheck } from './request-origin.js';
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
  private check: RequestOriginCheck | undefined;

  private constructor(
    private readonly server: Server,
    private readonly host: string,
    private readonly scheme: 'http' | 'https',
  ) {
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      void handle(this.routes, this.check, request, response);
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

  /** Replaces the routes, and the check that comes before them. */
  serve(routes: readonly Route[], check?: RequestOriginCheck): void {
    this.routes = routes;
    this.check = check;
  }

  /** The port of the server, also when a free one was selected. */
  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** `http://host:port` or `https://host:port`. The wildcard addresses become the loopback address. */
  get origin(): string {
    return this.urlOf(isWildcard(this.host) ? '127.0.0.1' : this.host);
  }

  /** Where other machines reach the server first: its origin, or for a wildcard address that of a network interface. */
  get publicOrigin(): string {
    return this.addresses[1] ?? this.origin;
  }

  /** Where the server is reached: its origin, and for a wildcard address those of the network interfaces. */
  get addresses(): string[] {
    const others = isWildcard(this.host) ? interfaceAddresses(this.host) : [];
    return [this.origin, ...others.map((address) => this.urlOf(address))];
  }

  /** Where it listens, and whether that is out of reach of other machines. */
  get listeningHost(): ListeningHost {
    const { address } = this.server.address() as AddressInfo;
    return { host: this.host, isOpenToOthers: !isLoopback(address) };
  }

  private urlOf(host: string): string {
    return `${this.scheme}://${urlHost(host)}:${this.port}`;
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

function isWildcard(host: string): boolean {
  return host === '0.0.0.0' || host === '::';
}

/** The addresses of this machine in its networks: those of IPv4 first, and link-local ones never, as they need a zone. */
function interfaceAddresses(host: string): string[] {
  const found = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, address }) => !internal && !/^(?:fe[89ab][\da-f]:|169\.254\.)/i.test(address));
  const of = (kind: string) => found.filter(({ family }) => family === kind).map(({ address }) => address);
  return host === '::' ? [...of('IPv4'), ...of('IPv6')] : of('IPv4');
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

async function handle(
  routes: readonly Route[],
  check: RequestOriginCheck | undefined,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const { method = 'GET', headers } = incoming;
  const path = urlOf(incoming).pathname;
  const refusal = check?.refusal({ method, headers, path });
  const cors = refusal === undefined ? corsHeaders({ headers, path }) : {};
  try {
    const request = await readRequest(incoming);
    write(outgoing, refusal ?? (await dispatch(routes, request)), cors);
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
    method: incoming.method === 'HEAD' ? 'GET' : (incoming.method ?? 'GET'),
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
    if (outgoing.req.method === 'HEAD') {
      outgoing.end();
    } else {
      sendEvents(outgoing, response.events);
    }
    return;
  }
  const { body: content = '' } = response;
  const body = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  outgoing.setHeader('Content-Length', body.length);
  outgoing.writeHead(response.status);
  outgoing.end(body);
}

function sendEvents(outgoing: ServerResponse, events: EventSource): void {
  outgoing.flushHeaders();
  const end = events((event) => outgoing.write(event));
  outgoing.once('close', end);
}
