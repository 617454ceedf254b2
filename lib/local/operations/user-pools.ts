import { invalidParameter } from '../engine/cognito-fault.js';
import { createPool, mfaOf } from '../engine/pools/create-pool.js';
import { describePool } from '../engine/pools/describe-pool.js';
import { withPoolDefaults } from '../engine/pools/pool-defaults.js';
import { poolById } from '../engine/pools/pool-lookup.js';
import { addCustomAttribute } from '../engine/pools/schema.js';
import type { PoolMfa } from '../model/pool.js';
import type { OperationTable } from './operation.js';
import { pageOf } from './pages.js';

type UserPoolOperation =
  'CreateUserPool' | 'DescribeUserPool' | 'UpdateUserPool' | 'DeleteUserPool' | 'ListUserPools' | 'AddCustomAttributes';

/** User pools: create, describe, update, delete, list, and add custom attributes. */
export const userPoolOperations: OperationTable<UserPoolOperation> = {
  CreateUserPool: {
    handle: (environment, input) => ({ UserPool: describePool(createPool(environment, input)) }),
  },
  DescribeUserPool: {
    handle: (environment, input) => ({ UserPool: describePool(poolById(environment, input.UserPoolId)) }),
  },
  UpdateUserPool: {
    handle: (environment, { UserPoolId, PoolName, MfaConfiguration, ...changes }) => {
      const pool = poolById(environment, UserPoolId);
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
    handle: (environment, { UserPoolId, CustomAttributes }) => {
      const pool = poolById(environment, UserPoolId);
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
