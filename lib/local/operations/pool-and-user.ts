import type { Environment } from '../engine/environment.js';
import { poolById } from '../engine/pools/pool-lookup.js';
import { userByName } from '../engine/users/find-user.js';
import type { Pool } from '../model/pool.js';
import type { User } from '../model/user.js';

/**
 * Finds the user whom an administrator names by username, `sub` or alias.
 *
 * @throws CognitoFault ResourceNotFoundException, UserNotFoundException
 */
export function poolAndUser(
  environment: Environment,
  input: { readonly UserPoolId: string; readonly Username: string },
): { readonly pool: Pool; readonly user: User } {
  const pool = poolById(environment, input.UserPoolId);
  return { pool, user: userByName(pool, input.Username) };
}
