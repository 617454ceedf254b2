import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { MandateArgumentError } from '../../errors/argument-error.js';
import { corsHeaders, preflight } from './cors.js';
import { type HttpRequest, type HttpResponse, jsonResponse, type Route } from './exchange.js';
import { BodyTooLargeError, readBody } from './request-body.js';

/** Longer than clients keep idle connections, so that none is closed under a request that is just being sent. */
const KEEP_ALIVE_MILLISECONDS = 120_000;

/** A listening HTTP server over a list of routes, asked in their order. */
export class LocalServer {
  private routes: readonly Route[] = [];

  private constructor(
    private readonly server: Server,
    private readonly host: string,
  ) {
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      void answer(this.routes, request, response);
    });
  }

  /**
   * Listens; `serve` says what is there.
   *
   * @param port - 0 takes any free one.
   * @throws MandateArgumentError when the address cannot be listened on; it names the port or host.
   */
  static async listen(port: number, host: string): Promise<LocalServer> {
    const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MILLISECONDS });
    await listening(server, port, host);
    return new LocalServer(server, host);
  }

  /** Answers from now on by these routes. */
  serve(routes: readonly Route[]): void {
    this.routes = routes;
  }

  /** The port that is listened on. */
  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** `http://host:port`; an address that means "every interface" becomes the loopback address. */
  get origin(): string {
    const name = this.host === '0.0.0.0' || this.host === '::' ? '127.0.0.1' : this.host;
    return `http://${name.includes(':') ? `[${name}]` : name}:${this.port}`;
  }

  /** Stops at once, open keep-alive connections included. */
  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.server.close(() => {
        resolve();
      });
      this.server.closeAllConnections();
    });
  }
}

async function listening(server: Server, port: number, host: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(listenFailure(error, port, host));
    });
    server.listen(port, host, resolve);
  });
}

function listenFailure(error: NodeJS.ErrnoException, port: number, host: string): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new MandateArgumentError('port', `should be free, but ${port} is in use on ${host}; choose another one`);
    case 'EACCES':
      return new MandateArgumentError('port', `should be one this user may listen on, unlike ${port}`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new MandateArgumentError('host', `should be an address of this machine, unlike "${host}"`);
    default:
      return error;
  }
}

async function answer(routes: readonly Route[], incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const cors = corsHeaders(incoming);
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
  const url = new URL(incoming.url ?? '/', 'http://local');
  return {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: incoming.headers,
    body: await readBody(incoming),
    remoteAddress: incoming.socket.remoteAddress ?? '',
  };
}

async function dispatch(routes: readonly Route[], request: HttpRequest): Promise<HttpResponse> {
  const preflightAnswer = preflight(request);
  if (preflightAnswer !== undefined) {
    return preflightAnswer;
  }
  for (const route of routes) {
    const response = await route(request);
    if (response !== undefined) {
      return response;
    }
  }
  return jsonResponse(404, { message: `There is nothing at ${request.method} ${request.path}.` });
}

function write(outgoing: ServerResponse, response: HttpResponse, extraHeaders: Record<string, string> = {}): void {
  const body = Buffer.from(response.body ?? '', 'utf8');
  for (const [name, value] of Object.entries({ ...extraHeaders, ...response.headers })) {
    outgoing.setHeader(name, value);
  }
  outgoing.setHeader('Content-Length', body.length);
  outgoing.writeHead(response.status);
  outgoing.end(body);
}
