import type { ServerResponse } from 'node:http';

type NodeResponse = Pick<ServerResponse, 'headersSent' | 'end'>;

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
  setHeaders(response, headers);
  (response as CommonResponse).status(status).send(body);
}

function isSent(response: CommonResponse): boolean {
  return response.sent === true || nodeResponse(response).headersSent;
}

function nodeResponse(response: CommonResponse): NodeResponse {
  return response.raw ?? (response as unknown as NodeResponse);
}
