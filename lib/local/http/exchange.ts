import type { IncomingHttpHeaders } from 'node:http';

/** One request as the routes see it: read to its end, so no route touches the socket. */
export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** The address that the client's connection comes from. */
  readonly remoteAddress: string;
}

/** What a route answers. */
export interface HttpResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string;
}

/** A route: undefined when the request is not for it. */
export type Route = (request: HttpRequest) => Promise<HttpResponse | undefined> | HttpResponse | undefined;

/** A JSON document. */
export function jsonResponse(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): HttpResponse {
  return { status, headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(body) };
}
