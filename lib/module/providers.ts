import type { InjectionToken, OnModuleDestroy, Provider } from '@nestjs/common';

import { createCognitoAdminService } from '../admin/create-cognito-admin-service.js';
import type { CognitoAdminService } from '../admin/cognito-admin.service.js';
import { DEFAULT_POOL } from '../auth/pools/user-pools.js';
import { CognitoJwtStrategy } from '../auth/cognito-jwt.strategy.js';
import { AppClient } from '../client/app-client.js';
import { CognitoClient } from '../client/cognito-client.js';
import type { CognitoOAuthService } from '../oauth/cognito-oauth.service.js';
import type { MandateModuleOptions } from './options.js';
import { OVERRIDES, type Overrides } from './overrides.js';
import { type ResolvedMandateOptions, resolveOptions } from './resolve-options.js';
import type { Revocation } from '../tokens/revocation/create-revocation.js';
import type { TenantSet } from '../tokens/tenants/tenants.js';
import { SetUpLog } from './startup/set-up-log.js';
import { StartUpCheck } from './startup/start-up-check.js';
import { oauthProvider } from './oauth-provider.js';
import { isDefault, revocationProviders, tokenProviders } from './token-providers.js';
import {
  APP_CLIENT,
  getCognitoAdminToken,
  getCognitoClientToken,
  getCognitoOAuthToken,
  getCognitoToken,
  getTokenRevokerToken,
  getTenantsToken,
  getTokenVerifierToken,
  MODULE_OPTIONS,
  RESOLVED_OPTIONS,
  REVOCATION,
  SET_UP_LOG,
  TENANTS,
} from './injection-tokens.js';
import type { TokenVerifier } from '../tokens/token-verifier.js';
import { createCognitoService } from '../user/create-cognito-service.js';
import type { CognitoService } from '../user/cognito.service.js';

/** The injection tokens that a registration of the module exports. */
export function exportedTokens(pool: string | undefined): InjectionToken[] {
  return [
    getCognitoToken(pool),
    getCognitoAdminToken(pool),
    getCognitoClientToken(pool),
    getCognitoOAuthToken(pool),
    getTokenVerifierToken(pool),
    getTokenRevokerToken(pool),
    getTenantsToken(pool),
    ...(isDefault(pool) ? [CognitoJwtStrategy] : []),
  ];
}

/** The providers of one registration: from its options to its services. */
export function createProviders(pool: string | undefined): Provider[] {
  return [
    {
      provide: RESOLVED_OPTIONS,
      inject: [MODULE_OPTIONS, OVERRIDES],
      useFactory: (options: MandateModuleOptions, overrides: Overrides) =>
        resolveOptions(
          overrides.options?.(options, pool ?? DEFAULT_POOL) ?? options,
          // The key set in the environment variable belongs to one pool.
          isDefault(pool) ? process.env : {},
        ),
    },
    {
      provide: Symbol('mandate:start-up'),
      inject: [StartUpCheck, RESOLVED_OPTIONS, APP_CLIENT],
      useFactory: (check: StartUpCheck, options: ResolvedMandateOptions, appClient: AppClient) => {
        check.register({ pool: pool ?? DEFAULT_POOL, options, appClient });
      },
    },
    ...serviceProviders(pool),
    oauthProvider(pool),
    ...revocationProviders(pool),
    ...tokenProviders(pool),
  ];
}

function serviceProviders(pool: string | undefined): Provider[] {
  const dependencies = [getCognitoClientToken(pool), APP_CLIENT, RESOLVED_OPTIONS, REVOCATION];
  return [
    {
      provide: SET_UP_LOG,
      inject: [RESOLVED_OPTIONS],
      useFactory: (options: ResolvedMandateOptions) => new SetUpLog(pool ?? DEFAULT_POOL, options),
    },
    {
      provide: getCognitoClientToken(pool),
      inject: [RESOLVED_OPTIONS, SET_UP_LOG],
      useFactory: (options: ResolvedMandateOptions, log: SetUpLog) => new CognitoClient(options, undefined, log),
    },
    {
      provide: APP_CLIENT,
      inject: [RESOLVED_OPTIONS],
      useFactory: (options: ResolvedMandateOptions) => new AppClient(options),
    },
    {
      provide: getCognitoToken(pool),
      inject: [...dependencies, getTokenVerifierToken(pool), TENANTS, getCognitoOAuthToken(pool)],
      useFactory: (
        client: CognitoClient,
        appClient: AppClient,
        { clock, attributes, renewalMethod, oauth }: ResolvedMandateOptions,
        { signInRevoker: revoker }: Revocation,
        verifier: TokenVerifier,
        tenants: TenantSet | undefined,
        oauthService: CognitoOAuthService,
      ): CognitoService =>
        createCognitoService({
          client,
          appClient,
          clock,
          verifier,
          attributes,
          renewalMethod,
          renewLogin: oauth && (async (refreshToken) => oauthService.renewTokens(refreshToken)),
          revoker,
          revokerOfTenant: async (issuer) => (await tenants?.revocationOf(issuer))?.revoker,
        }),
    },
    {
      provide: getCognitoAdminToken(pool),
      inject: dependencies,
      useFactory: (
        client: CognitoClient,
        appClient: AppClient,
        { clock, attributes }: ResolvedMandateOptions,
        { signInRevoker: revoker }: Revocation,
      ): CognitoAdminService => createCognitoAdminService({ client, appClient, clock, attributes, revoker }),
    },
    {
      provide: Symbol('mandate:connections'),
      inject: [getCognitoClientToken(pool)],
      useFactory: (client: CognitoClient): OnModuleDestroy => ({
        onModuleDestroy: () => {
          client.destroy();
        },
      }),
    },
  ];
}
