import { MandateConfigurationError } from '../../errors/configuration-error.js';
import type { Clock } from '../../time/clock.js';
import { createPoolVerifier, createTokenCache, type PoolVerifierOptions } from '../pool-verifier.js';
import type { Revocation } from '../revocation/create-revocation.js';
import type { TokenRevoker } from '../revocation/token-revoker.js';
import type { TokenObserver } from '../token-events.js';
import type { TokenVerifier } from '../token-verifier.js';
import type { Verifier } from '../verifier.js';
import { TENANT_DEFAULTS } from '../verifier-defaults.js';
import { TenantVerifier } from './tenant-verifier.js';
import { TENANT_POOL_OPTIONS, type TenantOptions, type TenantsOption } from './tenants-option.js';
import { VerifierReuse } from './verifier-reuse.js';

/** The members of a listed tenant that are used; a database row may have more. */
const TENANT_OPTIONS: readonly (keyof TenantOptions)[] = [...TENANT_POOL_OPTIONS, 'tokenUse'];

/** Options of `createTenants()`. */
export interface TenantSetOptions {
  /** The application's allow-list. */
  readonly tenants: TenantsOption;
  /**
   * Checks what the list returned and fills in what the tenants share.
   *
   * @throws MandateConfigurationError if the list returned an invalid option.
   */
  readonly resolve: (tenant: TenantOptions) => PoolVerifierOptions;
  /** The name under which the pool is registered. */
  readonly pool: string;
  /** The verifier of the pool that the module was registered with. */
  readonly own: TokenVerifier;
  /** The revocation of that pool. */
  readonly revocation: Revocation;
  /** Largest number of verified tokens to remember, over all tenants; 0 remembers none. */
  readonly cacheSize: number;
  readonly clock: Clock;
  readonly observer: TokenObserver;
}

/** The tenants of a registration, its own pool among them. */
export interface TenantSet {
  readonly verifier: TenantVerifier;
  /** The revocation that the verifier of an issuer uses; `undefined` for an unlisted issuer. */
  revocationOf(issuer: string): Promise<Revocation | undefined>;
}

/**
 * Manages the tenants of a registration at run time.
 *
 * @publicApi
 */
export interface Tenants {
  /**
   * Forgets an issuer, so that your list is called again with the next token: for a tenant that was removed or has just
   * been added. On this instance; other instances notice within five minutes.
   *
   * @throws MandateConfigurationError without the option `tenants`.
   */
  forget(issuer: string): void;

  /**
   * The revoker whose records the guard checks for an issuer's tokens; `undefined` for an unlisted issuer.
   *
   * @throws MandateConfigurationError without the option `tenants`.
   * @throws TenantsUnavailableError if the list does not answer.
   */
  revokerOf(issuer: string): Promise<TokenRevoker | undefined>;
}

/** Creates what applications inject as `Tenants`. Without the option `tenants`, every method throws. */
export function tenantsOf(set: TenantSet | undefined): Tenants {
  const required = (): TenantSet => {
    if (set === undefined) {
      throw new MandateConfigurationError('tenants', 'is required to manage tenants');
    }
    return set;
  };
  return {
    forget: (issuer) => {
      required().verifier.forget(issuer);
    },
    revokerOf: async (issuer) => (await required().revocationOf(issuer))?.revoker,
  };
}

/** Creates the tenants of the option `tenants`: the module's own pool, and those on the list. */
export function createTenants(options: TenantSetOptions): TenantSet {
  const { pool, own, clock, observer } = options;
  // One for all, so that memory does not grow with the number of tenants.
  const cache = createTokenCache(options.cacheSize);
  const verifiers = new VerifierReuse(TENANT_DEFAULTS.capacity);
  const revocations = new WeakMap<Verifier, Revocation>([[own, options.revocation]]);
  const create = (tenant: TenantOptions): TokenVerifier => {
    const resolved = options.resolve(tenant);
    const revocation = options.revocation.forPool(resolved.userPoolId);
    const shared = { cache, name: pool, revocation: revocation.check, onTokenEvent: observer };
    const verifier = createPoolVerifier({ ...resolved, ...shared });
    revocations.set(verifier, revocation);
    return verifier;
  };
  const resolve = async (issuer: string): Promise<Verifier | undefined> => {
    const listed = await options.tenants(issuer);
    if (listed === undefined || listed === null) {
      return undefined;
    }
    // As text, since the list may return the same object with other content, or another object with the same.
    const text = JSON.stringify(Object.fromEntries(TENANT_OPTIONS.map((name) => [name, listed[name]])));
    return verifiers.get(issuer, [text], () => create(JSON.parse(text) as TenantOptions));
  };
  const verifier = new TenantVerifier({ ...TENANT_DEFAULTS, name: pool, resolve, own, clock, onTokenEvent: observer });
  return {
    verifier,
    revocationOf: async (issuer) => {
      const tenant = await verifier.tenantOf(issuer);
      return tenant && revocations.get(tenant);
    },
  };
}
