import type { UserPoolClientType } from '@aws-sdk/client-cognito-identity-provider';

import { assertClientSettings } from '../engine/clients/client-settings.js';
import { invalidParameter } from '../engine/cognito-fault.js';
import { createClient } from '../engine/pools/create-client.js';
import { withClientDefaults } from '../engine/pools/pool-defaults.js';
import { clientOfPool, poolById } from '../engine/pools/pool-lookup.js';
import type { AppClient } from '../model/app-client.js';
import type { Pool } from '../model/pool.js';
import {
  CLIENT_ID,
  CLIENT_SECRET,
  FLAG,
  TEXTS,
  MAX_RESULTS,
  type MemberRule,
  PAGINATION_TOKEN,
  required,
  RESOURCE_NAME,
  STRUCTURE,
  USER_POOL_ID,
} from './member-rules.js';
import type { OperationTable } from './operation.js';
import { pageOf } from './pages.js';

const HOURS_OR_SECONDS: MemberRule = { type: 'integer', min: 1, max: 86_400 };
const SETTINGS = {
  AccessTokenValidity: HOURS_OR_SECONDS,
  IdTokenValidity: HOURS_OR_SECONDS,
  RefreshTokenValidity: { type: 'integer', min: 0, max: 315_360_000 },
  TokenValidityUnits: STRUCTURE,
  AuthSessionValidity: { type: 'integer', min: 3, max: 15 },
  ExplicitAuthFlows: TEXTS,
  ReadAttributes: TEXTS,
  WriteAttributes: TEXTS,
  CallbackURLs: { type: 'texts', maxLength: 100 },
  LogoutURLs: { type: 'texts', maxLength: 100 },
  AllowedOAuthScopes: { type: 'texts', maxLength: 50 },
  EnableTokenRevocation: FLAG,
  RefreshTokenRotation: {
    type: 'structure',
    members: { RetryGracePeriodSeconds: { type: 'integer', min: 0, max: 60 } },
  },
} as const satisfies Record<string, MemberRule>;
const POOL_AND_CLIENT = { UserPoolId: required(USER_POOL_ID), ClientId: required(CLIENT_ID) };

/** App clients. */
export const appClientOperations: OperationTable<
  | 'CreateUserPoolClient'
  | 'DescribeUserPoolClient'
  | 'UpdateUserPoolClient'
  | 'DeleteUserPoolClient'
  | 'ListUserPoolClients'
> = {
  CreateUserPoolClient: {
    members: {
      UserPoolId: required(USER_POOL_ID),
      ClientName: required(RESOURCE_NAME),
      GenerateSecret: FLAG,
      ClientSecret: CLIENT_SECRET,
      ...SETTINGS,
    },
    handle: (environment, { UserPoolId, ClientName, GenerateSecret, ClientSecret, ...settings }) => {
      const pool = poolById(environment, UserPoolId);
      if (GenerateSecret && ClientSecret !== undefined) {
        throw invalidParameter('ClientSecret cannot be given together with GenerateSecret.');
      }
      const secret = ClientSecret ?? GenerateSecret ?? false;
      assertClientSettings(pool, settings, secret !== false);
      return {
        UserPoolClient: describeClient(pool, createClient(environment, pool, { name: ClientName, secret, settings })),
      };
    },
  },
  DescribeUserPoolClient: {
    members: POOL_AND_CLIENT,
    handle: (environment, { UserPoolId, ClientId }) => {
      const pool = poolById(environment, UserPoolId);
      return { UserPoolClient: describeClient(pool, clientOfPool(pool, ClientId)) };
    },
  },
  UpdateUserPoolClient: {
    members: { ...POOL_AND_CLIENT, ClientName: RESOURCE_NAME, ...SETTINGS },
    handle: (environment, { UserPoolId, ClientId, ClientName, ...settings }) => {
      const pool = poolById(environment, UserPoolId);
      const client = clientOfPool(pool, ClientId);
      assertClientSettings(pool, settings, client.secrets.length > 0);
      client.name = ClientName ?? client.name;
      // Members left out go back to their defaults.
      client.settings = withClientDefaults(settings);
      client.modifiedAt = environment.clock();
      return { UserPoolClient: describeClient(pool, client) };
    },
  },
  DeleteUserPoolClient: {
    members: POOL_AND_CLIENT,
    handle: (environment, { UserPoolId, ClientId }) => {
      const pool = poolById(environment, UserPoolId);
      pool.clients.delete(clientOfPool(pool, ClientId).id);
      return {};
    },
  },
  ListUserPoolClients: {
    members: { UserPoolId: required(USER_POOL_ID), MaxResults: MAX_RESULTS, NextToken: PAGINATION_TOKEN },
    handle: (environment, { UserPoolId, MaxResults, NextToken }) => {
      const pool = poolById(environment, UserPoolId);
      const { items, next } = pageOf([...pool.clients.values()], MaxResults, NextToken, UserPoolId);
      return {
        UserPoolClients: items.map(({ id, name }) => ({ ClientId: id, UserPoolId, ClientName: name })),
        ...(next !== undefined && { NextToken: next }),
      };
    },
  },
};

function describeClient(pool: Pool, client: AppClient): UserPoolClientType {
  const { id, name, secrets, settings, createdAt, modifiedAt } = client;
  const [secret] = secrets;
  return {
    UserPoolId: pool.id,
    ClientName: name,
    ClientId: id,
    ...(secret !== undefined && { ClientSecret: secret.value }),
    ...settings,
    LastModifiedDate: new Date(modifiedAt),
    CreationDate: new Date(createdAt),
  };
}
