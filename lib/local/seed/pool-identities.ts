import type { Environment } from '../engine/environment.js';
import { findUser } from '../engine/users/find-user.js';
import type { Pool } from '../model/pool.js';
import type {
  LocalClientOptions,
  LocalCognitoOptions,
  LocalPoolOptions,
  LocalUserOptions,
} from '../options/local-cognito.options.js';
import { DEFAULT_CLIENTS } from './seed-content.js';
import { DEFAULT_POOLS } from './seed-pools.js';

/**
 * The options with the ids, secrets and subs that their pools have got, so that seeding them again makes pools that an
 * application is configured for already.
 */
export function withIdentities(
  { pools }: Pick<Environment, 'pools'>,
  options: LocalCognitoOptions,
): LocalCognitoOptions {
  const { users } = options;
  const configured = options.pools ?? DEFAULT_POOLS;
  const records = configured.map(
    ({ id, name }) => (id === undefined ? undefined : pools.byId(id)) ?? pools.byName(name),
  );
  const [first] = records;
  return {
    ...options,
    pools: configured.map((pool, index) => {
      const record = records[index];
      return record === undefined ? pool : poolWithIdentities(pool, record);
    }),
    ...(users !== undefined && first !== undefined && { users: usersWithSubs(users, first) }),
  };
}

function poolWithIdentities(pool: LocalPoolOptions, record: Pool): LocalPoolOptions {
  return {
    ...pool,
    id: record.id,
    clients: (pool.clients ?? DEFAULT_CLIENTS).map((client) => clientWithIdentity(client, record)),
    ...(pool.users !== undefined && { users: usersWithSubs(pool.users, record) }),
  };
}

function clientWithIdentity(client: LocalClientOptions, record: Pool): LocalClientOptions {
  const found = [...record.clients.values()].find(({ name }) => name === client.name);
  const secret = found?.secrets[0]?.value;
  return {
    ...client,
    ...(found !== undefined && { id: found.id }),
    ...(client.secret === true && secret !== undefined && { secret }),
  };
}

function usersWithSubs(users: readonly LocalUserOptions[], record: Pool): LocalUserOptions[] {
  return users.map((user) => {
    const sub = findUser(record, user.username)?.sub;
    return sub === undefined ? user : { ...user, sub };
  });
}
