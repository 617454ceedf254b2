import { findUser } from '../engine/users/find-user.js';
import type { AppClient } from '../model/app-client.js';
import type { Pool } from '../model/pool.js';
import type { User } from '../model/user.js';
import type { LocalClientOptions, LocalUserOptions } from '../options/local-cognito.options.js';

/** The client of a pool that options describe: the id decides, as names change. */
export function clientOf(pool: Pool, { id, name }: LocalClientOptions): AppClient | undefined {
  const named = () => [...pool.clients.values()].find((client) => client.name === name);
  return id === undefined ? named() : pool.clients.get(id);
}

/** The user of a pool whom options describe. */
export function userOf(pool: Pool, { username }: LocalUserOptions): User | undefined {
  return findUser(pool, username);
}
