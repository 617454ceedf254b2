import type { ServerResponse } from 'node:http';

type NodeResponse = Pick<ServerResponse, 'headersSent' | 'end' | 'hasHeader' | 'setHeader' | 'writeHead'>;

/** What the responses of Express and Fastify have in common. */
interface CommonResponse {
  header(name: string, value: string): unknown;
  status(code: number): { send(body: unknown): unknown };
  /** Fastify only: whether the response was sent or hijacked. */
  readonly sent?: boolean;
  /** Fastify only; an Express response is itself a response of Node.js. */
  readonly raw?: NodeResponse;
}

/** Sets headers on a response of Express or Fastify, unless its headers have been sent. */
export function setHeaders(response: object | undefined, headers: Readonly<Record<string, string>>): void {
  if (response === undefined || isSent(response as CommonResponse)) {
    return;
  }
  for (const [name, value] of Object.entries(headers)) {
    (response as CommonResponse).header(name, value);
  }
}

/**
 * Sets headers when a response is sent, if it is sent with this status and without headers of these names. A refusal need
 * not be the last word: a subclass of the guard may allow the call for another reason.
 */
export function setHeadersWithStatus(
  response: object | undefined,
  status: number,
  headers: Readonly<Record<string, string>>,
): void {
  if (response === undefined || isSent(response as CommonResponse)) {
    return;
  }
  const node = nodeResponse(response as CommonResponse);
  const { writeHead } = node;
  // Node.js, Express and Fastify all send the status line with it.
  node.writeHead = (code: number, ...rest: unknown[]) => {
    const missing = Object.entries(headers).filter(([name]) => code === status && !node.hasHeader(name));
    missing.forEach(([name, value]) => node.setHeader(name, value));
    return Reflect.apply(writeHead, node, [code, ...rest]) as ServerResponse;
  };
}

/**
 * Sends a JSON body. A response whose headers have been sent is ended instead, as Nest's own filter does: otherwise the
 * client would wait for the rest forever.
 */
export function sendJson(
  response: object,
  status: number,
  body: object,
  headers: Readonly<Record<string, string>>,
): void {
  if (isSent(response as CommonResponse)) {
    nodeResponse(response as CommonResponse).end();
    return;
  }
  if (!('status' in response)) {
    // Middleware of Fastify has the response of Node.js.
    const fields = { 'Content-Type': 'application/json; charset=utf-8', ...headers };
    nodeResponse(response as CommonResponse)
      .writeHead(status, fields)
      .end(JSON.stringify(body));
    return;
  }
  setHeaders(response, headers);
  (response as CommonResponse).status(status).send(body);
}

function isSent(response: CommonResponse): boolean {
  return response.sent === true || nodeResponse(response).headersSent;
}

function nodeResponse(response: CommonResponse): NodeResponse {
  return response.raw ?? (response as unknown as NodeResponse);
}
