import type { IdentityProviderTypeType } from '@aws-sdk/client-cognito-identity-provider';

import { CognitoFault } from '../engine/cognito-fault.js';
import {
  createProvider,
  describeProvider,
  providerByIdentifier,
  providerByName,
  updateProvider,
} from '../engine/federation/identity-providers.js';
import { poolById } from '../engine/pools/pool-lookup.js';
import {
  LIMIT,
  MAP,
  type MemberRule,
  PAGINATION_TOKEN,
  PROVIDER_NAME,
  required,
  USER_POOL_ID,
} from './member-rules.js';
import type { OperationTable } from './operation.js';
import { recordPage } from './pages.js';

const TYPES: readonly IdentityProviderTypeType[] = [
  'SAML',
  'Facebook',
  'Google',
  'LoginWithAmazon',
  'SignInWithApple',
  'OIDC',
];
const PROVIDER_TYPE: MemberRule = { type: 'string', values: TYPES };
/** New names have no underscore: it separates the provider from the subject in usernames. */
const NEW_PROVIDER_NAME: MemberRule = {
  type: 'string',
  minLength: 1,
  maxLength: 32,
  pattern: '[^_\\p{Z}][\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}][^_\\p{Z}]+',
};
const IDENTIFIERS: MemberRule = { type: 'strings', maxLength: 50 };
const IDENTIFIER: MemberRule = { type: 'string', minLength: 1, maxLength: 40, pattern: '[\\w\\s+=.@-]+' };
const POOL_AND_PROVIDER = { UserPoolId: required(USER_POOL_ID), ProviderName: required(PROVIDER_NAME) };

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
    members: {
      UserPoolId: required(USER_POOL_ID),
      ProviderName: required(NEW_PROVIDER_NAME),
      ProviderType: required(PROVIDER_TYPE),
      ProviderDetails: required(MAP),
      AttributeMapping: MAP,
      IdpIdentifiers: IDENTIFIERS,
    },
    handle: (environment, { UserPoolId, ProviderName, ProviderType, ProviderDetails, ...rest }) => {
      const pool = poolById(environment, UserPoolId);
      const request = { name: ProviderName, type: ProviderType, details: ProviderDetails, played: false, ...rest };
      return { IdentityProvider: describeProvider(pool, createProvider(environment, pool, request)) };
    },
  },
  DescribeIdentityProvider: {
    members: POOL_AND_PROVIDER,
    handle: (environment, input) => {
      const pool = poolById(environment, input.UserPoolId);
      return { IdentityProvider: describeProvider(pool, providerByName(pool, input.ProviderName)) };
    },
  },
  UpdateIdentityProvider: {
    members: { ...POOL_AND_PROVIDER, ProviderDetails: MAP, AttributeMapping: MAP, IdpIdentifiers: IDENTIFIERS },
    handle: (environment, { UserPoolId, ProviderName, ...changes }) => {
      const pool = poolById(environment, UserPoolId);
      const provider = providerByName(pool, ProviderName);
      updateProvider(environment, pool, provider, changes);
      return { IdentityProvider: describeProvider(pool, provider) };
    },
  },
  DeleteIdentityProvider: {
    members: POOL_AND_PROVIDER,
    handle: (environment, input) => {
      const pool = poolById(environment, input.UserPoolId);
      pool.identityProviders.delete(providerByName(pool, input.ProviderName).name);
      return {};
    },
  },
  ListIdentityProviders: {
    members: { UserPoolId: required(USER_POOL_ID), MaxResults: LIMIT, NextToken: PAGINATION_TOKEN },
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
    members: { UserPoolId: required(USER_POOL_ID), IdpIdentifier: required(IDENTIFIER) },
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
