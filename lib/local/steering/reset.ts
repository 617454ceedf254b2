import { createShortLived } from '../engine/create-environment.js';
import type { Environment } from '../engine/environment.js';
import type { LocalCognitoOptions } from '../options/local-cognito.options.js';
import type { Warn } from '../seed/contradictions.js';
import { seedPools } from '../seed/seed-pools.js';

/**
 * Replaces all pools by those of the options, and forgets every sign-in under way. The signing keys of pools that come
 * back stay, because applications keep their public keys.
 */
export function resetPools(environment: Environment, options: LocalCognitoOptions, warn: Warn): void {
  const before = environment.pools.all();
  for (const { id } of before) {
    environment.pools.remove(id);
  }
  Object.assign(environment, createShortLived(environment.clock, environment.random));
  seedPools(environment, options, warn);
  for (const { id } of before.filter((pool) => environment.pools.byId(pool.id) === undefined)) {
    environment.keys.forget(id);
  }
}
