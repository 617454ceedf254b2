import type { Pool } from '../../model/pool.js';
import type { User } from '../../model/user.js';
import { type CognitoFault, invalidParameter } from '../cognito-fault.js';
import { settableAttribute } from '../pools/schema.js';
import { changeAttributes } from './attribute-rules.js';

/**
 * Deletes attributes.
 *
 * @param now - epoch milliseconds.
 * @throws CognitoFault InvalidParameterException for required, immutable and unknown attributes.
 */
export function deleteAttributes(pool: Pool, user: User, names: readonly string[], now: number): void {
  for (const name of names) {
    const attribute = settableAttribute(pool, name);
    if (attribute === undefined) {
      throw invalidParameter(`Invalid user attributes: user.${name}: Attribute does not exist in the schema.\n`);
    }
    if (attribute.Required || attribute.Mutable === false) {
      throw undeletable(name);
    }
  }
  assertStillNamed(pool, user, names);
  changeAttributes(pool, user, Object.fromEntries(names.map((name) => [name, ''])));
  user.pendingAttributes = Object.fromEntries(
    Object.entries(user.pendingAttributes).filter(([name]) => !names.includes(name)),
  );
  user.modifiedAt = now;
}

/**
 * Ensures that a user keeps an address to sign in by. Not verified against AWS.
 *
 * @throws CognitoFault InvalidParameterException
 */
export function assertStillNamed(pool: Pool, { attributes, status }: User, deleted: readonly string[]): void {
  const names = (pool.settings.UsernameAttributes ?? []).filter((name) => attributes[name] !== undefined);
  const [last] = names;
  if (last !== undefined && status !== 'EXTERNAL_PROVIDER' && names.every((name) => deleted.includes(name))) {
    throw undeletable(last);
  }
}

function undeletable(name: string): CognitoFault {
  return invalidParameter(`Invalid user attributes: user.${name}: Attribute cannot be deleted.\n`);
}
