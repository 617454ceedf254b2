import { poolById } from '../engine/pools/pool-lookup.js';
import { createReplica, deleteReplica, replicasOf, updateReplica } from '../engine/pools/replicas.js';
import type { OperationTable } from './operation.js';
import { pageOf } from './pages.js';

/** Copies of a pool in other regions: create, update, delete and list. */
export const replicaOperations: OperationTable<
  'CreateUserPoolReplica' | 'UpdateUserPoolReplica' | 'DeleteUserPoolReplica' | 'ListUserPoolReplicas'
> = {
  CreateUserPoolReplica: {
    handle: (environment, { UserPoolId, RegionName, UserPoolTags = {} }) => ({
      UserPoolReplica: createReplica(poolById(environment, UserPoolId), RegionName, UserPoolTags),
    }),
  },
  UpdateUserPoolReplica: {
    handle: (environment, { UserPoolId, RegionName, Status }) => ({
      UserPoolReplica: updateReplica(poolById(environment, UserPoolId), RegionName, Status),
    }),
  },
  DeleteUserPoolReplica: {
    handle: (environment, { UserPoolId, RegionName }) => ({
      UserPoolReplica: deleteReplica(poolById(environment, UserPoolId), RegionName),
    }),
  },
  ListUserPoolReplicas: {
    handle: (environment, { UserPoolId, NextToken }) => {
      const replicas = replicasOf(poolById(environment, UserPoolId));
      const { items, next } = pageOf(replicas, undefined, NextToken, {
        keyOf: ({ Role = '', RegionName = '' }) => [Role, RegionName],
      });
      return { UserPoolReplicas: items, NextToken: next };
    },
  },
};
