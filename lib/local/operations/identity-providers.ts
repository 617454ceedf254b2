import { CognitoFault } from '../engine/cognito-fault.js';
import {
  createProvider,
  describeProvider,
  providerByIdentifier,
  providerByName,
  updateProvider,
} from '../engine/federation/identity-providers.js';
import { poolById } from '../engine/pools/pool-lookup.js';
import type { OperationTable } from './operation.js';
import { recordPage } from './pages.js';

/** Identity providers: create, describe, update, delete, list, and find by identifier. */
export const identityProviderOperations: OperationTable<
  | 'CreateIdentityProvider'
  | 'DescribeIdentityProvider'
  | 'UpdateIdentityProvider'
  | 'DeleteIdentityProvider'
  | 'ListIdentityProviders'
  | 'GetIdentityProviderByIdentifier'
> = {
  CreateIdentityProvider: {
    handle: (environment, { UserPoolId, ProviderName, ProviderType, ProviderDetails, ...rest }) => {
      const pool = poolById(environment, UserPoolId);
      const request = { name: ProviderName, type: ProviderType, details: ProviderDetails, played: false, ...rest };
      return { IdentityProvider: describeProvider(pool, createProvider(environment, pool, request)) };
    },
  },
  DescribeIdentityProvider: {
    handle: (environment, input) => {
      const pool = poolById(environment, input.UserPoolId);
      return { IdentityProvider: describeProvider(pool, providerByName(pool, input.ProviderName)) };
    },
  },
  UpdateIdentityProvider: {
    handle: (environment, { UserPoolId, ProviderName, ...changes }) => {
      const pool = poolById(environment, UserPoolId);
      const provider = providerByName(pool, ProviderName);
      updateProvider(environment, pool, provider, changes);
      return { IdentityProvider: describeProvider(pool, provider) };
    },
  },
  DeleteIdentityProvider: {
    handle: (environment, input) => {
      const pool = poolById(environment, input.UserPoolId);
      pool.identityProviders.delete(providerByName(pool, input.ProviderName).name);
      return {};
    },
  },
  ListIdentityProviders: {
    handle: (environment, { UserPoolId, MaxResults, NextToken }) => {
      const pool = poolById(environment, UserPoolId);
      const { items, next } = recordPage(pool.identityProviders, MaxResults, NextToken);
      return {
        Providers: items.map(({ name, type, createdAt, modifiedAt }) => ({
          ProviderName: name,
          ProviderType: type,
          LastModifiedDate: new Date(modifiedAt),
          CreationDate: new Date(createdAt),
        })),
        NextToken: next,
      };
    },
  },
  GetIdentityProviderByIdentifier: {
    handle: (environment, input) => {
      const pool = poolById(environment, input.UserPoolId);
      const provider = providerByIdentifier(pool, input.IdpIdentifier);
      if (provider === undefined) {
        throw new CognitoFault('ResourceNotFoundException', `Identity provider does not exist.`);
      }
      return { IdentityProvider: describeProvider(pool, provider) };
    },
  },
};
