import { systemClock, type Clock } from '../../time/clock.js';
import { createPoolVerifier, createTokenCache, type PoolVerifierOptions } from '../pool-verifier.js';
import type { TokenObserver } from '../token-events.js';
import type { TokenVerifier } from '../token-verifier.js';
import { TENANT_DEFAULTS, VERIFIER_DEFAULTS } from '../verifier-defaults.js';
import { TenantVerifier, type TenantLimits } from './tenant-verifier.js';
import { VerifierReuse } from './verifier-reuse.js';

/**
 * Your allow-list of tenants: returns the verifier options of an issuer; `undefined` or `null` for an issuer that is not
 * one of yours. The issuer comes from an unverified token: look it up, never build an address from it.
 *
 * @publicApi
 */
export type TenantList = (issuer: string) => ListedOptions | Promise<ListedOptions>;

type ListedOptions = PoolVerifierOptions | undefined | null;

/**
 * Options of `createTenantVerifier()`. Durations are in milliseconds.
 *
 * @publicApi
 */
export interface CreateTenantVerifierOptions {
  /** Your allow-list. Its errors are passed on. */
  readonly tenants: TenantList;
  /** Identifies the tenants in events. Default: `tenants`. */
  readonly name?: string | undefined;
  /** Number of verified tokens to remember, over all tenants; 0 remembers none. Default: 10,000. */
  readonly tokenCacheSize?: number | undefined;
  /** Largest number of tenants to keep, of unlisted issuers, and of pending lookups. Default: 1,000. */
  readonly capacity?: number | undefined;
  /** Timeout of a lookup. Default: 3,000 ms. */
  readonly timeout?: number | undefined;
  /** Time after which a tenant is looked up again: it may have been removed from the list. Default: 5 minutes. */
  readonly tenantTtl?: number | undefined;
  /**
   * How much longer a tenant is accepted while your list does not answer. Default: 1 hour. Risk: during an outage of the
   * list, a tenant that was removed from it is accepted that long.
   */
  readonly tenantMaxStale?: number | undefined;
  /** Time for which an unlisted issuer is not looked up again. Default: 1 minute. */
  readonly unlistedTtl?: number | undefined;
  /** Returns the time in milliseconds since the epoch. Default: the machine's clock. For tests. */
  readonly clock?: Clock | undefined;
  /** Called for every verdict, key fetch and outage. */
  readonly onTokenEvent?: TokenObserver | undefined;
}

/**
 * Creates a verifier for the tokens of many user pools, which are looked up by the issuer of each token. A tenant's
 * verifier, and so its keys, are kept while your list returns the same options: equal data, and the same functions and
 * objects for `revocation`, `customCheck` and the like.
 *
 * @example
 * const verifier = createTenantVerifier({
 *   tenants: async (issuer) => database.findPool(issuer),
 * });
 *
 * @publicApi
 */
export function createTenantVerifier(options: CreateTenantVerifierOptions): TenantVerifier {
  const { tenants, name = 'tenants', clock = systemClock, onTokenEvent } = options;
  const limits = limitsOf(options);
  // One for all, so that memory does not grow with the number of tenants.
  const cache = createTokenCache(options.tokenCacheSize ?? VERIFIER_DEFAULTS.tokenCacheSize);
  const verifiers = new VerifierReuse(limits.capacity);
  const resolve = async (issuer: string): Promise<TokenVerifier | undefined> => {
    const listed = await tenants(issuer);
    if (listed === undefined || listed === null) {
      return undefined;
    }
    return verifiers.get(issuer, fingerprintOf(listed), () =>
      createPoolVerifier({
        ...listed,
        name: listed.name ?? name,
        cache: listed.cache === undefined ? cache : listed.cache,
        clock: listed.clock ?? clock,
        onTokenEvent: listed.onTokenEvent ?? onTokenEvent,
      }),
    );
  };
  return new TenantVerifier({ ...limits, name, resolve, clock, onTokenEvent });
}

function limitsOf(options: CreateTenantVerifierOptions): TenantLimits {
  return {
    capacity: options.capacity ?? TENANT_DEFAULTS.capacity,
    timeout: options.timeout ?? TENANT_DEFAULTS.timeout,
    tenantTtl: options.tenantTtl ?? TENANT_DEFAULTS.tenantTtl,
    tenantMaxStale: options.tenantMaxStale ?? TENANT_DEFAULTS.tenantMaxStale,
    unlistedTtl: options.unlistedTtl ?? TENANT_DEFAULTS.unlistedTtl,
  };
}

/** The data as text, since your list may return the same object with other content; the rest as it is. */
function fingerprintOf(options: PoolVerifierOptions): readonly unknown[] {
  const { cache, revocation, customCheck, clock, onTokenEvent, jwksAgent, jwksFetcher, ...data } = options;
  return [JSON.stringify(data), cache, revocation, customCheck, clock, onTokenEvent, jwksAgent, jwksFetcher];
}
