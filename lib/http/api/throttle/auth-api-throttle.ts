import { hash } from 'node:crypto';

import { isObject } from '../../../types/is-object.js';
import type { AuthApiCall } from '../auth-api-call.js';
import type { AuthApiRoute } from '../auth-api-routes.js';
import { clientNetwork, requestAddress } from './client-address.js';
import { defaultLimits } from './default-limits.js';
import { RequestsThrottledError } from './requests-throttled-error.js';
import type { AuthApiLimit, AuthApiThrottleOptions, AuthApiThrottleStorage } from './throttle-options.js';

/** Dependencies of `AuthApiThrottle`. */
export interface AuthApiThrottleDependencies {
  /** The name of the pool: pools are counted apart. */
  readonly pool: string;
  readonly options: Omit<AuthApiThrottleOptions, 'storage'>;
  readonly storage: AuthApiThrottleStorage;
}

/**
 * Limits the calls from one address, and those about one user from anywhere. Every call counts, whatever becomes of it, so
 * that the limits tell nothing.
 */
export class AuthApiThrottle {
  constructor(private readonly dependencies: AuthApiThrottleDependencies) {}

  /** @throws RequestsThrottledError beyond a limit. */
  async check(route: AuthApiRoute, input: object, call: AuthApiCall): Promise<void> {
    const { options } = this.dependencies;
    const given = options.limits?.[route];
    if (given === null) {
      return;
    }
    const { address, user } = { ...defaultLimits(route), ...given };
    const { addressOf = requestAddress } = options;
    await this.#count(route, 'address', clientNetwork(addressOf(call.request)), address);
    await this.#count(route, 'user', userOf(input, call), user);
  }

  async #count(
    route: AuthApiRoute,
    kind: 'address' | 'user',
    who: string | undefined,
    limit: AuthApiLimit | null | undefined,
  ): Promise<void> {
    if (who === undefined || limit === null || limit === undefined) {
      return;
    }
    const { pool, storage } = this.dependencies;
    // A digest: whoever reads the storage need not learn who uses the application.
    const key = `mandate:${pool}:${route}:${kind}:${hash('sha256', who, 'base64url')}`;
    const { isBlocked, timeToBlockExpire } = await storage.increment(key, limit.ttl, limit.limit, limit.ttl, 'mandate');
    if (isBlocked) {
      throw new RequestsThrottledError(Math.max(1, timeToBlockExpire));
    }
  }
}

/** The user whom a call is about, written in one way. */
function userOf(input: object, { username }: AuthApiCall): string | undefined {
  const named = 'username' in input ? input.username : undefined;
  const challenged = 'challenge' in input && isObject(input.challenge) ? input.challenge['username'] : undefined;
  const name = [named, challenged, username].find((value) => typeof value === 'string');
  return name?.trim().normalize('NFKC').toLowerCase();
}
