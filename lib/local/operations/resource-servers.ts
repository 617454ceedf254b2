import {
  createResourceServer,
  describeResourceServer,
  resourceServerById,
  scopesFrom,
} from '../engine/pools/resource-servers.js';
import { poolById } from '../engine/pools/pool-lookup.js';
import type { OperationTable } from './operation.js';
import { recordPage } from './pages.js';

/** Resource servers and their scopes: create, describe, update, delete and list. */
export const resourceServerOperations: OperationTable<
  | 'CreateResourceServer'
  | 'DescribeResourceServer'
  | 'UpdateResourceServer'
  | 'DeleteResourceServer'
  | 'ListResourceServers'
> = {
  CreateResourceServer: {
    handle: (environment, { UserPoolId, Identifier, Name, Scopes }) => {
      const pool = poolById(environment, UserPoolId);
      const server = { identifier: Identifier, name: Name, scopes: scopesFrom(Scopes) };
      return { ResourceServer: describeResourceServer(pool, createResourceServer(pool, server)) };
    },
  },
  DescribeResourceServer: {
    handle: (environment, input) => {
      const pool = poolById(environment, input.UserPoolId);
      return { ResourceServer: describeResourceServer(pool, resourceServerById(pool, input.Identifier)) };
    },
  },
  UpdateResourceServer: {
    handle: (environment, { UserPoolId, Identifier, Name, Scopes }) => {
      const pool = poolById(environment, UserPoolId);
      const server = resourceServerById(pool, Identifier);
      server.name = Name;
      server.scopes = scopesFrom(Scopes);
      return { ResourceServer: describeResourceServer(pool, server) };
    },
  },
  DeleteResourceServer: {
    handle: (environment, input) => {
      const pool = poolById(environment, input.UserPoolId);
      pool.resourceServers.delete(resourceServerById(pool, input.Identifier).identifier);
      return {};
    },
  },
  ListResourceServers: {
    handle: (environment, { UserPoolId, MaxResults, NextToken }) => {
      const pool = poolById(environment, UserPoolId);
      const { items, next } = recordPage(pool.resourceServers, MaxResults, NextToken);
      return { ResourceServers: items.map((server) => describeResourceServer(pool, server)), NextToken: next };
    },
  },
};
