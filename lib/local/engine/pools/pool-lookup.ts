import type { AppClient } from '../../model/app-client.js';
import type { Pool } from '../../model/pool.js';
import { CognitoFault } from '../cognito-fault.js';
import type { Environment } from '../environment.js';

/** An app client and its pool. */
export interface ClientInPool {
  readonly pool: Pool;
  readonly client: AppClient;
}

type Pools = Pick<Environment, 'pools'>;

/** @throws CognitoFault ResourceNotFoundException */
export function poolById({ pools }: Pools, id: string): Pool {
  const pool = pools.byId(id);
  if (pool === undefined) {
    throw new CognitoFault('ResourceNotFoundException', `User pool ${id} does not exist.`);
  }
  return pool;
}

/**
 * A client and its pool, for the operations whose requests contain only the client's id.
 *
 * @throws CognitoFault ResourceNotFoundException
 */
export function clientById({ pools }: Pools, clientId: string): ClientInPool {
  const found = pools.byClientId(clientId);
  if (found === undefined) {
    throw clientNotFound(clientId);
  }
  return found;
}

/** @throws CognitoFault ResourceNotFoundException when the pool has no such client. */
export function clientOfPool(pool: Pool, clientId: string): AppClient {
  const client = pool.clients.get(clientId);
  if (client === undefined) {
    throw clientNotFound(clientId);
  }
  return client;
}

function clientNotFound(clientId: string): CognitoFault {
  return new CognitoFault('ResourceNotFoundException', `User pool client ${clientId} does not exist.`);
}
