import {
  createResourceServer,
  describeResourceServer,
  resourceServerById,
  scopesFrom,
} from '../engine/pools/resource-servers.js';
import { poolById } from '../engine/pools/pool-lookup.js';
import { type MemberRule, PAGINATION_TOKEN, required, USER_POOL_ID } from './member-rules.js';
import type { OperationTable } from './operation.js';
import { recordPage } from './pages.js';

const IDENTIFIER: MemberRule = {
  type: 'string',
  minLength: 1,
  maxLength: 256,
  pattern: '[\\x21\\x23-\\x5B\\x5D-\\x7E]+',
};
const NAME: MemberRule = { type: 'string', minLength: 1, maxLength: 256, pattern: '[\\w\\s+=,.@-]+' };
const SCOPES: MemberRule = {
  type: 'structures',
  maxLength: 100,
  element: {
    ScopeName: {
      type: 'string',
      required: true,
      minLength: 1,
      maxLength: 256,
      pattern: '[\\x21\\x23-\\x2E\\x30-\\x5B\\x5D-\\x7E]+',
    },
    ScopeDescription: { type: 'string', required: true, minLength: 1, maxLength: 256 },
  },
};
const PAGE_SIZE: MemberRule = { type: 'integer', min: 1, max: 50 };
const POOL_AND_SERVER = { UserPoolId: required(USER_POOL_ID), Identifier: required(IDENTIFIER) };

/** Resource servers and their scopes: create, describe, update, delete and list. */
export const resourceServerOperations: OperationTable<
  | 'CreateResourceServer'
  | 'DescribeResourceServer'
  | 'UpdateResourceServer'
  | 'DeleteResourceServer'
  | 'ListResourceServers'
> = {
  CreateResourceServer: {
    members: { ...POOL_AND_SERVER, Name: required(NAME), Scopes: SCOPES },
    handle: (environment, { UserPoolId, Identifier, Name, Scopes }) => {
      const pool = poolById(environment, UserPoolId);
      const server = { identifier: Identifier, name: Name, scopes: scopesFrom(Scopes) };
      return { ResourceServer: describeResourceServer(pool, createResourceServer(pool, server)) };
    },
  },
  DescribeResourceServer: {
    members: POOL_AND_SERVER,
    handle: (environment, input) => {
      const pool = poolById(environment, input.UserPoolId);
      return { ResourceServer: describeResourceServer(pool, resourceServerById(pool, input.Identifier)) };
    },
  },
  UpdateResourceServer: {
    members: { ...POOL_AND_SERVER, Name: required(NAME), Scopes: SCOPES },
    handle: (environment, { UserPoolId, Identifier, Name, Scopes }) => {
      const pool = poolById(environment, UserPoolId);
      const server = resourceServerById(pool, Identifier);
      server.name = Name;
      server.scopes = scopesFrom(Scopes);
      return { ResourceServer: describeResourceServer(pool, server) };
    },
  },
  DeleteResourceServer: {
    members: POOL_AND_SERVER,
    handle: (environment, input) => {
      const pool = poolById(environment, input.UserPoolId);
      pool.resourceServers.delete(resourceServerById(pool, input.Identifier).identifier);
      return {};
    },
  },
  ListResourceServers: {
    members: { UserPoolId: required(USER_POOL_ID), MaxResults: PAGE_SIZE, NextToken: PAGINATION_TOKEN },
    handle: (environment, { UserPoolId, MaxResults, NextToken }) => {
      const pool = poolById(environment, UserPoolId);
      const { items, next } = recordPage(pool.resourceServers, MaxResults, NextToken);
      return { ResourceServers: items.map((server) => describeResourceServer(pool, server)), NextToken: next };
    },
  },
};
