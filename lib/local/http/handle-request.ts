import type { IncomingMessage, ServerResponse } from 'node:http';

import { corsHeaders, preflight } from './cors.js';
import { BodyTooLargeError, readBody } from './request-body.js';
import type { RequestOriginCheck } from './request-origin.js';
import { type EventSource, firstOf, type HttpRequest, type HttpResponse, jsonResponse, type Route } from './route.js';

/** Answers a request by the first route that knows it. @param check - comes before the routes. */
export async function handleRequest(
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
