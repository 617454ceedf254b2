import { invalidParameter } from '../engine/cognito-fault.js';
import { createPool, mfaOf } from '../engine/pools/create-pool.js';
import { describePool } from '../engine/pools/describe-pool.js';
import { withPoolDefaults } from '../engine/pools/pool-defaults.js';
import { poolById } from '../engine/pools/pool-lookup.js';
import {
  LIST,
  MAX_RESULTS,
  PAGINATION_TOKEN,
  required,
  RESOURCE_NAME,
  STRUCTURE,
  USER_POOL_ID,
} from './member-rules.js';
import type { OperationTable } from './operation.js';
import { pageOf } from './pages.js';

type UserPoolOperation = 'CreateUserPool' | 'DescribeUserPool' | 'UpdateUserPool' | 'DeleteUserPool' | 'ListUserPools';

/** User pools themselves. */
export const userPoolOperations: OperationTable<UserPoolOperation> = {
  CreateUserPool: {
    members: { PoolName: required(RESOURCE_NAME), Policies: STRUCTURE, Schema: LIST },
    handle: (environment, input) => ({ UserPool: describePool(createPool(environment, input)) }),
  },
  DescribeUserPool: {
    members: { UserPoolId: required(USER_POOL_ID) },
    handle: (environment, input) => ({ UserPool: describePool(poolById(environment, input.UserPoolId)) }),
  },
  UpdateUserPool: {
    members: { UserPoolId: required(USER_POOL_ID), PoolName: RESOURCE_NAME, Policies: STRUCTURE },
    handle: (environment, { UserPoolId, PoolName, MfaConfiguration, ...changes }) => {
      const pool = poolById(environment, UserPoolId);
      const { UsernameAttributes, AliasAttributes, UsernameConfiguration, Policies } = pool.settings;
      // Members left out go back to their defaults, except those that can never change.
      pool.settings = withPoolDefaults({
        ...changes,
        Policies: changes.Policies ?? { SignInPolicy: Policies?.SignInPolicy },
        UsernameAttributes,
        AliasAttributes,
        UsernameConfiguration,
      });
      pool.name = PoolName ?? pool.name;
      pool.mfa = { ...pool.mfa, ...mfaOf(MfaConfiguration ?? 'OFF', changes) };
      pool.modifiedAt = environment.clock();
      return {};
    },
  },
  DeleteUserPool: {
    members: { UserPoolId: required(USER_POOL_ID) },
    handle: (environment, input) => {
      const pool = poolById(environment, input.UserPoolId);
      if (pool.settings.DeletionProtection === 'ACTIVE') {
        throw invalidParameter(
          'The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated first.',
        );
      }
      environment.pools.remove(pool.id);
      environment.keys.forget(pool.id);
      return {};
    },
  },
  ListUserPools: {
    members: { MaxResults: required(MAX_RESULTS), NextToken: PAGINATION_TOKEN },
    handle: (environment, { MaxResults, NextToken }) => {
      const { items, next } = pageOf(environment.pools.all(), MaxResults, NextToken);
      return {
        UserPools: items.map((pool) => ({
          Id: pool.id,
          Name: pool.name,
          LambdaConfig: pool.settings.LambdaConfig,
          LastModifiedDate: new Date(pool.modifiedAt),
          CreationDate: new Date(pool.createdAt),
        })),
        ...(next !== undefined && { NextToken: next }),
      };
    },
  },
};
