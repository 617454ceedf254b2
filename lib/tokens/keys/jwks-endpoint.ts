import { Agent as HttpAgent, STATUS_CODES } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';

import { within } from '../../time/within.js';

/**
 * Reads the whole key set of a user pool, once per call.
 *
 * @throws KeySetRefusedError if the endpoint answers that there is no such key set.
 */
export type FetchJwks = () => Promise<readonly unknown[]>;

/** The endpoint answers that there is no such key set. Cognito does so for an issuer that a pool does not use. */
export class KeySetRefusedError extends Error {
  override readonly name = 'KeySetRefusedError';
}

/** jwks-rsa reports a status other than 2xx by its reason phrase alone. */
const REFUSALS: ReadonlySet<string> = new Set(
  [400, 401, 403, 404, 410].flatMap((status) => [STATUS_CODES[status] ?? '', `Http Error ${status}`]),
);

/**
 * Reads a key set with jwks-rsa, which is loaded when it is first needed. Its cache and its rate limit stay off: they work
 * per key id, so that tokens with forged ids would cause a request each. SigningKeys caches the whole set instead.
 *
 * @param timeout - milliseconds for the whole exchange. The timeout of jwks-rsa covers inactivity only, and misses a
 *   response that breaks off.
 */
export function jwksEndpoint(uri: string, timeout: number): FetchJwks {
  return async () => {
    const { JwksClient } = await import('./jwks-client.js');
    const agent = uri.startsWith('https:') ? new HttpsAgent() : new HttpAgent();
    const client = new JwksClient({ jwksUri: uri, cache: false, rateLimit: false, timeout, requestAgent: agent });
    try {
      return asKeyList(
        await within(timeout, client.getKeys(), () => new Error(`No complete response within ${timeout} ms.`)),
      );
    } catch (cause) {
      throw cause instanceof Error && REFUSALS.has(cause.message)
        ? new KeySetRefusedError(cause.message, { cause })
        : cause;
    } finally {
      agent.destroy();
    }
  };
}

function asKeyList(keys: unknown): readonly unknown[] {
  if (!Array.isArray(keys)) {
    throw new TypeError('The response is not a JSON Web Key Set.');
  }
  return keys;
}
