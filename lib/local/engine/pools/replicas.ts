import type { UpdateReplicaStatusType, UserPoolReplicaType } from '@aws-sdk/client-cognito-identity-provider';

import type { Pool } from '../../model/pool.js';
import type { PoolReplica } from '../../model/pool-configuration.js';
import { CognitoFault, invalidParameter } from '../cognito-fault.js';
import { assertNotLite } from './feature-plan.js';
import { arnOfPool } from './pool-arn.js';
import { assertTags, type Tags } from './tags.js';

const REGION = /^[a-z]{2,3}(-[a-z]+){1,3}-\d{1,2}$/;

/**
 * Adds a replica. As in Cognito it is inactive once it is created. Not verified against AWS: the texts.
 *
 * @returns the replica while it is being created.
 * @throws CognitoFault InvalidParameterException, FeatureUnavailableInTierException, UserPoolTaggingException
 */
export function createReplica(pool: Pool, region: string, tags: Tags): UserPoolReplicaType {
  assertNotLite(pool, 'replicas');
  if (!REGION.test(region)) {
    throw invalidParameter(`Invalid region: ${region}`);
  }
  if (region === pool.region || pool.replicas.has(region)) {
    throw invalidParameter(`User pool ${pool.id} already exists in ${region}.`);
  }
  assertTags(tags);
  pool.replicas.set(region, { region, status: 'INACTIVE', tags });
  return describeReplica(pool, { region, status: 'CREATING' });
}

/** Opens a replica to users or closes it. @throws CognitoFault ResourceNotFoundException, InvalidParameterException */
export function updateReplica(pool: Pool, region: string, status: UpdateReplicaStatusType): UserPoolReplicaType {
  const replica = replicaIn(pool, region);
  replica.status = status;
  return describeReplica(pool, replica);
}

/** Removes a replica. @throws CognitoFault ResourceNotFoundException, InvalidParameterException */
export function deleteReplica(pool: Pool, region: string): UserPoolReplicaType {
  pool.replicas.delete(replicaIn(pool, region).region);
  return describeReplica(pool, { region, status: 'DELETING' });
}

/** The pool itself and its replicas. */
export function replicasOf(pool: Pool): UserPoolReplicaType[] {
  const primary = describeReplica(pool, { region: pool.region, status: 'ACTIVE' });
  return [primary, ...[...pool.replicas.values()].map((replica) => describeReplica(pool, replica))];
}

function replicaIn(pool: Pool, region: string): PoolReplica {
  if (region === pool.region) {
    throw invalidParameter('The primary user pool is not a replica.');
  }
  const replica = pool.replicas.get(region);
  if (replica === undefined) {
    throw new CognitoFault('ResourceNotFoundException', `User pool ${pool.id} has no replica in ${region}.`);
  }
  return replica;
}

function describeReplica(pool: Pool, { region, status }: Pick<PoolReplica, 'region' | 'status'>): UserPoolReplicaType {
  return {
    RegionName: region,
    Status: status,
    Role: region === pool.region ? 'PRIMARY' : 'SECONDARY',
    UserPoolArn: arnOfPool(pool, region),
  };
}
