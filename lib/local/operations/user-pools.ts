import { invalidParameter } from '../engine/cognito-fault.js';
import { assertNotImporting } from '../engine/imports/import-jobs.js';
import { createPool, mfaOf } from '../engine/pools/create-pool.js';
import { describePool } from '../engine/pools/describe-pool.js';
import { withPoolDefaults } from '../engine/pools/pool-defaults.js';
import { poolById } from '../engine/pools/pool-lookup.js';
import { addCustomAttribute } from '../engine/pools/schema.js';
import { assertTags } from '../engine/pools/tags.js';
import type { PoolMfa } from '../model/pool.js';
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
    handle: (environment, input) => ({ UserPool: describePool(createPool(environment, input)) }),
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
    handle: (environment, { UserPoolId, PoolName, MfaConfiguration, ...changes }) => {
      const pool = poolById(environment, UserPoolId);
      assertNotImporting(pool);
      assertTags(changes.UserPoolTags ?? {});
      const { UsernameAttributes, AliasAttributes, UsernameConfiguration, Policies } = pool.settings;
      // As in Cognito, omitted members return to their defaults. Some members never change.
      pool.settings = withPoolDefaults({
        ...changes,
        Policies: changes.Policies ?? { SignInPolicy: Policies?.SignInPolicy },
        UsernameAttributes,
        AliasAttributes,
        UsernameConfiguration,
      });
      pool.name = PoolName ?? pool.name;
      pool.mfa = updatedMfa(pool.mfa, mfaOf(MfaConfiguration ?? 'OFF', changes));
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
      assertNotImporting(pool);
      // All or nothing: the pool's schema changes only after every attribute is valid.
      const schema = new Map(pool.schema);
      for (const attribute of CustomAttributes) {
        addCustomAttribute(schema, attribute);
      }
      schema.forEach((attribute, name) => pool.schema.set(name, attribute));
      pool.modifiedAt = environment.clock();
      return {};
    },
  },
};

/** UpdateUserPool supports SMS only. Turning MFA off turns off every second factor; passkeys are a first factor. */
function updatedMfa(current: PoolMfa, change: PoolMfa): PoolMfa {
  const { webAuthn } = current;
  return change.configuration === 'OFF' ? { ...change, ...(webAuthn && { webAuthn }) } : { ...current, ...change };
}
