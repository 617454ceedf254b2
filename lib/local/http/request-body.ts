import type { IncomingMessage } from 'node:http';

/** More than any Cognito request needs: 1,000 attributes of 2,048 characters fit. */
export const MAX_BODY_BYTES = 4 * 1024 * 1024;

/** The largest file of an import of users. */
const MAX_IMPORT_BYTES = 100 * 1024 * 1024;

/** The body is larger than allowed. */
export class BodyTooLargeError extends Error {
  override readonly name = 'BodyTooLargeError';

  constructor(limit: number) {
    super(`The request body is larger than ${limit} bytes.`);
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
  const limit = request.method === 'PUT' ? MAX_IMPORT_BYTES : MAX_BODY_BYTES;
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) {
      chunks.length = 0;
    } else {
      chunks.push(chunk);
    }
  }
  if (size > limit) {
    throw new BodyTooLargeError(limit);
  }
  return Buffer.concat(chunks).toString('utf8');
}
