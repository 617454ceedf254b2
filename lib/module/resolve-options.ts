import { DEFAULT_EXTRACTORS } from '../auth/extractors/extract-token.js';
import { CLIENT_DEFAULTS } from '../client/cognito-client.js';
import { retryPolicy } from '../client/retry-policy.js';
import { MandateConfigurationError } from '../errors/configuration-error.js';
import { isRegion, regionOfPool } from '../protocol/region.js';
import type { PoolVerifierOptions } from '../tokens/pool-verifier.js';
import { TENANT_POOL_OPTIONS, type TenantOptions } from '../tokens/tenants/tenants-option.js';
import { systemClock } from '../time/clock.js';
import { VERIFIER_DEFAULTS } from '../tokens/verifier-defaults.js';
import { DEFAULT_RENEWAL_METHOD } from '../user/token-renewal.flow.js';
import { type Environment, jwksFromEnvironment } from './jwks-variable.js';
import { OPTION_RULES } from './option-rules.js';
import { DEFAULT_GUARD_COVERAGE } from './startup/guard-coverage.js';
import type { MandateModuleOptions } from './options.js';

/** Options that belong to the registration: `forRootAsync` accepts them next to the factory. */
const REGISTRATION_EXTRAS: readonly string[] = ['isGlobal', 'name'];

/** The defaults of all options that have a fixed one. Each value is defined once, next to the code that uses it. */
const DEFAULTS = {
  ...CLIENT_DEFAULTS,
  retry: retryPolicy(),
  renewalMethod: DEFAULT_RENEWAL_METHOD,
  jwksTimeout: VERIFIER_DEFAULTS.jwksTimeout,
  jwksMaxStale: VERIFIER_DEFAULTS.jwksMaxStale,
  jwksPreload: false,
  tokenUse: VERIFIER_DEFAULTS.tokenUse,
  clockToleranceSeconds: VERIFIER_DEFAULTS.clockToleranceSeconds,
  maxTokenLength: VERIFIER_DEFAULTS.maxTokenLength,
  tokenCacheSize: VERIFIER_DEFAULTS.tokenCacheSize,
  extractors: DEFAULT_EXTRACTORS,
  endConnectionsAtExpiry: true,
  guardCoverage: DEFAULT_GUARD_COVERAGE,
  verifySetup: false,
  clock: systemClock,
} as const satisfies Partial<MandateModuleOptions>;

/** Options that always have a value after resolving. */
type Defaulted = { readonly [Name in keyof typeof DEFAULTS]: Exclude<MandateModuleOptions[Name], undefined> };

/** The options after they were checked, with their defaults. Frozen. */
export interface ResolvedMandateOptions extends Omit<MandateModuleOptions, keyof Defaulted>, Defaulted {
  readonly region: string;
  readonly acceptedClientIds: readonly string[] | null;
}

/**
 * Checks the options and fills in defaults. Runs once per registration, when the application starts.
 *
 * @param environment - where `COGNITO_JWKS` is read, for a pool without `jwks`, `jwksUri` and `jwksFetcher`.
 * @throws MandateConfigurationError naming the first option that is missing, unknown or malformed.
 */
export function resolveOptions(
  options: MandateModuleOptions,
  environment: Environment = process.env,
): ResolvedMandateOptions {
  assertKnown(options);
  for (const name of Object.keys(OPTION_RULES) as (keyof MandateModuleOptions)[]) {
    const fault = OPTION_RULES[name](options[name]);
    if (fault !== undefined) {
      throw new MandateConfigurationError(`${name}${fault.member}`, fault.requirement);
    }
  }
  const given = withoutUndefined(options);
  const needsKeys = [given.jwks, given.jwksUri, given.jwksFetcher].every((option) => option === undefined);
  return Object.freeze({
    ...DEFAULTS,
    ...given,
    region: given.region ?? requireRegion(given.userPoolId),
    acceptedClientIds: given.acceptedClientIds === undefined ? [given.clientId] : given.acceptedClientIds,
    ...(needsKeys && { jwks: jwksFromEnvironment(environment, OPTION_RULES.jwks) }),
  });
}

/** What a tenant never inherits. */
const NOT_INHERITED: readonly string[] = [
  ...TENANT_POOL_OPTIONS,
  'tenants',
] satisfies readonly (keyof MandateModuleOptions)[];

/**
 * The options of a tenant's verifier: what the list of tenants returned, and the module's options for the rest.
 *
 * @throws MandateConfigurationError if the list returned an invalid option.
 */
export function resolveTenant(tenant: TenantOptions, shared: ResolvedMandateOptions): PoolVerifierOptions {
  const inherited = Object.entries(shared).filter(([name]) => !NOT_INHERITED.includes(name));
  // The environment variable holds the key set of the module's own pool.
  const resolved = resolveOptions({ ...Object.fromEntries(inherited), ...tenant }, {});
  return {
    ...resolved,
    revocation: undefined,
    onRevocationUnavailable: shared.revocation?.onUnavailable,
  };
}

function assertKnown(options: MandateModuleOptions): void {
  if (typeof options !== 'object' || (options as unknown) === null) {
    throw new MandateConfigurationError('userPoolId', 'is required, but the factory returned no options');
  }
  const known = Object.keys(OPTION_RULES);
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown === undefined) {
    return;
  }
  if (REGISTRATION_EXTRAS.includes(unknown)) {
    throw new MandateConfigurationError(
      unknown,
      'must be passed to forRootAsync() itself, not returned by the factory',
    );
  }
  const meant = known.find((name) => name.toLowerCase() === unknown.toLowerCase());
  throw new MandateConfigurationError(
    unknown,
    meant === undefined
      ? `is unknown. Known options: ${known.join(', ')}`
      : `is unknown. The option is spelled "${meant}"`,
  );
}

/** The options without those that are undefined: they are treated as omitted. */
type GivenOptions = { readonly [Name in keyof MandateModuleOptions]: Exclude<MandateModuleOptions[Name], undefined> };

function withoutUndefined(options: MandateModuleOptions): GivenOptions {
  return Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  ) as unknown as GivenOptions;
}

function requireRegion(userPoolId: string): string {
  const region = regionOfPool(userPoolId);
  if (!isRegion(region)) {
    throw new MandateConfigurationError(
      'region',
      'is required, because "userPoolId" does not begin with an AWS Region',
    );
  }
  return region;
}
