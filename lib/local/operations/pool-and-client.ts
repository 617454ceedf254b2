import type { Environment } from '../engine/environment.js';
import { type ClientInPool, clientOfPool, poolById } from '../engine/pools/pool-lookup.js';

/**
 * Finds the app client that an administrator names.
 *
 * @throws CognitoFault ResourceNotFoundException
 */
export function poolAndClient(
  environment: Environment,
  input: { readonly UserPoolId: string; readonly ClientId: string },
): ClientInPool {
  const pool = poolById(environment, input.UserPoolId);
  return { pool, client: clientOfPool(pool, input.ClientId) };
}
