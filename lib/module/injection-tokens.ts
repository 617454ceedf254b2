import { Inject, type InjectionToken } from '@nestjs/common';

import { CognitoAdminService } from '../admin/cognito-admin.service.js';
import { DEFAULT_POOL } from '../auth/pools/user-pools.js';
import { CognitoClient } from '../client/cognito-client.js';
import { CognitoOAuthService } from '../oauth/cognito-oauth.service.js';
import { TokenVerifier } from '../tokens/token-verifier.js';
import { CognitoService } from '../user/cognito.service.js';

type InjectDecorator = ParameterDecorator & PropertyDecorator;

/**
 * The injection token of one pool's service: the class for the pool without a name, so that its type alone injects it,
 * and a string for a named pool. The names are literals, because minifiers rename classes.
 */
function tokenOf(service: InjectionToken, name: string, pool: string = DEFAULT_POOL): InjectionToken {
  return pool === DEFAULT_POOL ? service : `mandate:${name}:${pool}`;
}

/**
 * The injection token of a pool's `CognitoService`.
 *
 * @param pool - the name of the registration. Default: the one without a name.
 * @publicApi
 */
export function getCognitoToken(pool?: string): InjectionToken {
  return tokenOf(CognitoService, 'CognitoService', pool);
}

/**
 * The injection token of a pool's `CognitoAdminService`.
 *
 * @param pool - the name of the registration. Default: the one without a name.
 * @publicApi
 */
export function getCognitoAdminToken(pool?: string): InjectionToken {
  return tokenOf(CognitoAdminService, 'CognitoAdminService', pool);
}

/**
 * The injection token of a pool's `CognitoOAuthService`.
 *
 * @param pool - the name of the registration. Default: the one without a name.
 * @publicApi
 */
export function getCognitoOAuthToken(pool?: string): InjectionToken {
  return tokenOf(CognitoOAuthService, 'CognitoOAuthService', pool);
}

/**
 * The injection token of a pool's `CognitoClient`.
 *
 * @param pool - the name of the registration. Default: the one without a name.
 * @publicApi
 */
export function getCognitoClientToken(pool?: string): InjectionToken {
  return tokenOf(CognitoClient, 'CognitoClient', pool);
}

/**
 * The injection token of a pool's `TokenVerifier`.
 *
 * @param pool - the name of the registration. Default: the one without a name.
 * @publicApi
 */
export function getTokenVerifierToken(pool?: string): InjectionToken {
  return tokenOf(TokenVerifier, 'TokenVerifier', pool);
}

/**
 * The injection token of a pool's `TokenRevoker`.
 *
 * @param pool - the name of the registration. Default: the one without a name.
 * @publicApi
 */
export function getTokenRevokerToken(pool: string = DEFAULT_POOL): InjectionToken {
  return `mandate:TokenRevoker:${pool}`;
}

/**
 * The injection token of a pool's `Tenants`.
 *
 * @param pool - the name of the registration. Default: the one without a name.
 * @publicApi
 */
export function getTenantsToken(pool: string = DEFAULT_POOL): InjectionToken {
  return `mandate:Tenants:${pool}`;
}

/**
 * Injects the `CognitoService` of a pool.
 *
 * @param pool - the name of the registration. Default: the one without a name, where the type alone injects it too.
 * @example
 * constructor(@InjectCognito('staff') private readonly cognito: CognitoService) {}
 * @publicApi
 */
export const InjectCognito = (pool?: string): InjectDecorator => Inject(getCognitoToken(pool));

/**
 * Injects the `CognitoAdminService` of a pool.
 *
 * @param pool - the name of the registration. Default: the one without a name, where the type alone injects it too.
 * @publicApi
 */
export const InjectCognitoAdmin = (pool?: string): InjectDecorator => Inject(getCognitoAdminToken(pool));

/**
 * Injects the `CognitoOAuthService` of a pool. Its methods require the option `oauth`.
 *
 * @param pool - the name of the registration. Default: the one without a name, where the type alone injects it too.
 * @publicApi
 */
export const InjectCognitoOAuth = (pool?: string): InjectDecorator => Inject(getCognitoOAuthToken(pool));

/**
 * Injects the `CognitoClient` of a pool: to call any AWS SDK operation that this package has no method for.
 *
 * @param pool - the name of the registration. Default: the one without a name, where the type alone injects it too.
 * @publicApi
 */
export const InjectCognitoClient = (pool?: string): InjectDecorator => Inject(getCognitoClientToken(pool));

/**
 * Injects the `TokenVerifier` of a pool, to verify tokens outside the guard.
 *
 * @param pool - the name of the registration. Default: the one without a name, where the type alone injects it too.
 * @publicApi
 */
export const InjectTokenVerifier = (pool?: string): InjectDecorator => Inject(getTokenVerifierToken(pool));

/**
 * Injects the `TokenRevoker` of a pool, to revoke what no service method revokes: a single token, or all tokens of a
 * user for reasons of your own. It requires the option `revocation` with a store.
 *
 * It changes nothing at Cognito, where refresh tokens keep issuing new tokens: sign the user out there too
 * (`CognitoAdminService.logout`), or make sure that `revocation.signInLifetimeSeconds` is not shorter than the validity
 * of a refresh token.
 *
 * @param pool - the name of the registration. Default: the one without a name.
 * @publicApi
 */
export const InjectTokenRevoker = (pool?: string): InjectDecorator => Inject(getTokenRevokerToken(pool));

/**
 * Injects the `Tenants` of a pool that was registered with the option `tenants`, to drop one of them at once.
 *
 * @param pool - the name of the registration. Default: the one without a name.
 * @publicApi
 */
export const InjectTenants = (pool?: string): InjectDecorator => Inject(getTenantsToken(pool));

// The tokens below are visible inside one registration of the module only.

/** The options as passed to the module. */
export const MODULE_OPTIONS = Symbol('mandate:module-options');

/** The checked options with their defaults. */
export const RESOLVED_OPTIONS = Symbol('mandate:options');

/** The pool as the guard sees it. */
export const REGISTERED_POOL = Symbol('mandate:registered-pool');

/** The verifier that the guard calls: that of the pool or, with tenants, of many. */
export const GUARD_VERIFIER = Symbol('mandate:guard-verifier');

/** The pools that are looked up at run time; undefined without the option `tenants`. */
export const TENANTS = Symbol('mandate:tenants');

/** Receives token events. */
export const TOKEN_OBSERVER = Symbol('mandate:token-observer');

/** How revocations are recorded and checked. */
export const REVOCATION = Symbol('mandate:revocation');

/** Explains faults of the set-up that calls to Cognito meet, in the log. */
export const SET_UP_LOG = Symbol('mandate:set-up-log');

/** The app client. */
export const APP_CLIENT = Symbol('mandate:app-client');
