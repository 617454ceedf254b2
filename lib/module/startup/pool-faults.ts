import { CognitoAuthGuard } from '../../auth/cognito-auth.guard.js';
import type { UserPools } from '../../auth/pools/user-pools.js';
import type { MandateConfigurationError } from '../../errors/configuration-error.js';
import type { RestrictedHandler } from './access-faults.js';
import { FaultsByPlace } from './faults-by-place.js';
import type { Coverage } from './guards.js';

/** A handler and the guards that enforce its decorators. */
export interface GuardedHandler extends RestrictedHandler {
  readonly coverage: Coverage;
}

/** Pools that a handler names and nobody registered, and handlers that name none where none is the default. */
export function poolFaults(handlers: readonly GuardedHandler[], registered: UserPools): MandateConfigurationError[] {
  const known =
    registered
      .names()
      .map((name) => `"${name}"`)
      .join(', ') || 'none';
  const faults = new FaultsByPlace();
  for (const guarded of handlers) {
    const { policy, handler } = guarded;
    const pools = poolsOf(guarded, registered);
    for (const name of policy.pools.filter((name) => pools !== undefined && !has(pools, name))) {
      faults.add('@Pool', handler.name, `names "${name}", which is no registered pool. Registered pools: ${known}`);
    }
    if (lacksPool(guarded, registered)) {
      faults.add(
        '@Pool',
        handler.name,
        `is missing: several pools are registered (${known}) and none of them is the default. Add @Pool, or omit the option "name" in one registration`,
      );
    }
  }
  return faults.errors();
}

/** The pools that decide on the handler; undefined if a test replaced its guard. */
function poolsOf({ coverage }: GuardedHandler, registered: UserPools): UserPools | undefined {
  if (coverage.isReplaced) {
    return undefined;
  }
  const [guard] = coverage.guards;
  // An instance that Nest creates for each request has no pools yet.
  return (guard && (Reflect.get(guard, 'pools') as UserPools | undefined)) ?? registered;
}

function lacksPool(guarded: GuardedHandler, registered: UserPools): boolean {
  const { policy, coverage } = guarded;
  const pools = poolsOf(guarded, registered);
  return (
    pools !== undefined &&
    coverage.isCovered &&
    policy.pools.length === 0 &&
    pools.names().length > 1 &&
    !coverage.guards.some(choosesPool) &&
    !has(pools, undefined)
  );
}

/** Whether a subclass may find a pool in another way. */
function choosesPool(guard: CognitoAuthGuard): boolean {
  const { prototype } = CognitoAuthGuard;
  return (['canActivate', 'policyOf', 'authenticate'] as const).some((step) => guard[step] !== prototype[step]);
}

function has(pools: UserPools, name: string | undefined): boolean {
  try {
    pools.get(name);
    return true;
  } catch {
    return false;
  }
}
