import { setPoolMfa } from '../engine/mfa/pool-mfa-config.js';
import { createPool } from '../engine/pools/create-pool.js';
import type { Environment } from '../engine/environment.js';
import type { LocalClientOptions, LocalCognitoOptions, LocalPoolOptions } from '../options/local-cognito.options.js';
import type { Pool } from '../model/pool.js';
import { orRefuse } from './or-refuse.js';
import { seedClient } from './seed-client.js';
import { seedIdentityProvider } from './seed-identity-providers.js';
import { seedGroup, seedUser } from './seed-users.js';
import { withSenders } from './senders.js';

const POOL_DEFAULTS = { AutoVerifiedAttributes: ['email'] } satisfies Partial<LocalPoolOptions>;
/** The clients of a pool whose options name none. */
export const DEFAULT_CLIENTS: readonly LocalClientOptions[] = [{ name: 'public' }, { name: 'secret', secret: true }];

/** The pools of options that name none. */
export const DEFAULT_POOLS: readonly LocalPoolOptions[] = [{ name: 'default' }];

type PoolContent = { readonly [Member in 'clients' | 'users' | 'groups']: LocalPoolOptions[Member] | undefined };

/** Creates the pools of the options, by default one named `default`. Pools from an earlier start stay unchanged. */
export function seedPools(environment: Environment, options: LocalCognitoOptions): void {
  const { pools = DEFAULT_POOLS } = options;
  for (const [index, pool] of pools.entries()) {
    const existing = environment.pools.byName(pool.name);
    if (existing !== undefined) {
      // Restored from the data directory, which cannot hold functions.
      environment.triggers.configure(existing.id, pool.triggers ?? options.triggers ?? {});
      continue;
    }
    const users = index === 0 ? [...(options.users ?? []), ...(pool.users ?? [])] : pool.users;
    seedPool(environment, { triggers: options.triggers ?? {}, ...pool, users: users ?? [] }, `pools[${index}]`);
  }
}

function seedPool(environment: Environment, options: LocalPoolOptions, path: string): void {
  const {
    name,
    id,
    clients,
    users,
    groups,
    triggers,
    keys,
    mfa,
    webAuthn,
    domain,
    identityProviders = [],
    MfaConfiguration,
    ...request
  } = withSenders({ ...POOL_DEFAULTS, ...options });
  // SetUserPoolMfaConfig says all about MFA, so it makes the level beside it redundant.
  const level = mfa === undefined && MfaConfiguration !== undefined ? { MfaConfiguration } : {};
  const pool = orRefuse(path, () => createPool(environment, { ...request, ...level, PoolName: name }, { id, keys }));
  if (domain !== undefined) {
    pool.domain = { prefix: domain };
  }
  if (webAuthn !== undefined) {
    pool.mfa = { ...pool.mfa, webAuthn };
  }
  if (mfa !== undefined) {
    orRefuse(`${path}.mfa`, () => {
      setPoolMfa(pool, { MfaConfiguration, ...mfa });
    });
  }
  environment.triggers.configure(pool.id, triggers ?? {});
  for (const [index, provider] of identityProviders.entries()) {
    orRefuse(`${path}.identityProviders[${index}]`, () => {
      seedIdentityProvider(environment, pool, provider);
    });
  }
  seedContent(environment, pool, { clients, users, groups }, path);
}

function seedContent(
  environment: Environment,
  pool: Pool,
  { clients = DEFAULT_CLIENTS, users = [], groups = [] }: PoolContent,
  path: string,
): void {
  for (const [index, client] of clients.entries()) {
    orRefuse(`${path}.clients[${index}]`, () => seedClient(environment, pool, client));
  }
  for (const group of groups) {
    seedGroup(environment, pool, group);
  }
  for (const user of users) {
    seedUser(environment, pool, user);
  }
}
