import { createClient } from './engine/pools/create-client.js';
import { setPoolMfa } from './engine/mfa/pool-mfa-config.js';
import { createPool } from './engine/pools/create-pool.js';
import type { Environment } from './engine/environment.js';
import type { LocalClientOptions, LocalCognitoOptions, LocalPoolOptions } from './local-cognito.options.js';
import type { Pool } from './model/pool.js';
import { seedGroup, seedUser } from './seed-users.js';

const DEFAULT_CLIENTS: readonly LocalClientOptions[] = [{ name: 'public' }, { name: 'secret', secret: true }];

const ALL_FLOWS: LocalClientOptions['ExplicitAuthFlows'] = [
  'ALLOW_USER_SRP_AUTH',
  'ALLOW_USER_PASSWORD_AUTH',
  'ALLOW_ADMIN_USER_PASSWORD_AUTH',
  'ALLOW_CUSTOM_AUTH',
  'ALLOW_USER_AUTH',
  'ALLOW_REFRESH_TOKEN_AUTH',
];

/** Makes the pools that the options describe; one named `default` when they describe none. */
export function seedPools(environment: Environment, options: LocalCognitoOptions): void {
  const pools = options.pools ?? [{ name: 'default' }];
  for (const [index, pool] of pools.entries()) {
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

function seedClient(environment: Environment, pool: Pool, { name, id, secret, ...settings }: LocalClientOptions): void {
  createClient(environment, pool, {
    name,
    id,
    secret,
    settings: { ExplicitAuthFlows: ALL_FLOWS, ...settings },
  });
}
