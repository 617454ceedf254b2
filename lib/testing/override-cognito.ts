import { CognitoAuthGuard } from '../auth/cognito-auth.guard.js';
import { DEFAULT_POOL, USER_POOLS, type UserPools } from '../auth/pools/user-pools.js';
import { MandateArgumentError } from '../errors/argument-error.js';
import type { LocalCognito } from '../local/local-cognito.js';
import { LocalPool } from '../local/local-pool.js';
import type { MandateModuleOptions } from '../module/options.js';
import { OVERRIDES, type Overrides } from '../module/overrides.js';
import { type CurrentCaller, knownCallerPool, knownCallerVerifier } from './known-caller-pool.js';
import type { KnownCaller } from './known-caller.js';
import { KnownCallerGuard } from './known-caller.guard.js';
import { pointedAtIssuer, pointedAtNothing, pointedAtPool } from './pointed-options.js';
import type { TestTokenIssuer } from './test-token-issuer.js';

/**
 * What takes the place of Amazon Cognito: one member, or `user` together with another.
 *
 * @publicApi
 */
export interface CognitoOverrides {
  /**
   * The caller of every call, or a function that names the caller of the moment. No token is read; the decorators are
   * evaluated against the caller. `undefined` makes calls anonymous.
   */
  readonly user?: KnownCaller | (() => KnownCaller | undefined) | undefined;
  /**
   * An embedded Cognito. Each registration uses its pool of the same name; the registration without a name, or the only one,
   * uses the first pool.
   */
  readonly cognito?: LocalCognito | undefined;
  /** The issuer of tokens that the application accepts. */
  readonly issuer?: TestTokenIssuer | undefined;
  /** The same for single registrations by name; `default` is the one without a name. They come before `cognito`. */
  readonly pools?: Readonly<Record<string, LocalPool | TestTokenIssuer>> | undefined;
}

/**
 * The part of the `TestingModuleBuilder` of @nestjs/testing that is needed here.
 *
 * @publicApi
 */
export interface OverridableModule {
  overrideProvider(token: unknown): { useValue(value: unknown): unknown };
  overrideGuard(guard: unknown): {
    useFactory(options: { factory: (...dependencies: never[]) => unknown; inject?: unknown[] }): unknown;
  };
}

/**
 * Replaces Amazon Cognito in an application under test, however it registers `MandateModule` and the guard, also where the
 * options are written into the module.
 *
 * - `{ user }`: every call comes from this caller, over HTTP, GraphQL, sockets and microservices, for guards of `APP_GUARD`,
 *   of `@UseGuards` and for subclasses. `@Groups`, `@Scopes` and the other decorators still decide.
 * - `{ cognito }`: services, guard, sessions and managed login use an embedded Cognito.
 * - `{ issuer }`: the guard accepts the tokens of a `TestTokenIssuer`.
 *
 * Without `cognito` nothing reaches AWS: calls to Cognito fail.
 *
 * @returns the builder.
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
  return builder;
}

/** Whether there are no tokens to verify, as where a gateway checks its connections with `verifyToken`. */
function knowsOnlyUsers({ cognito, issuer, pools, ...others }: CognitoOverrides): boolean {
  return 'user' in others && [cognito, issuer, pools].every((source) => source === undefined);
}

function pointed(options: MandateModuleOptions, name: string, overrides: CognitoOverrides): MandateModuleOptions {
  const { pools = {}, cognito, issuer } = overrides;
  const target =
    (Object.hasOwn(pools, name) ? pools[name] : undefined) ?? (cognito && poolFor(cognito, name)) ?? issuer;
  if (target === undefined) {
    return pointedAtNothing(options);
  }
  return target instanceof LocalPool ? pointedAtPool(options, target) : pointedAtIssuer(options, target);
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
