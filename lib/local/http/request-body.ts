import type { IncomingMessage } from 'node:http';

/** More than any Cognito request needs: 1,000 attributes of 2,048 characters fit. */
export const MAX_BODY_BYTES = 4 * 1024 * 1024;

/** The body is larger than `MAX_BODY_BYTES`. */
export class BodyTooLargeError extends Error {
  override readonly name = 'BodyTooLargeError';

  constructor() {
    super(`The request body is larger than ${MAX_BODY_BYTES} bytes.`);
  }
}

/**
 * Reads the body of a request as UTF-8. A body that is too large is read to its end and discarded, because a client
 * that is still writing would not see the response.
 *
 * @throws BodyTooLargeError
 */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) {
      chunks.length = 0;
    } else {
      chunks.push(chunk);
    }
  }
  if (size > MAX_BODY_BYTES) {
    throw new BodyTooLargeError();
  }
  return Buffer.concat(chunks).toString('utf8');
}
