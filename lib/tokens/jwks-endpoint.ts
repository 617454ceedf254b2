import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';

import { within } from '../time/within.js';

/** Reads the whole key set of a user pool, once per call. */
export type FetchJwks = () => Promise<readonly unknown[]>;

/**
 * Reads a key set from its address with jwks-rsa, which is loaded when it is first needed. Its cache and its rate limit
 * stay off: they work per key id, so that tokens with forged ids would cause a request each. SigningKeys caches the
 * whole set instead.
 *
 * @param timeout - milliseconds for the whole exchange. jwks-rsa's own time-out only watches for silence, and does not
 *   notice an answer that breaks off.
 */
export function jwksEndpoint(uri: string, timeout: number): FetchJwks {
  return async () => {
    const { JwksClient } = await import('jwks-rsa');
    const agent = uri.startsWith('https:') ? new HttpsAgent() : new HttpAgent();
    const client = new JwksClient({ jwksUri: uri, cache: false, rateLimit: false, timeout, requestAgent: agent });
    try {
      return asKeyList(
        await within(timeout, client.getKeys(), () => new Error(`No complete answer within ${timeout} ms.`)),
      );
    } finally {
      agent.destroy();
    }
  };
}

function asKeyList(keys: unknown): readonly unknown[] {
  if (!Array.isArray(keys)) {
    throw new TypeError('The answer is not a JSON Web Key Set.');
  }
  return keys;
}
