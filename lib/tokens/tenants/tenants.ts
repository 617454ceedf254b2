import { MandateConfigurationError } from '../../errors/configuration-error.js';
import { BoundedMap } from '../../memory/bounded-map.js';
import type { Clock } from '../../time/clock.js';
import { VerifiedTokenCache } from '../cache/verified-token-cache.js';
import { createPoolVerifier, type PoolVerifierOptions } from '../pool-verifier.js';
import type { Revocation } from '../revocation/create-revocation.js';
import type { TokenRevoker } from '../revocation/token-revoker.js';
import type { TokenObserver } from '../token-events.js';
import type { TokenVerifier } from '../token-verifier.js';
import type { Verifier } from '../verifier.js';
import { TenantVerifier } from './tenant-verifier.js';
import type { TenantOptions, TenantsOption } from './tenants-option.js';

/** The members of a tenant's answer that count; a database row may have more. */
const TENANT_OPTIONS: readonly (keyof TenantOptions)[] = [
  'userPoolId',
  'clientId',
  'region',
  'issuer',
  'replicaRegions',
  'jwksUri',
  'jwks',
  'acceptedClientIds',
  'audiences',
  'tokenUse',
];

/** What tenants are made of. */
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
  /** How revoked tokens of that pool are recognised. */
  readonly revocation: Revocation;
  /** Largest number of verified tokens to remember, over all tenants; 0 remembers none. */
  readonly cacheSize: number;
  readonly clock: Clock;
  readonly observer: TokenObserver;
}

/** The tenants of a registration, its own pool among them. */
export interface TenantSet {
  readonly verifier: TenantVerifier;
  /** What the verifier of an issuer asks about revocations; `undefined` for an issuer that is not listed. */
  revocationOf(issuer: string): Promise<Revocation | undefined>;
}

/** What an application can do about the tenants of a registration. */
export interface Tenants {
  /**
   * Drops what your list said of an issuer, so that it is asked again with the next token: for a tenant who has left, or
   * who has just come. On this instance; others notice within five minutes.
   *
   * @throws MandateConfigurationError without the option `tenants`.
   */
  forget(issuer: string): void;

  /**
   * Where the guard looks for revocations of an issuer's tokens; `undefined` for an issuer that is not listed.
   *
   * @throws MandateConfigurationError without the option `tenants`.
   * @throws TenantsUnavailableError if the list does not answer.
   */
  revokerOf(issuer: string): Promise<TokenRevoker | undefined>;
}

/** Without the option there is nothing to forget, and who asks for that must learn it. */
export function tenantsOf(set: TenantSet | undefined): Tenants {
  const required = (): TenantSet => {
    if (set === undefined) {
      throw new MandateConfigurationError('tenants', 'must be set for there to be tenants');
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

/** Kept as long as the list gives the same answer, so that asking it again costs no fetch of keys. */
interface MadeVerifier {
  /** What the list answered, as text: an object might be changed, or be another each time. */
  readonly answer: string;
  readonly verifier: TokenVerifier;
}

const MAX_TENANTS = 1_000;

/** Creates what the option `tenants` asks for: the module's own pool, and those that the list names. */
export function createTenants(options: TenantSetOptions): TenantSet {
  const { pool, own, clock, observer } = options;
  // One for all, so that the number of tenants does not multiply what is remembered.
  const cache = options.cacheSize > 0 ? new VerifiedTokenCache(options.cacheSize) : null;
  const made = new BoundedMap<string, MadeVerifier>(MAX_TENANTS);
  const revocations = new WeakMap<Verifier, Revocation>([[own, options.revocation]]);
  const resolve = async (issuer: string): Promise<Verifier | undefined> => {
    if (own.accepts(issuer)) {
      return own;
    }
    const tenant = await options.tenants(issuer);
    if (tenant === undefined || tenant === null) {
      return undefined;
    }
    const answer = textOf(tenant);
    const before = made.get(issuer);
    if (answer === before?.answer) {
      return before.verifier;
    }
    const resolved = options.resolve(JSON.parse(answer) as TenantOptions);
    const revocation = options.revocation.forPool(resolved.userPoolId);
    const verifier = createPoolVerifier({ ...resolved, cache, name: pool, revocation: revocation.check, observer });
    revocations.set(verifier, revocation);
    made.set(issuer, { answer, verifier });
    return verifier;
  };
  const verifier = new TenantVerifier({ pool, resolve, capacity: MAX_TENANTS, clock, observer });
  return {
    verifier,
    revocationOf: async (issuer) => {
      const tenant = await verifier.tenantOf(issuer);
      return tenant && revocations.get(tenant);
    },
  };
}

/** The options of a tenant as JSON, which leaves out what is `undefined`. */
function textOf(tenant: TenantOptions): string {
  return JSON.stringify(Object.fromEntries(TENANT_OPTIONS.map((name) => [name, tenant[name]])));
}
