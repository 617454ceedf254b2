import type { IncomingHttpHeaders } from 'node:http';

/** A request with its whole body, so that routes never touch the socket. */
export interface HttpRequest {
  /** Of a HEAD request GET: the server leaves the body out. */
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** The IP address of the client. */
  readonly remoteAddress: string;
}

/** Sends what happens from now on, until the client goes. Called once; returns what ends it. */
export type EventSource = (send: (event: string) => void) => () => void;

/** The response of a route. */
export interface HttpResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Buffer;
  /** In place of a body: server-sent events, for as long as the client listens. */
  readonly events?: EventSource;
  /** In place of any answer: the connection is closed. */
  readonly reset?: boolean;
}

/** Handles a request. Returns `undefined` if the request belongs to another route. */
export type Route = (request: HttpRequest) => Promise<HttpResponse | undefined> | HttpResponse | undefined;

/** The response to a method that a path does not have. Paths with GET have HEAD too. */
export function methodNotAllowed(...methods: readonly string[]): HttpResponse {
  const allowed = methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
  return { status: 405, headers: { Allow: allowed.join(', ') } };
}

/** A response with a JSON body. */
export function jsonResponse(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): HttpResponse {
  return { status, headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(body) };
}

/** Several routes as one, tried in order. */
export function firstOf(routes: readonly Route[]): Route {
  return async (request) => {
    for (const route of routes) {
      const response = await route(request);
      if (response !== undefined) {
        return response;
      }
    }
    return undefined;
  };
}
