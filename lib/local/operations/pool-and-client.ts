import type { Environment } from '../engine/environment.js';
import { type ClientInPool, clientOfPool, poolById } from '../engine/pools/pool-lookup.js';
import { CLIENT_ID, required, USER_POOL_ID } from './member-rules.js';

/** The members with which an administrator names an app client. */
export const POOL_AND_CLIENT = { UserPoolId: required(USER_POOL_ID), ClientId: required(CLIENT_ID) };

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
