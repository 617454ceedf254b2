import { Inject, Optional } from '@nestjs/common';

import { MandateConfigurationError } from '../../errors/configuration-error.js';
import { isObject } from '../../types/is-object.js';
import type { VerifiedClaims } from '../../tokens/claims/token-claims.js';
import { USER_POOLS, type RegisteredPool, type UserPools } from '../pools/user-pools.js';
import { httpSource } from '../request-context.js';

/** The methods that passport adds to a strategy for each request. */
interface StrategyActions {
  success(user: unknown, info?: unknown): void;
  fail(challenge?: unknown, status?: number): void;
  redirect(url: string, status?: number): void;
  pass(): void;
  error(error: unknown): void;
}

const ACTIONS = ['success', 'fail', 'redirect', 'pass', 'error'] satisfies readonly (keyof StrategyActions)[];

// Symbols, so that members of a subclass of the application do not replace these. Not `#private`: passport calls
// `authenticate` on an object whose prototype is the strategy.
const POOLS = Symbol('mandate.strategy-pools');
const GIVEN = Symbol('mandate.strategy-pool');

/** Returns the pool of a strategy. */
export const POOL = Symbol('mandate.pool-of-strategy');

/** Returns the name of the pool to look up. */
export const POOL_NAME = Symbol('mandate.pool-name-of-strategy');

/**
 * Stands in for the passport-jwt strategy of a pool, which is loaded at the first request that passport delegates to
 * it.
 */
export class DeferredStrategy {
  /** Where a strategy that Nest creates without arguments finds its pool. */
  @Optional()
  @Inject(USER_POOLS)
  readonly [POOLS]?: UserPools;

  private readonly [GIVEN]: RegisteredPool | undefined;

  /** @param pool - @nestjs/passport passes a callback instead, if the strategy is created without arguments. */
  constructor(pool?: RegisteredPool) {
    this[GIVEN] = isObject(pool) ? pool : undefined;
  }

  /** Called by passport, on an object whose prototype is this strategy and which has the actions. */
  authenticate(request: object): void {
    const actions = this as unknown as StrategyActions;
    import('./pool-jwt.strategy.js')
      .then(({ PoolJwtStrategy }) => {
        const strategy = new PoolJwtStrategy(this[POOL](), (claims) => this.validate(claims, request));
        const attempt = Object.assign(
          strategy,
          Object.fromEntries(ACTIONS.map((action) => [action, actions[action].bind(actions)])),
        );
        attempt.authenticate(request);
      })
      .catch((error: unknown) => {
        actions.error(error);
      });
  }

  validate(claims: VerifiedClaims, request: object): unknown {
    const { loadUser } = this[POOL]();
    return loadUser === undefined ? claims : loadUser(claims, httpSource(request));
  }

  /** @throws MandateConfigurationError if the pool is not registered. */
  [POOL](): RegisteredPool {
    if (this[GIVEN] !== undefined) {
      return this[GIVEN];
    }
    if (this[POOLS] === undefined) {
      throw new MandateConfigurationError('pool', 'must be passed to a strategy that Nest does not create itself');
    }
    return this[POOLS].get(this[POOL_NAME]());
  }

  /** The name of the pool to look up; `undefined` for the default one. */
  [POOL_NAME](): string | undefined {
    return undefined;
  }
}
