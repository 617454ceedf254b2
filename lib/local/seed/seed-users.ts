import { MandateArgumentError } from '../../errors/argument-error.js';
import type { Environment } from '../engine/environment.js';
import { assertNewAttributes } from '../engine/users/attribute-rules.js';
import { addUser, assertUsernameFree, resolveUsername } from '../engine/users/add-user.js';
import { setPassword } from '../engine/users/password.js';
import { withVerificationFlags } from '../engine/users/verification-flags.js';
import type { LocalGroupOptions, LocalUserOptions } from '../options/local-cognito.options.js';
import type { Group, Pool } from '../model/pool.js';
import type { User } from '../model/user.js';

/** Creates a group, or returns the existing one. */
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
 * Creates a user who can sign in at once. The password is not checked against the policy, so that tests may use short
 * ones.
 *
 * @throws CognitoFault when the username is taken or an attribute violates the pool's schema.
 */
export function seedUser(environment: Environment, pool: Pool, options: LocalUserOptions): User {
  const { username, sub, password, groups = [], status = 'CONFIRMED', enabled = true } = options;
  const resolved = resolveUsername(pool, username, options.attributes ?? {});
  const attributes = withVerificationFlags(resolved.attributes, true);
  assertUsernameFree(pool, username, attributes, 'User already exists');
  assertNewAttributes(pool, attributes);
  assertSubFree(pool, sub);
  const user = addUser(environment, { pool, status, sub, ...resolved, attributes });
  user.enabled = enabled;
  user.groups = groups.map((name) => seedGroup(environment, pool, name).name);
  if (password !== undefined) {
    setPassword(environment, pool, user, password, status === 'FORCE_CHANGE_PASSWORD');
  }
  return user;
}

function assertSubFree(pool: Pool, sub: string | undefined): void {
  if (sub !== undefined && pool.users.bySubject(sub) !== undefined) {
    throw new MandateArgumentError('sub', 'must differ from that of every other user of the pool');
  }
}
