import { MandateConfigurationError } from './errors/configuration-error.js';
import { BoundedMap } from './memory/bounded-map.js';
import type { MandateModuleOptions, TenantOptions, TenantsOption } from './mandate.options.js';
import { resolveOptions, type ResolvedMandateOptions } from './mandate.resolved-options.js';
import type { Revocation } from './mandate.revocation.js';
import { createPoolVerifier } from './tokens/pool-verifier.js';
import type { RevocationMarks } from './tokens/revocation-marks.js';
import { TenantVerifier } from './tokens/tenant-verifier.js';
import type { TokenObserver } from './tokens/token-events.js';
import type { TokenVerifier } from './tokens/token-verifier.js';
import type { Verifier } from './tokens/verifier.js';
import { VerifiedTokenCache } from './tokens/verified-token-cache.js';

/** What a tenant never takes from the module's own pool. */
const OWN_OPTIONS = [
  'userPoolId',
  'clientId',
  'region',
  'issuer',
  'replicaRegions',
  'jwksUri',
  'jwks',
  'acceptedClientIds',
  'audiences',
] satisfies readonly (keyof TenantOptions)[];

const TENANT_OPTIONS: readonly (keyof TenantOptions)[] = [...OWN_OPTIONS, 'tokenUse'];
const NOT_INHERITED: readonly string[] = [...OWN_OPTIONS, 'tenants'] satisfies readonly (keyof MandateModuleOptions)[];

/** What the verifiers of all tenants share. */
export interface TenantEnvironment {
  /** The name under which the pool is registered. */
  readonly pool: string;
  /** The verifier of the pool that the module was registered with. */
  readonly own: TokenVerifier;
  /** How it is found out whether tokens of that pool were revoked. */
  readonly revocation: Revocation;
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
  revocationMarksOf(issuer: string): Promise<RevocationMarks | undefined>;
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
    revocationMarksOf: async (issuer) => (await required().revocationOf(issuer))?.marks,
  };
}

/** Kept as long as the list gives the same answer, so that asking it again costs no fetch of keys. */
interface MadeVerifier {
  /** What the list answered, as text: an object might be changed, or be another each time. */
  readonly answer: string;
  readonly verifier: TokenVerifier;
}

const MAX_TENANTS = 1_000;

/** What comes of the option `tenants`: the module's own pool, and those that the list names. */
export function createTenants(
  options: ResolvedMandateOptions & { readonly tenants: TenantsOption },
  environment: TenantEnvironment,
): TenantSet {
  const { pool, own, observer } = environment;
  const { tenants, clock, rememberedTokens = 10_000 } = options;
  // One for all, so that the number of tenants does not multiply what is remembered.
  const cache = rememberedTokens > 0 ? new VerifiedTokenCache(rememberedTokens) : null;
  const made = new BoundedMap<string, MadeVerifier>(MAX_TENANTS);
  const revocations = new WeakMap<Verifier, Revocation>([[own, environment.revocation]]);
  const resolve = async (issuer: string): Promise<Verifier | undefined> => {
    if (own.accepts(issuer)) {
      return own;
    }
    const tenant = await tenants(issuer);
    if (tenant === undefined || tenant === null) {
      return undefined;
    }
    const answer = textOf(tenant);
    const before = made.get(issuer);
    if (answer === before?.answer) {
      return before.verifier;
    }
    const resolved = resolveTenant(answer, options);
    const revocation = environment.revocation.forPool(resolved.userPoolId);
    const verifier = createPoolVerifier({
      ...resolved,
      cache,
      name: pool,
      clientIds: resolved.acceptedClientIds,
      revocation: revocation.check,
      observer,
    });
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

/** The options of a tenant as JSON, which leaves out what is `undefined`. A row of a database may have more members. */
function textOf(tenant: TenantOptions): string {
  return JSON.stringify(Object.fromEntries(TENANT_OPTIONS.map((name) => [name, tenant[name]])));
}

/** @throws MandateConfigurationError if the list answered with a wrong option. */
function resolveTenant(answer: string, shared: ResolvedMandateOptions): ResolvedMandateOptions {
  const inherited = Object.entries(shared).filter(([name]) => !NOT_INHERITED.includes(name));
  // The variable with a key set is meant for the module's own pool.
  return resolveOptions({ ...Object.fromEntries(inherited), ...(JSON.parse(answer) as TenantOptions) }, {});
}
