import { invalidParameter } from '../engine/cognito-fault.js';
import { createPool } from '../engine/pools/create-pool.js';
import { describePool } from '../engine/pools/describe-pool.js';
import { poolById } from '../engine/pools/pool-lookup.js';
import { addCustomAttributes } from '../engine/pools/schema.js';
import { updatePool } from '../engine/pools/update-pool.js';
import {
  MAX_RESULTS,
  type MemberRule,
  PAGINATION_TOKEN,
  required,
  RESOURCE_NAME,
  USER_POOL_ID,
} from './member-rules.js';
import type { OperationTable } from './operation.js';
import { pageOf } from './pages.js';

type UserPoolOperation =
  'CreateUserPool' | 'DescribeUserPool' | 'UpdateUserPool' | 'DeleteUserPool' | 'ListUserPools' | 'AddCustomAttributes';

const POLICIES: MemberRule = {
  type: 'structure',
  members: {
    PasswordPolicy: {
      type: 'structure',
      members: {
        MinimumLength: { type: 'integer', min: 6, max: 99 },
        PasswordHistorySize: { type: 'integer', min: 0, max: 24 },
        TemporaryPasswordValidityDays: { type: 'integer', min: 0, max: 365 },
      },
    },
    SignInPolicy: {
      type: 'structure',
      members: { AllowedFirstAuthFactors: { type: 'strings', minLength: 1, maxLength: 4 } },
    },
  },
};
const ADMIN_CREATE_USER: MemberRule = {
  type: 'structure',
  members: { UnusedAccountValidityDays: { type: 'integer', min: 0, max: 365 } },
};
const SCHEMA: MemberRule = { type: 'structures', minLength: 1, maxLength: 50 };
const CUSTOM_ATTRIBUTES: MemberRule = { type: 'structures', minLength: 1, maxLength: 25 };

/** User pools: create, describe, update, delete, list, and add custom attributes. */
export const userPoolOperations: OperationTable<UserPoolOperation> = {
  CreateUserPool: {
    members: {
      PoolName: required(RESOURCE_NAME),
      Policies: POLICIES,
      AdminCreateUserConfig: ADMIN_CREATE_USER,
      Schema: SCHEMA,
    },
    handle: (environment, input, { region }) => ({
      UserPool: describePool(createPool(environment, input, { region })),
    }),
  },
  DescribeUserPool: {
    members: { UserPoolId: required(USER_POOL_ID) },
    handle: (environment, input) => ({ UserPool: describePool(poolById(environment, input.UserPoolId)) }),
  },
  UpdateUserPool: {
    members: {
      UserPoolId: required(USER_POOL_ID),
      PoolName: RESOURCE_NAME,
      Policies: POLICIES,
      AdminCreateUserConfig: ADMIN_CREATE_USER,
    },
    handle: (environment, { UserPoolId, ...changes }) => {
      updatePool(environment, poolById(environment, UserPoolId), changes);
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
      if (pool.domain !== undefined || pool.customDomain !== undefined) {
        throw invalidParameter('User pool cannot be deleted. It has a domain configured that should be deleted first.');
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
        NextToken: next,
      };
    },
  },
  AddCustomAttributes: {
    members: { UserPoolId: required(USER_POOL_ID), CustomAttributes: required(CUSTOM_ATTRIBUTES) },
    handle: (environment, { UserPoolId, CustomAttributes }) => {
      const pool = poolById(environment, UserPoolId);
      addCustomAttributes(pool, CustomAttributes);
      pool.modifiedAt = environment.clock();
      return {};
    },
  },
};
