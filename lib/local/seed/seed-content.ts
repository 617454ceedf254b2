import type { Environment } from '../engine/environment.js';
import type { Pool } from '../model/pool.js';
import type { LocalClientOptions, LocalPoolOptions } from '../options/local-cognito.options.js';
import { clientOf, userOf } from './find-seeded.js';
import { orRefuse } from './or-refuse.js';
import { seedClient } from './seed-client.js';
import { seedIdentityProvider } from './seed-identity-providers.js';
import { seedGroup, seedUser } from './seed-users.js';

/** The clients of a pool whose options name none. */
export const DEFAULT_CLIENTS: readonly LocalClientOptions[] = [{ name: 'public' }, { name: 'secret', secret: true }];

/** Creates what the options of a new pool list. */
export function seedContent(environment: Environment, pool: Pool, options: LocalPoolOptions, path: string): void {
  seedWith(environment, pool, { clients: DEFAULT_CLIENTS, ...options }, path, (name, _exists, create) => {
    create();
    pool.seeded.set(name, { at: environment.clock() });
  });
}

/** Creates what the options of a kept pool list, except what it has already and what was deleted since it was created. */
export function addContent(environment: Environment, pool: Pool, options: LocalPoolOptions, path: string): void {
  seedWith(environment, pool, options, path, (name, exists, create) => {
    if (!pool.seeded.has(name)) {
      if (!exists) {
        create();
      }
      pool.seeded.set(name, { at: environment.clock() });
    }
  });
}

type Seed = (name: string, exists: boolean, create: () => void) => void;

function seedWith(environment: Environment, pool: Pool, options: LocalPoolOptions, path: string, seed: Seed): void {
  const { clients = [], users = [], groups = [], identityProviders = [] } = options;
  for (const [index, provider] of identityProviders.entries()) {
    const name = typeof provider === 'string' ? provider : provider.ProviderName;
    seed(`identityProviders/${name}`, pool.identityProviders.has(name), () => {
      orRefuse(`${path}.identityProviders[${index}]`, () => {
        seedIdentityProvider(environment, pool, provider);
      });
    });
  }
  for (const [index, client] of clients.entries()) {
    seed(`clients/${client.id ?? client.name}`, clientOf(pool, client) !== undefined, () => {
      orRefuse(`${path}.clients[${index}]`, () => seedClient(environment, pool, client));
    });
  }
  for (const group of groups) {
    const name = typeof group === 'string' ? group : group.name;
    seed(`groups/${name}`, pool.groups.has(name), () => {
      seedGroup(environment, pool, group);
    });
  }
  for (const user of users) {
    // A unit of its own: what a unit holds is looked at again and again.
    environment.units.runSync(() => {
      seed(`users/${user.username}`, userOf(pool, user) !== undefined, () => {
        seedUser(environment, pool, user);
      });
    });
  }
}
