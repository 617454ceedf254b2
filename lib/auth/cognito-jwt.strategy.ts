import { PassportStrategy } from '@nestjs/passport';

import type { VerifiedClaims } from '../tokens/claims/token-claims.js';
import { DeferredStrategy } from './passport/deferred.strategy.js';
import { DEFAULT_POOL, type RegisteredPool } from './pools/user-pools.js';

/**
 * Returns the passport name of a pool's strategy: `cognito`, or `cognito:<name>` for a named pool.
 *
 * @publicApi
 */
export function strategyName(pool: string = DEFAULT_POOL): string {
  return pool === DEFAULT_POOL ? 'cognito' : `cognito:${pool}`;
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
  /** Returns `request.user`; a falsy value rejects the token. Override it to load a user of your own. */
  validate(claims: VerifiedClaims): unknown;
}

/**
 * Constructor of a pool's strategy.
 *
 * @publicApi
 */
export type CognitoStrategyClass = new (pool: RegisteredPool) => CognitoStrategy;

/**
 * Creates a strategy class; creating an instance registers it with passport under the name. A process has one passport: of
 * two applications with the same strategy name, the one created last owns it. `CognitoAuthGuard` does not use passport.
 *
 * @publicApi
 */
export function cognitoStrategy(name: string): CognitoStrategyClass {
  return class extends PassportStrategy(DeferredStrategy, name) {};
}

/**
 * The passport-jwt strategy `cognito` of the default pool, for `AuthGuard('cognito')`. It uses the verifier of
 * `CognitoAuthGuard` and reads no decorators: `@Public`, `@Groups`, `@Scopes`, `@MaxAge`, `@TokenUse`, `@Pool` and the
 * other access decorators require `CognitoAuthGuard`.
 *
 * A malformed `Authorization` header is answered with 400 REQUEST_MALFORMED, an outage of the key set with 503, and any
 * other rejection with Nest's own 401. Add `CognitoExceptionFilter` to send their `WWW-Authenticate` and `Retry-After`
 * headers.
 *
 * @publicApi
 */
export class CognitoJwtStrategy extends cognitoStrategy(strategyName()) {}
