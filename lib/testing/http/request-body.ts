import type { IncomingMessage } from 'node:http';

/** More than any request of Cognito can need (1,000 attributes of 2,048 characters would fit). */
export const MAX_BODY_BYTES = 4 * 1024 * 1024;

/** The body is larger than `MAX_BODY_BYTES`; the connection is closed after the answer. */
export class BodyTooLargeError extends Error {
  override readonly name = 'BodyTooLargeError';

  constructor() {
    super(`The request body is larger than ${MAX_BODY_BYTES} bytes.`);
  }
}

/**
 * Reads a request's body as UTF-8.
 *
 * @throws BodyTooLargeError as soon as the limit is passed; the rest is not read.
 */
export async function readBody(request: IncomingMessage): Promise<string> {
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) {
    throw new BodyTooLargeError();
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) {
      throw new BodyTooLargeError();
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
