import { Inject, type InjectionToken } from '@nestjs/common';

import { CognitoAdminService } from '../admin/cognito-admin.service.js';
import { DEFAULT_POOL } from '../auth/pools/user-pools.js';
import { CognitoClient } from '../client/cognito-client.js';
import { TokenVerifier } from '../tokens/token-verifier.js';
import { CognitoService } from '../user/cognito.service.js';

/**
 * The injection token of a service of one pool: the class itself for the pool without a name, so that its type alone
 * injects it; a text for a named pool.
 */
function tokenOf(service: { readonly name: string } & InjectionToken, pool: string = DEFAULT_POOL): InjectionToken {
  return pool === DEFAULT_POOL ? service : `mandate:${service.name}:${pool}`;
}

/** The injection token of a pool's `CognitoService`. */
export function getCognitoToken(pool?: string): InjectionToken {
  return tokenOf(CognitoService, pool);
}

/** The injection token of a pool's `CognitoAdminService`. */
export function getCognitoAdminToken(pool?: string): InjectionToken {
  return tokenOf(CognitoAdminService, pool);
}

/** The injection token of a pool's `CognitoClient`. */
export function getCognitoClientToken(pool?: string): InjectionToken {
  return tokenOf(CognitoClient, pool);
}

/** The injection token of a pool's `TokenVerifier`. */
export function getTokenVerifierToken(pool?: string): InjectionToken {
  return tokenOf(TokenVerifier, pool);
}

/** The injection token of a pool's `TokenRevoker`. */
export function getTokenRevokerToken(pool: string = DEFAULT_POOL): InjectionToken {
  return `mandate:TokenRevoker:${pool}`;
}

/** The injection token of a pool's `Tenants`. */
export function getTenantsToken(pool: string = DEFAULT_POOL): InjectionToken {
  return `mandate:Tenants:${pool}`;
}

/** Injects the `CognitoService` of a pool; without a name, of the pool that was registered without one. */
export const InjectCognito = (pool?: string): ParameterDecorator & PropertyDecorator => Inject(getCognitoToken(pool));

/** Injects the `CognitoAdminService` of a pool. */
export const InjectCognitoAdmin = (pool?: string): ParameterDecorator & PropertyDecorator =>
  Inject(getCognitoAdminToken(pool));

/** Injects the `CognitoClient` of a pool: the door to the AWS SDK, for what this package has no method for. */
export const InjectCognitoClient = (pool?: string): ParameterDecorator & PropertyDecorator =>
  Inject(getCognitoClientToken(pool));

/** Injects the `TokenVerifier` of a pool. */
export const InjectTokenVerifier = (pool?: string): ParameterDecorator & PropertyDecorator =>
  Inject(getTokenVerifierToken(pool));

/**
 * Injects the `TokenRevoker` of a pool, to revoke what no service method does: a single token, or a user for reasons of
 * your own. They need the option `revocation` with a store. A mark alone ends nothing at Cognito, where refresh tokens go
 * on giving new tokens: sign the user out there too (`CognitoAdminService.logout`), or see that the member
 * `signInLifetimeSeconds` of that option is no shorter than a refresh token lives.
 */
export const InjectTokenRevoker = (pool?: string): ParameterDecorator & PropertyDecorator =>
  Inject(getTokenRevokerToken(pool));

/** Injects the `Tenants` of a pool that was registered with the option `tenants`, to drop one of them at once. */
export const InjectTenants = (pool?: string): ParameterDecorator & PropertyDecorator => Inject(getTenantsToken(pool));

/** The options as they were given; known inside one registration of the module only. */
export const MODULE_OPTIONS = Symbol('mandate:module-options');

/** The checked options; known inside one registration of the module only. */
export const RESOLVED_OPTIONS = Symbol('mandate:options');

/** The pool as the guard knows it; known inside one registration of the module only. */
export const REGISTERED_POOL = Symbol('mandate:registered-pool');

/** Whom the guard asks: the verifier of the pool or, with tenants, of many; known inside one registration only. */
export const GUARD_VERIFIER = Symbol('mandate:guard-verifier');

/** The pools that are found at run time, if any; known inside one registration of the module only. */
export const TENANTS = Symbol('mandate:tenants');

/** Who is told of token events; known inside one registration of the module only. */
export const TOKEN_OBSERVER = Symbol('mandate:token-observer');

/** How revocations are read and written; known inside one registration of the module only. */
export const REVOCATION = Symbol('mandate:revocation');

/** The app client; known inside one registration of the module only. */
export const APP_CLIENT = Symbol('mandate:app-client');
