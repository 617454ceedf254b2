import type { Environment } from '../engine/environment.js';
import { assertNewAttributes } from '../engine/users/attribute-rules.js';
import { addUser, assertUsernameFree, planUsername } from '../engine/users/new-user.js';
import { setPassword } from '../engine/users/password.js';
import type { LocalGroupOptions, LocalUserOptions } from '../options/local-cognito.options.js';
import type { Group, Pool } from '../model/pool.js';
import type { User } from '../model/user.js';

/** Makes a group, unless the pool has it. */
export function seedGroup(
  { clock }: Pick<Environment, 'clock'>,
  pool: Pool,
  options: string | LocalGroupOptions,
): Group {
  const group = typeof options === 'string' ? { name: options } : options;
  const existing = pool.groups.get(group.name);
  if (existing !== undefined) {
    return existing;
  }
  const created: Group = { ...group, createdAt: clock(), modifiedAt: clock() };
  pool.groups.set(group.name, created);
  return created;
}

/**
 * Makes a user who may sign in at once. The password policy is not asked: a test may want a short password.
 *
 * @throws CognitoFault when the name is taken or an attribute does not fit the pool's schema.
 */
export function seedUser(environment: Environment, pool: Pool, options: LocalUserOptions): User {
  const { username, password, groups = [], status = 'CONFIRMED', enabled = true } = options;
  const { attributes } = planUsername(pool, username, verifiedByDefault(pool, username, options.attributes ?? {}));
  assertUsernameFree(pool, username, attributes, 'User already exists');
  assertNewAttributes(pool, attributes);
  const user = addUser(environment, { pool, username, attributes, status });
  user.enabled = enabled;
  user.groups = groups.map((name) => seedGroup(environment, pool, name).name);
  if (password !== undefined) {
    setPassword(environment, pool, user, password, status === 'FORCE_CHANGE_PASSWORD');
  }
  return user;
}

function verifiedByDefault(
  pool: Pool,
  username: string,
  attributes: Readonly<Record<string, string>>,
): Record<string, string> {
  const all = planUsername(pool, username, attributes).attributes;
  const flags = ['email', 'phone_number'].filter((name) => all[name] !== undefined);
  return { ...Object.fromEntries(flags.map((name) => [`${name}_verified`, 'true'])), ...all };
}
