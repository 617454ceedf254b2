import type { Agent } from 'node:http';

import { within } from '../../time/within.js';
import { isObject } from '../../types/is-object.js';
import type { JsonWebKeySet } from './json-web-key-set.js';
import { requestJwks } from './jwks-request.js';

/**
 * Reads the whole key set of a user pool, once per call.
 *
 * @param closed - ends the call when it is aborted.
 * @throws KeySetRefusedError if the endpoint answers that there is no such key set.
 */
export type FetchJwks = (closed?: AbortSignal) => Promise<readonly unknown[]>;

/**
 * Fetches a key set in your own way: with another HTTP client, through a proxy, from a file. It resolves to the key set,
 * as an object.
 *
 * @param uri - the address of the key set.
 * @param signal - aborted after `jwksTimeout`, and when the application closes: pass it on to your HTTP client.
 * @example
 * jwksFetcher: async (uri, signal) => (await fetch(uri, { signal, dispatcher })).json()
 *
 * @publicApi
 */
export type JwksFetcher = (uri: string, signal: AbortSignal) => JsonWebKeySet | Promise<JsonWebKeySet>;

/** How requests for a key set reach the endpoint. */
export interface JwksTransport {
  readonly agent?: Agent | undefined;
  readonly fetcher?: JwksFetcher | undefined;
}

/** Many more than any pool has, and few enough to import at once. */
const MAX_KEYS = 100;

/**
 * Reads a key set with jwks-rsa, which is loaded when it is first needed. Its cache and its rate limit stay off: they work
 * per key id, so that tokens with forged ids would cause a request each. SigningKeys caches the whole set instead. Its
 * own request has no limit on the size of a response or on the time that it takes, so that it gets ours.
 *
 * @param timeout - milliseconds for the whole exchange, from the connection to the end of the response.
 */
export function jwksEndpoint(uri: string, timeout: number, { agent, fetcher }: JwksTransport = {}): FetchJwks {
  return async (closed) => {
    const { JwksClient } = await import('./jwks-client.js');
    const exchange = new AbortController();
    const abort = (): void => {
      exchange.abort();
    };
    closed?.addEventListener('abort', abort);
    const client = new JwksClient({
      jwksUri: uri,
      cache: false,
      rateLimit: false,
      fetcher: async () => {
        const { signal } = exchange;
        return asKeySet(await (fetcher === undefined ? requestJwks(uri, signal, agent) : fetcher(uri, signal)));
      },
    });
    try {
      const late = () => new Error(`No complete response within ${String(timeout)} ms.`);
      return (await within(timeout, client.getKeys(), late, closed)) as readonly unknown[];
    } finally {
      closed?.removeEventListener('abort', abort);
      abort();
    }
  };
}

function asKeySet(value: unknown): { keys: unknown[] } {
  if (!isObject(value) || !Array.isArray(value['keys'])) {
    throw new TypeError('The response is not a JSON Web Key Set: an object with a list "keys".');
  }
  const keys: unknown[] = value['keys'];
  if (keys.length > MAX_KEYS) {
    throw new RangeError(
      `The key set contains ${String(keys.length)} keys. No more than ${String(MAX_KEYS)} are read.`,
    );
  }
  return { keys };
}
