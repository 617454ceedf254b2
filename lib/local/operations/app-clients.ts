import type { UserPoolClientType } from '@aws-sdk/client-cognito-identity-provider';

import { assertClientSettings } from '../engine/clients/client-settings.js';
import { invalidParameter } from '../engine/cognito-fault.js';
import { createClient, deleteClient } from '../engine/pools/create-client.js';
import { withClientDefaults } from '../engine/clients/client-defaults.js';
import { poolById } from '../engine/pools/pool-lookup.js';
import { withoutEmptyLists } from '../engine/without-empty-lists.js';
import type { AppClient } from '../model/app-client.js';
import type { Pool } from '../model/pool.js';
import type { OperationTable } from './operation.js';
import { recordPage } from './pages.js';
import { poolAndClient } from './pool-and-client.js';

/** App clients: create, describe, update, delete and list. */
export const appClientOperations: OperationTable<
  | 'CreateUserPoolClient'
  | 'DescribeUserPoolClient'
  | 'UpdateUserPoolClient'
  | 'DeleteUserPoolClient'
  | 'ListUserPoolClients'
> = {
  CreateUserPoolClient: {
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
    handle: (environment, input) => {
      const { pool, client } = poolAndClient(environment, input);
      return { UserPoolClient: describeClient(pool, client) };
    },
  },
  UpdateUserPoolClient: {
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
    handle: (environment, input) => {
      const { pool, client } = poolAndClient(environment, input);
      deleteClient(pool, client);
      return {};
    },
  },
  ListUserPoolClients: {
    handle: (environment, { UserPoolId, MaxResults, NextToken }) => {
      const pool = poolById(environment, UserPoolId);
      const { items, next } = recordPage(pool.clients, MaxResults, NextToken);
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
    ...withoutEmptyLists(settings),
    LastModifiedDate: new Date(modifiedAt),
    CreationDate: new Date(createdAt),
  };
}
