import { MandateConfigurationError } from '../errors/configuration-error.js';
import { isRegion, regionOfPool } from '../protocol/region.js';
import type { JsonWebKeySet } from '../tokens/keys/json-web-key-set.js';
import type { PoolVerifierOptions } from '../tokens/pool-verifier.js';
import type { TenantOptions } from '../tokens/tenants/tenants-option.js';
import type { MandateModuleOptions } from './options.js';
import { OPTION_RULES } from './option-rules.js';
import { type Clock, systemClock } from '../time/clock.js';

/** The options after they were checked, with the defaults that more than one room needs. Frozen. */
export interface ResolvedMandateOptions extends MandateModuleOptions {
  readonly region: string;
  readonly acceptedClientIds: readonly string[] | null;
  readonly clock: Clock;
}

/** The extras of `forRoot` and `forRootAsync`: they belong to the registration, not to the options. */
const REGISTRATION_EXTRAS: readonly string[] = ['isGlobal', 'name'];

/**
 * Checks the options and fills in defaults. Done once per registration, when the application starts.
 *
 * @param environment - where `COGNITO_JWKS` is looked up, for a pool that is told neither its keys nor where they are.
 * @throws MandateConfigurationError naming the first option that is missing, unknown or malformed.
 */
export function resolveOptions(
  options: MandateModuleOptions,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): ResolvedMandateOptions {
  assertKnown(options);
  for (const name of Object.keys(OPTION_RULES) as (keyof MandateModuleOptions)[]) {
    const requirement = OPTION_RULES[name](options[name]);
    if (requirement !== undefined) {
      throw new MandateConfigurationError(name, requirement);
    }
  }
  const given = withoutUndefined(options);
  return Object.freeze({
    ...given,
    region: given.region ?? requireRegion(given.userPoolId),
    acceptedClientIds: given.acceptedClientIds === undefined ? [given.clientId] : given.acceptedClientIds,
    clock: given.clock ?? systemClock,
    ...(given.jwks === undefined && given.jwksUri === undefined && { jwks: jwksFrom(environment['COGNITO_JWKS']) }),
  });
}

/** What a tenant never inherits: what belongs to the module's own pool. */
const NOT_INHERITED: readonly string[] = [
  'userPoolId',
  'clientId',
  'region',
  'issuer',
  'replicaRegions',
  'jwksUri',
  'jwks',
  'acceptedClientIds',
  'audiences',
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
    throw new MandateConfigurationError('userPoolId', 'is missing: the factory gave no options');
  }
  const known = Object.keys(OPTION_RULES);
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown === undefined) {
    return;
  }
  if (REGISTRATION_EXTRAS.includes(unknown)) {
    throw new MandateConfigurationError(unknown, 'must be given to forRootAsync() itself, beside the factory');
  }
  const meant = known.find((name) => name.toLowerCase() === unknown.toLowerCase());
  throw new MandateConfigurationError(
    unknown,
    meant === undefined ? `is unknown; the options are ${known.join(', ')}` : `is unknown; it is spelled "${meant}"`,
  );
}

function withoutUndefined(options: MandateModuleOptions): MandateModuleOptions {
  return Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  ) as unknown as MandateModuleOptions;
}

function requireRegion(userPoolId: string): string {
  const region = regionOfPool(userPoolId);
  if (!isRegion(region)) {
    throw new MandateConfigurationError('region', `is needed: the pool id does not begin with an AWS region`);
  }
  return region;
}

/** The seed's variable: the key set as JSON, for processes that must not fetch anything. */
function jwksFrom(json: string | undefined): JsonWebKeySet | undefined {
  if (json === undefined || json === '') {
    return undefined;
  }
  let jwks: unknown;
  try {
    jwks = JSON.parse(json);
  } catch {
    jwks = undefined;
  }
  const requirement = OPTION_RULES.jwks(jwks ?? null);
  if (requirement !== undefined) {
    throw new MandateConfigurationError('jwks', `${requirement} (it was read from the variable COGNITO_JWKS)`);
  }
  return jwks as JsonWebKeySet;
}
