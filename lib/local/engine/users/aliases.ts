import type { Pool } from '../../model/pool.js';
import type { User } from '../../model/user.js';
import { CognitoFault } from '../cognito-fault.js';
import { aliasOwner, usernameAttributeOwner } from './find-user.js';
import { markUnverified } from './verification-flags.js';

/** Options of `claimAlias`. */
export interface AliasClaimOptions {
  /** Takes the alias from its owner, whose attribute becomes unverified. Default: false. */
  readonly force?: boolean;
  /** Cognito's wording of the conflict differs between operations. Default: 'the'. */
  readonly wording?: 'the' | 'the given';
}

/**
 * Ensures that no other user owns an alias.
 *
 * @param user - the future owner; undefined for a user who does not exist yet.
 * @throws CognitoFault AliasExistsException
 */
export function claimAlias(
  pool: Pool,
  user: User | undefined,
  attribute: string,
  value: string,
  { force = false, wording = 'the' }: AliasClaimOptions = {},
): void {
  const owner = aliasOwner(pool, attribute, value, user);
  if (owner !== undefined && force) {
    markUnverified(owner, attribute);
    return;
  }
  if (owner !== undefined || usernameAttributeOwner(pool, attribute, value, user) !== undefined) {
    throw new CognitoFault('AliasExistsException', `An account with ${wording} ${attribute} already exists.`);
  }
}
