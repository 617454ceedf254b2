import { setPoolMfa } from '../engine/mfa/pool-mfa-config.js';
import { createPool } from '../engine/pools/create-pool.js';
import type { Environment } from '../engine/environment.js';
import type { LocalClientOptions, LocalCognitoOptions, LocalPoolOptions } from '../options/local-cognito.options.js';
import type { Pool } from '../model/pool.js';
import { seedClient } from './seed-client.js';
import { seedGroup, seedUser } from './seed-users.js';

const DEFAULT_CLIENTS: readonly LocalClientOptions[] = [{ name: 'public' }, { name: 'secret', secret: true }];

/** Makes the pools that the options describe; one named `default` when they describe none. */
export function seedPools(environment: Environment, options: LocalCognitoOptions): void {
  const pools = options.pools ?? [{ name: 'default' }];
  for (const [index, pool] of pools.entries()) {
    const kept = environment.pools.byName(pool.name);
    if (kept !== undefined) {
      // From an earlier start: what people changed since then counts. Only functions cannot be kept.
      environment.triggers.configure(kept.id, pool.triggers ?? options.triggers ?? {});
      continue;
    }
    const users = index === 0 ? [...(options.users ?? []), ...(pool.users ?? [])] : pool.users;
    seedPool(environment, { triggers: options.triggers ?? {}, ...pool, users: users ?? [] });
  }
}

function seedPool(environment: Environment, options: LocalPoolOptions): Pool {
  const {
    name,
    id,
    clients = DEFAULT_CLIENTS,
    users = [],
    groups = [],
    triggers,
    keys,
    mfa,
    webAuthn,
    ...request
  } = options;
  const attributes = { AutoVerifiedAttributes: ['email'] } satisfies Partial<LocalPoolOptions>;
  const pool = createPool(environment, { ...attributes, ...request, PoolName: name }, { id, keys });
  if (webAuthn !== undefined) {
    pool.mfa = { ...pool.mfa, webAuthn };
  }
  if (mfa !== undefined) {
    setPoolMfa(pool, mfa);
  }
  environment.triggers.configure(pool.id, triggers ?? {});
  for (const client of clients) {
    seedClient(environment, pool, client);
  }
  for (const group of groups) {
    seedGroup(environment, pool, group);
  }
  for (const user of users) {
    seedUser(environment, pool, user);
  }
  return pool;
}
