import type { ResourceServerScopeType, ResourceServerType } from '@aws-sdk/client-cognito-identity-provider';

import type { Pool } from '../../model/pool.js';
import type { ResourceServer, ResourceServerScope } from '../../model/resource-server.js';
import { CognitoFault, invalidParameter } from '../cognito-fault.js';
import { assertRoom } from '../limits/resource-limits.js';

/** The scopes that exist in every pool. */
const BUILT_IN_SCOPES: readonly string[] = ['openid', 'email', 'phone', 'profile', 'aws.cognito.signin.user.admin'];

/** Adds a resource server. @throws CognitoFault InvalidParameterException, LimitExceededException */
export function createResourceServer(pool: Pool, server: ResourceServer): ResourceServer {
  if (pool.resourceServers.has(server.identifier)) {
    throw invalidParameter(`${server.identifier} already exists in user pool ${pool.id}.`);
  }
  assertRoom('resource servers', pool.resourceServers);
  pool.resourceServers.set(server.identifier, server);
  return server;
}

/** @throws CognitoFault ResourceNotFoundException */
export function resourceServerById(pool: Pool, identifier: string): ResourceServer {
  const server = pool.resourceServers.get(identifier);
  if (server === undefined) {
    throw new CognitoFault('ResourceNotFoundException', `Resource server ${identifier} does not exist.`);
  }
  return server;
}

/** Converts scopes from the wire. @throws CognitoFault InvalidParameterException for a duplicate */
export function scopesFrom(scopes: readonly ResourceServerScopeType[] = []): ResourceServerScope[] {
  const converted = scopes.map(({ ScopeName: name = '', ScopeDescription: description = '' }) => ({
    name,
    description,
  }));
  if (new Set(converted.map(({ name }) => name)).size < converted.length) {
    throw invalidParameter('Scope names must be unique within a resource server.');
  }
  return converted;
}

/** The `ResourceServer` member of the resource server operations. */
export function describeResourceServer(pool: Pool, { identifier, name, scopes }: ResourceServer): ResourceServerType {
  return {
    UserPoolId: pool.id,
    Identifier: identifier,
    Name: name,
    Scopes: scopes.map((scope) => ({ ScopeName: scope.name, ScopeDescription: scope.description })),
  };
}

/**
 * Checks `AllowedOAuthScopes` of an app client.
 *
 * @throws CognitoFault ScopeDoesNotExistException
 */
export function assertScopesExist(pool: Pool, scopes: readonly string[] = []): void {
  const unknown = scopes.find((scope) => !scopeExists(pool, scope));
  if (unknown !== undefined) {
    throw new CognitoFault('ScopeDoesNotExistException', `Invalid scope requested: ${unknown}`, {
      member: 'AllowedOAuthScopes',
    });
  }
}

/** Adds the resource servers and scopes that the options of a client name, so that one line is enough. */
export function provideScopes(pool: Pool, scopes: readonly string[] = []): void {
  for (const scope of scopes.filter((name) => name.includes('/') && !scopeExists(pool, name))) {
    const { identifier, name } = partsOf(scope);
    const server = pool.resourceServers.get(identifier) ?? { identifier, name: identifier, scopes: [] };
    server.scopes = [...server.scopes, { name, description: name }];
    pool.resourceServers.set(identifier, server);
  }
}

function scopeExists(pool: Pool, scope: string): boolean {
  const { identifier, name } = partsOf(scope);
  const server = pool.resourceServers.get(identifier);
  return BUILT_IN_SCOPES.includes(scope) || (server?.scopes.some((known) => known.name === name) ?? false);
}

/** An identifier may contain slashes, the name of a scope may not. */
function partsOf(scope: string): { readonly identifier: string; readonly name: string } {
  const slash = scope.lastIndexOf('/');
  return { identifier: scope.slice(0, Math.max(slash, 0)), name: scope.slice(slash + 1) };
}
