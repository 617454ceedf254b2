import { hash } from 'node:crypto';

import { BoundedMap } from '../../../memory/bounded-map.js';
import { type Clock, systemClock } from '../../../time/clock.js';
import type { AuthApiCall } from '../auth-api-call.js';
import type { AuthApiRoute } from '../auth-api-routes.js';
import { normalizedUsername } from '../normalized-username.js';
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
  /** The time of the storage. Default: the machine's clock. */
  readonly clock?: Clock | undefined;
}

/** What is counted. */
type Kind = 'address' | 'user';

/** Keys beyond a limit that are remembered. */
const CAPACITY = 10_000;

/**
 * Limits the calls from one address, and those about one user from anywhere. Every call counts, whatever becomes of it, so
 * that the limits tell nothing.
 */
export class AuthApiThrottle {
  /**
   * Until when keys are blocked. The storage is not asked about them: storages on Redis count on while a key is blocked, and
   * would block it again at once.
   */
  readonly #blocked = new BoundedMap<string, number>(CAPACITY);

  constructor(private readonly dependencies: AuthApiThrottleDependencies) {}

  /**
   * @param username - of the user whom the call is about, if there is one.
   * @throws RequestsThrottledError beyond a limit.
   */
  async check(route: AuthApiRoute, call: AuthApiCall, username: string | undefined): Promise<void> {
    const { options } = this.dependencies;
    const given = options.limits?.[route];
    if (given === null) {
      return;
    }
    const defaults = defaultLimits(route);
    const limitOf = (kind: Kind): AuthApiLimit | null | undefined =>
      given?.[kind] === undefined ? defaults[kind] : given[kind];
    const { addressOf = requestAddress } = options;
    // The address first: who is beyond its limit may not use up that of a user.
    await this.#count(route, 'address', clientNetwork(addressOf(call.request)), limitOf('address'));
    await this.#count(route, 'user', username && normalizedUsername(username), limitOf('user'));
  }

  async #count(
    route: AuthApiRoute,
    kind: Kind,
    who: string | undefined,
    limit: AuthApiLimit | null | undefined,
  ): Promise<void> {
    if (who === undefined || limit === null || limit === undefined) {
      return;
    }
    const { pool, storage, clock = systemClock } = this.dependencies;
    // A digest: whoever reads the storage need not learn who uses the application.
    const key = `mandate:${pool}:${route}:${kind}:${hash('sha256', who, 'base64url')}`;
    const remaining = Math.ceil(((this.#blocked.peek(key) ?? 0) - clock()) / 1000);
    if (remaining > 0) {
      throw new RequestsThrottledError(remaining);
    }
    const { isBlocked, timeToBlockExpire } = await storage.increment(key, limit.ttl, limit.limit, limit.ttl, 'mandate');
    if (isBlocked) {
      const seconds = Math.max(1, timeToBlockExpire);
      this.#blocked.set(key, clock() + seconds * 1000);
      throw new RequestsThrottledError(seconds);
    }
  }
}
