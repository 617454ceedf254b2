import type { UserPoolClientType } from '@aws-sdk/client-cognito-identity-provider';

import { assertClientSettings } from '../engine/clients/client-settings.js';
import { invalidParameter } from '../engine/cognito-fault.js';
import { createClient, deleteClient } from '../engine/pools/create-client.js';
import { withClientDefaults } from '../engine/pools/pool-defaults.js';
import { poolById } from '../engine/pools/pool-lookup.js';
import type { AppClient } from '../model/app-client.js';
import type { Pool } from '../model/pool.js';
import {
  CLIENT_SECRET,
  BOOLEAN,
  STRINGS,
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
import { POOL_AND_CLIENT, poolAndClient } from './pool-and-client.js';

const VALIDITY: MemberRule = { type: 'integer', min: 1, max: 86_400 };
const SETTINGS = {
  AccessTokenValidity: VALIDITY,
  IdTokenValidity: VALIDITY,
  RefreshTokenValidity: { type: 'integer', min: 0, max: 315_360_000 },
  TokenValidityUnits: STRUCTURE,
  AuthSessionValidity: { type: 'integer', min: 3, max: 15 },
  ExplicitAuthFlows: STRINGS,
  ReadAttributes: STRINGS,
  WriteAttributes: STRINGS,
  CallbackURLs: { type: 'strings', maxLength: 100 },
  LogoutURLs: { type: 'strings', maxLength: 100 },
  AllowedOAuthScopes: { type: 'strings', maxLength: 50 },
  EnableTokenRevocation: BOOLEAN,
  RefreshTokenRotation: {
    type: 'structure',
    members: { RetryGracePeriodSeconds: { type: 'integer', min: 0, max: 60 } },
  },
} as const satisfies Record<string, MemberRule>;

/** App clients: create, describe, update, delete and list. */
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
      GenerateSecret: BOOLEAN,
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
    handle: (environment, input) => {
      const { pool, client } = poolAndClient(environment, input);
      return { UserPoolClient: describeClient(pool, client) };
    },
  },
  UpdateUserPoolClient: {
    members: { ...POOL_AND_CLIENT, ClientName: RESOURCE_NAME, ...SETTINGS },
    handle: (environment, { UserPoolId, ClientId, ClientName, ...settings }) => {
      const { pool, client } = poolAndClient(environment, { UserPoolId, ClientId });
      assertClientSettings(pool, settings, client.secrets.length > 0);
      client.name = ClientName ?? client.name;
      // As in Cognito, omitted members return to their defaults.
      client.settings = withClientDefaults(settings);
      client.modifiedAt = environment.clock();
      return { UserPoolClient: describeClient(pool, client) };
    },
  },
  DeleteUserPoolClient: {
    members: POOL_AND_CLIENT,
    handle: (environment, input) => {
      const { pool, client } = poolAndClient(environment, input);
      deleteClient(pool, client);
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
        NextToken: next,
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
