import { CognitoAuthGuard } from '../auth/cognito-auth.guard.js';
import { DEFAULT_POOL, USER_POOLS, type UserPools } from '../auth/pools/user-pools.js';
import { isObject } from '../types/is-object.js';
import { MandateArgumentError } from '../errors/argument-error.js';
import type { LocalCognito } from '../local/local-cognito.js';
import { LocalPool } from '../local/local-pool.js';
import type { MandateModuleOptions } from '../module/options.js';
import { OVERRIDES, type Overrides } from '../module/overrides.js';
import { assertOverrides, assertUsed } from './check-overrides.js';
import type { CognitoOverrides, CompiledModule, OverridableModule } from './cognito-overrides.js';
import { type CurrentCaller, knownCallerPool, knownCallerVerifier } from './known-caller-pool.js';
import { KnownCallerGuard } from './known-caller.guard.js';
import { pointedAtIssuer, pointedAtNothing, pointedAtPool } from './pointed-options.js';
import { pointedTenants } from './pointed-tenants.js';
import type { TestTokenIssuer } from './test-token-issuer.js';

/**
 * Replaces Amazon Cognito in an application under test, however it registers `MandateModule` and the guard, also where the
 * options are written into the module.
 *
 * - `{ user }`: every call comes from this caller, over HTTP, GraphQL, sockets and microservices, for guards of `APP_GUARD`,
 *   of `@UseGuards` and for subclasses. `@Groups`, `@Scopes` and the other decorators still decide.
 * - `{ cognito }`: services, guard, sessions and managed login use an embedded Cognito.
 * - `{ issuer }`: the guard accepts the tokens of a `TestTokenIssuer`.
 *
 * Without `cognito` nothing reaches AWS: calls to Cognito fail. Only `CognitoOAuthService.forTenant` goes to the domain that the
 * application passes to it.
 *
 * @returns the builder. Its `compile()` is refused if the application has no use for the overrides. A second call for the same
 *   builder replaces the first.
 * @throws MandateArgumentError for overrides that are missing, unknown or contradict each other, and for a builder that is
 *   compiled already.
 * @example
 * const builder = Test.createTestingModule({ imports: [AppModule] });
 * const module = await overrideCognito(builder, { user: { username: 'ann', groups: ['admins'] } }).compile();
 *
 * @publicApi
 */
export function overrideCognito<Builder extends OverridableModule>(
  builder: Builder,
  overrides: CognitoOverrides,
): Builder {
  assertOverrides(builder, overrides);
  const { user } = overrides;
  const current: CurrentCaller = typeof user === 'function' ? user : () => user;
  const replaced: Overrides = {
    options: (options, name) => pointed(options, name, overrides),
    ...('user' in overrides && {
      pool: (pool, name, options) => knownCallerPool(pool, name, options, current),
    }),
    ...(knowsOnlyUsers(overrides) && {
      verifier: (verifier, name, options) => knownCallerVerifier(verifier, name, options, current),
    }),
  };
  builder.overrideProvider(OVERRIDES).useValue(replaced);
  if ('user' in overrides) {
    // A module without `MandateModule` has no pools, and the guard could not be created.
    builder.overrideGuard(CognitoAuthGuard).useFactory({
      factory: (pools?: UserPools) => (pools === undefined ? guardOf(current) : new CognitoAuthGuard(pools)),
      inject: [{ token: USER_POOLS, optional: true }],
    });
  }
  afterCompile(builder, (module) => {
    assertUsed(module, overrides);
  });
  return builder;
}

/** Nest has no hook for it: only then is it known what the application registers. */
function afterCompile(builder: OverridableModule, check: (module: CompiledModule) => void): void {
  const compile = builder.compile.bind(builder);
  builder.compile = async (...options) => {
    const module = await compile(...options);
    try {
      check(module);
      return module;
    } catch (error) {
      await module.close();
      throw error;
    }
  };
}

/** Whether there are no tokens to verify, as where a gateway checks its connections with `verifyToken`. */
function knowsOnlyUsers({ cognito, issuer, pools, ...others }: CognitoOverrides): boolean {
  return 'user' in others && [cognito, issuer, pools].every((source) => source === undefined);
}

function pointed(options: MandateModuleOptions, name: string, overrides: CognitoOverrides): MandateModuleOptions {
  const { pools = {}, cognito, issuer } = overrides;
  if (!isObject(options)) {
    // A factory that returned nothing: what checks the options says so.
    return options;
  }
  const target =
    (Object.hasOwn(pools, name) ? pools[name] : undefined) ?? (cognito && poolFor(cognito, name)) ?? issuer;
  if (target === undefined) {
    return pointedAtNothing(options);
  }
  const { tenants } = options;
  return {
    ...(target instanceof LocalPool ? pointedAtPool(options, target) : pointedAtIssuer(options, target)),
    ...(tenants && { tenants: pointedTenants(tenants, () => targetsOf(overrides)) }),
  };
}

function targetsOf({ pools = {}, cognito, issuer }: CognitoOverrides): readonly (LocalPool | TestTokenIssuer)[] {
  return [...Object.values(pools), ...(cognito?.pools ?? []), ...(issuer === undefined ? [] : [issuer])];
}

function poolFor(cognito: LocalCognito, name: string): LocalPool {
  const { pools } = cognito;
  const pool = pools.find((candidate) => candidate.name === name) ?? (isAlone(name, pools) ? pools[0] : undefined);
  if (pool === undefined) {
    const names = pools.map((candidate) => `"${candidate.name}"`).join(', ') || 'none';
    throw new MandateArgumentError(
      'cognito',
      `must have a pool named "${name}", as the registration is. It has: ${names}. Name others in the option "pools"`,
    );
  }
  return pool;
}

function isAlone(name: string, pools: readonly LocalPool[]): boolean {
  return name === DEFAULT_POOL || pools.length === 1;
}

/** `KnownCallerGuard` with a caller that changes. */
function guardOf(current: CurrentCaller): KnownCallerGuard {
  return Object.defineProperty(new KnownCallerGuard(), 'caller', { get: current });
}
