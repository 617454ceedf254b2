import type { VerifiedClaims } from '../../tokens/claims/token-claims.js';
import type { RegisteredPool } from '../pools/user-pools.js';

/** The methods that passport adds to a strategy for each request. */
interface StrategyActions {
  success(user: object, info?: unknown): void;
  fail(challenge?: unknown, status?: number): void;
  redirect(url: string, status?: number): void;
  pass(): void;
  error(error: unknown): void;
}

const ACTIONS = ['success', 'fail', 'redirect', 'pass', 'error'] satisfies readonly (keyof StrategyActions)[];

/**
 * Stands in for the passport-jwt strategy of a pool, which is loaded at the first request that passport delegates to
 * it.
 */
export class DeferredStrategy {
  constructor(private readonly pool: RegisteredPool) {}

  /** Called by passport, on an object whose prototype is this strategy and which has the actions. */
  authenticate(request: object): void {
    const actions = this as unknown as StrategyActions;
    import('./pool-jwt.strategy.js').then(
      ({ PoolJwtStrategy }) => {
        const strategy = new PoolJwtStrategy(this.pool, (claims) => this.validate(claims));
        const attempt = Object.assign(
          strategy,
          Object.fromEntries(ACTIONS.map((action) => [action, actions[action].bind(actions)])),
        );
        attempt.authenticate(request);
      },
      (error: unknown) => {
        actions.error(error);
      },
    );
  }

  validate(claims: VerifiedClaims): unknown {
    return claims;
  }
}
