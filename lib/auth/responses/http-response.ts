import type { ServerResponse } from 'node:http';

type NodeResponse = Pick<ServerResponse, 'headersSent' | 'end'>;

/** What the responses of Express and Fastify have in common. */
interface CommonResponse {
  header(name: string, value: string): unknown;
  status(code: number): { send(body: unknown): unknown };
  /** Fastify's only: whether the answer is somebody else's, or at its end. */
  readonly sent?: boolean;
  /** Fastify's only; that of Express is a response of Node.js itself. */
  readonly raw?: NodeResponse;
}

/** Sets headers at a response of Express or Fastify; does nothing once they have been sent. */
export function setHeaders(response: object | undefined, headers: Readonly<Record<string, string>>): void {
  if (response === undefined || wasSent(response as CommonResponse)) {
    return;
  }
  for (const [name, value] of Object.entries(headers)) {
    (response as CommonResponse).header(name, value);
  }
}

/**
 * Answers with a JSON body. An answer that has begun can only be ended, as Nest's own filter does it: the client would
 * wait for the rest for ever.
 */
export function answer(
  response: object,
  status: number,
  body: object,
  headers: Readonly<Record<string, string>>,
): void {
  if (wasSent(response as CommonResponse)) {
    nodeResponse(response as CommonResponse).end();
    return;
  }
  setHeaders(response, headers);
  (response as CommonResponse).status(status).send(body);
}

function wasSent(response: CommonResponse): boolean {
  return response.sent === true || nodeResponse(response).headersSent;
}

function nodeResponse(response: CommonResponse): NodeResponse {
  return response.raw ?? (response as unknown as NodeResponse);
}
