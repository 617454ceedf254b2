import type { Pool } from '../../model/pool.js';
import type { User } from '../../model/user.js';
import { CognitoFault } from '../cognito-fault.js';
import { aliasOwner, usernameAttributeOwner } from './find-user.js';

/** How to claim an alias. */
export interface AliasClaim {
  /** Takes it from the other user, whose attribute becomes unverified; default false. */
  readonly force?: boolean;
  /** Cognito words a clash differently from place to place; default `the`. */
  readonly wording?: 'the' | 'the given';
}

/**
 * Makes sure that nobody else owns the alias that a value is about to become.
 *
 * @throws CognitoFault AliasExistsException
 */
export function claimAlias(
  pool: Pool,
  user: User | undefined,
  attribute: string,
  value: string,
  { force = false, wording = 'the' }: AliasClaim = {},
): void {
  const owner = aliasOwner(pool, attribute, value, user);
  if (owner !== undefined && force) {
    owner.attributes[`${attribute}_verified`] = 'false';
    return;
  }
  if (owner !== undefined || usernameAttributeOwner(pool, attribute, value, user) !== undefined) {
    throw new CognitoFault('AliasExistsException', `An account with ${wording} ${attribute} already exists.`);
  }
}

/** Marks an e-mail or phone number as verified. */
export function markVerified(user: User, attribute: 'email' | 'phone_number'): void {
  user.attributes[`${attribute}_verified`] = 'true';
}
