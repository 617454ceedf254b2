import { PassportStrategy } from '@nestjs/passport';

import type { VerifiedClaims } from '../tokens/claims/token-claims.js';
import { DeferredStrategy, POOL, POOL_NAME } from './passport/deferred.strategy.js';
import { DEFAULT_POOL, type RegisteredPool } from './pools/user-pools.js';

const NAMED = 'cognito:';

/** What a subclass may override. */
const STEPS = ['validate', 'authenticate'] satisfies readonly (keyof CognitoStrategy)[];

/** What @nestjs/passport adds to a strategy, and its types leave out. */
interface PassportStrategyMixin {
  getPassportInstance(): { use(name: string, strategy: object): unknown };
}

/**
 * Returns the passport name of a pool's strategy: `cognito`, or `cognito:<name>` for a named pool.
 *
 * @publicApi
 */
export function strategyName(pool: string = DEFAULT_POOL): string {
  return pool === DEFAULT_POOL ? 'cognito' : `${NAMED}${pool}`;
}

/**
 * A passport-jwt strategy of one user pool. The interface does not use passport-jwt's own types, which are a separate
 * package that applications need not install.
 *
 * @publicApi
 */
export interface CognitoStrategy {
  /** Called by passport. */
  authenticate(request: object): void;
  /**
   * Returns `request.user`, or a promise of it; a falsy value denies the call with 401, and what it throws is passed on.
   * Override it to load a user of your own. Default: the option `loadUser` of the pool, or the claims.
   */
  validate(claims: VerifiedClaims, request: object): unknown;
  /** Called by Nest. An override must call it, or the module's own strategy stays in use. */
  onModuleInit(): void;
}

/**
 * Constructor of a pool's strategy. Without an argument, Nest injects the pools of the application, and the strategy
 * uses the one that its name says.
 *
 * @publicApi
 */
export type CognitoStrategyClass = new (pool?: RegisteredPool) => CognitoStrategy;

/**
 * Creates a strategy class; creating an instance registers it with passport under the name. A process has one passport: of
 * two applications with the same strategy name, the one created last owns it. `CognitoAuthGuard` does not use passport.
 *
 * A subclass that overrides `validate` replaces the module's own strategy of that name, if it is a provider.
 *
 * @example
 * \@Injectable()
 * class StaffStrategy extends cognitoStrategy('cognito:staff') {
 *   constructor(private readonly users: UsersService) {
 *     super();
 *   }
 *
 *   override validate(claims: VerifiedClaims): Promise<User | undefined> {
 *     return this.users.findBySub(claims.sub);
 *   }
 * }
 *
 * @publicApi
 */
export function cognitoStrategy(name: string): CognitoStrategyClass {
  return class extends PassportStrategy(DeferredStrategy, name) {
    /** The module creates its own strategy at any time, so that what replaces it is registered again once all exist. */
    onModuleInit(): void {
      this[POOL]();
      if (overrides(this)) {
        (this as unknown as PassportStrategyMixin).getPassportInstance().use(name, this);
      }
    }

    override [POOL_NAME](): string | undefined {
      return name.startsWith(NAMED) ? name.slice(NAMED.length) : undefined;
    }
  };
}

/** Whether a value is a strategy class of the application, which replaces the module's own. */
export function overridesStep(value: unknown): value is CognitoStrategyClass {
  const prototype: unknown = typeof value === 'function' ? value.prototype : undefined;
  return prototype instanceof DeferredStrategy && overrides(prototype);
}

function overrides(strategy: object): boolean {
  return STEPS.some((step) => Reflect.get(strategy, step) !== Reflect.get(DeferredStrategy.prototype, step));
}

/**
 * The passport-jwt strategy `cognito` of the default pool, for `AuthGuard('cognito')`. It uses the verifier of
 * `CognitoAuthGuard` and reads no decorators: `@Public`, `@Groups`, `@Scopes`, `@MaxAge`, `@TokenUse`, `@Pool` and the
 * other access decorators require `CognitoAuthGuard`.
 *
 * To load a user of your own, override `validate` in a subclass and add it to the providers of a module: it replaces this
 * one.
 *
 * A malformed `Authorization` header is answered with 400 REQUEST_MALFORMED, an outage of the key set with 503, and any
 * other rejection with Nest's own 401. Add `CognitoExceptionFilter` to send their `WWW-Authenticate` and `Retry-After`
 * headers.
 *
 * @publicApi
 */
export class CognitoJwtStrategy extends cognitoStrategy(strategyName()) {}
