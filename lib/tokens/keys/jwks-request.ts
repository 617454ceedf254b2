import http, { STATUS_CODES, type Agent, type IncomingMessage } from 'node:http';
import https from 'node:https';
import { urlToHttpOptions } from 'node:url';

/** The endpoint answers that there is no such key set. Cognito does so for an issuer that a pool does not use. */
export class KeySetRefusedError extends Error {
  override readonly name = 'KeySetRefusedError';
}

/** Bytes. The key set of a user pool has some two thousand. */
const MAX_BODY_SIZE = 1_048_576;

/** Characters of a header that a message quotes. */
const MAX_QUOTE_LENGTH = 200;

/** Statuses that say that there is no such key set. */
const REFUSALS: ReadonlySet<number> = new Set([400, 401, 403, 404, 410]);

/**
 * Reads the JSON at an address, by one GET without redirections. The size of the response is limited, since an endpoint
 * may never stop sending.
 *
 * @param signal - ends the request.
 * @param agent - connects to the endpoint. Default: Node's global agent, as it is at the time of the request.
 * @throws KeySetRefusedError if the endpoint answers that there is no such key set.
 */
export async function requestJwks(uri: string, signal: AbortSignal, agent: Agent | undefined): Promise<unknown> {
  const response = await open(uri, signal, agent);
  try {
    assertSuccess(response);
    return parse(await readBody(response), response);
  } finally {
    response.destroy();
  }
}

function open(uri: string, signal: AbortSignal, agent: Agent | undefined): Promise<IncomingMessage> {
  const { protocol, hostname, port, path, auth } = urlToHttpOptions(new URL(uri));
  const options = {
    ...(auth !== undefined && { auth }),
    hostname,
    port,
    path,
    method: 'GET',
    // The next request is minutes away: a connection that is kept would be of no use.
    headers: { accept: 'application/json', 'accept-encoding': 'identity', connection: 'close' },
    signal,
    ...(agent !== undefined && { agent }),
  };
  return new Promise((resolve, reject) => {
    const { request } = protocol === 'https:' ? https : http;
    request(options, resolve).on('error', reject).end();
  });
}

function assertSuccess({ statusCode = 0, headers }: IncomingMessage): void {
  if (statusCode >= 200 && statusCode < 300) {
    return;
  }
  const status = `${String(statusCode)} ${STATUS_CODES[statusCode] ?? ''}`.trim();
  if (REFUSALS.has(statusCode)) {
    throw new KeySetRefusedError(`The endpoint answered ${status}.`);
  }
  const redirection = statusCode >= 300 && statusCode < 400 ? ' Redirections are not followed.' : '';
  const target = redirection === '' || headers.location === undefined ? '' : ` (${quote(headers.location)})`;
  throw new Error(`The endpoint answered ${status}${target}.${redirection}`);
}

async function readBody(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_SIZE) {
      throw new Error(`The response is larger than ${String(MAX_BODY_SIZE)} bytes, which no key set is.`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parse(body: string, { headers }: IncomingMessage): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // Without the cause: its message quotes the body.
    const type = quote(headers['content-type'] ?? 'none');
    const encoding = headers['content-encoding'];
    const details = encoding === undefined ? '' : `, content encoding: ${quote(encoding)}, which was not asked for`;
    throw new TypeError(`The response is not JSON (content type: ${type}${details}).`);
  }
}

/** A header as part of a message. Without its query, which may hold secrets. */
function quote(text: string): string {
  return text.split('?', 1).join('').slice(0, MAX_QUOTE_LENGTH);
}
