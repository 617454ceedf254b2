import { invalidParameter } from '../engine/cognito-fault.js';
import { assertNotImporting } from '../engine/imports/import-jobs.js';
import { createPool } from '../engine/pools/create-pool.js';
import { describePool } from '../engine/pools/describe-pool.js';
import { poolById } from '../engine/pools/pool-lookup.js';
import { addCustomAttributes } from '../engine/pools/schema.js';
import { assertTags } from '../engine/pools/tags.js';
import { updatePool } from '../engine/pools/update-pool.js';
import type { OperationTable } from './operation.js';
import { recordPage } from './pages.js';

type UserPoolOperation =
  'CreateUserPool' | 'DescribeUserPool' | 'UpdateUserPool' | 'DeleteUserPool' | 'ListUserPools' | 'AddCustomAttributes';

/** User pools: create, describe, update, delete, list, and add custom attributes. */
export const userPoolOperations: OperationTable<UserPoolOperation> = {
  CreateUserPool: {
    handle: (environment, input, { region }) => ({
      UserPool: describePool(createPool(environment, input, { region })),
    }),
  },
  DescribeUserPool: {
    handle: (environment, input) => ({ UserPool: describePool(poolById(environment, input.UserPoolId)) }),
  },
  UpdateUserPool: {
    handle: (environment, { UserPoolId, ...changes }) => {
      const pool = poolById(environment, UserPoolId);
      assertNotImporting(pool);
      assertTags(changes.UserPoolTags ?? {});
      updatePool(environment, pool, changes);
      return {};
    },
  },
  DeleteUserPool: {
    handle: (environment, input) => {
      const pool = poolById(environment, input.UserPoolId);
      if (pool.settings.DeletionProtection === 'ACTIVE') {
        throw invalidParameter(
          'The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated first.',
        );
      }
      if (pool.domain !== undefined || pool.customDomain !== undefined) {
        throw invalidParameter('User pool cannot be deleted. It has a domain configured that should be deleted first.');
      }
      assertNotImporting(pool);
      environment.pools.remove(pool.id);
      environment.keys.forget(pool.id);
      return {};
    },
  },
  ListUserPools: {
    handle: (environment, { MaxResults, NextToken }) => {
      const { items, next } = recordPage(environment.pools.records, MaxResults, NextToken);
      return {
        UserPools: items.map((pool) => ({
          Id: pool.id,
          Name: pool.name,
          LambdaConfig: pool.settings.LambdaConfig,
          LastModifiedDate: new Date(pool.modifiedAt),
          CreationDate: new Date(pool.createdAt),
        })),
        NextToken: next,
      };
    },
  },
  AddCustomAttributes: {
    handle: (environment, { UserPoolId, CustomAttributes }) => {
      const pool = poolById(environment, UserPoolId);
      assertNotImporting(pool);
      addCustomAttributes(pool, CustomAttributes);
      pool.modifiedAt = environment.clock();
      return {};
    },
  },
};
