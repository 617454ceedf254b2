import { createClient } from './engine/pools/create-client.js';
import { createPool } from './engine/pools/create-pool.js';
import type { Environment } from './engine/environment.js';
import type { LocalClientOptions, LocalCognitoOptions, LocalPoolOptions } from './local-cognito.options.js';
import type { Pool } from './model/pool.js';

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
export async function seedPools(environment: Environment, options: LocalCognitoOptions): Promise<void> {
  const pools = options.pools ?? [{ name: 'default' }];
  for (const [index, pool] of pools.entries()) {
    const users = index === 0 ? [...(options.users ?? []), ...(pool.users ?? [])] : pool.users;
    await seedPool(environment, { triggers: options.triggers ?? {}, ...pool, users: users ?? [] });
  }
}

async function seedPool(environment: Environment, options: LocalPoolOptions): Promise<Pool> {
  const { name, id, clients = DEFAULT_CLIENTS, triggers, keys, ...request } = options;
  const attributes = { AutoVerifiedAttributes: ['email'] } satisfies Partial<LocalPoolOptions>;
  const pool = createPool(environment, { ...attributes, ...request, PoolName: name }, { id, keys });
  environment.triggers.configure(pool.id, triggers ?? {});
  for (const client of clients) {
    seedClient(environment, pool, client);
  }
  return Promise.resolve(pool);
}

function seedClient(environment: Environment, pool: Pool, { name, id, secret, ...settings }: LocalClientOptions): void {
  createClient(environment, pool, {
    name,
    id,
    secret,
    settings: { ExplicitAuthFlows: ALL_FLOWS, ...settings },
  });
}
