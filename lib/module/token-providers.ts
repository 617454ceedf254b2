import type { OnApplicationBootstrap, OnApplicationShutdown, Provider } from '@nestjs/common';

import { CognitoJwtStrategy, cognitoStrategy, strategyName } from '../auth/cognito-jwt.strategy.js';
import { TokenEventLog } from '../auth/token-event-log.js';
import {
  type AuthPool,
  DEFAULT_POOL,
  type RegisteredPool,
  USER_POOLS,
  type UserPools,
} from '../auth/pools/user-pools.js';
import { isAccessTokenAccepted } from '../client/access-token-status.js';
import type { CognitoClient } from '../client/cognito-client.js';
import { OVERRIDES, type Overrides } from './overrides.js';
import { resolveTenant, type ResolvedMandateOptions } from './resolve-options.js';
import { createRevocation, type Revocation } from '../tokens/revocation/create-revocation.js';
import { createTenants, type Tenants, type TenantSet, tenantsOf } from '../tokens/tenants/tenants.js';
import {
  getCognitoClientToken,
  getTokenRevokerToken,
  getTenantsToken,
  getTokenVerifierToken,
  GUARD_VERIFIER,
  REGISTERED_POOL,
  RESOLVED_OPTIONS,
  REVOCATION,
  TENANTS,
  TOKEN_OBSERVER,
} from './injection-tokens.js';
import { createPoolVerifier } from '../tokens/pool-verifier.js';
import type { TokenRevoker } from '../tokens/revocation/token-revoker.js';
import type { TokenObserver } from '../tokens/token-events.js';
import type { TokenVerifier } from '../tokens/token-verifier.js';
import type { Verifier } from '../tokens/verifier.js';

/** Providers that record and check revocations. */
export function revocationProviders(pool: string | undefined): Provider[] {
  return [
    {
      provide: REVOCATION,
      inject: [RESOLVED_OPTIONS, getCognitoClientToken(pool), TOKEN_OBSERVER],
      useFactory: (options: ResolvedMandateOptions, client: CognitoClient, observer: TokenObserver) =>
        createRevocation({
          ...options,
          pool: pool ?? DEFAULT_POOL,
          observer,
          isAccepted: async (accessToken) => isAccessTokenAccepted(client, accessToken),
        }),
    },
    {
      provide: getTokenRevokerToken(pool),
      inject: [REVOCATION],
      useFactory: ({ revoker }: Revocation): TokenRevoker => revoker,
    },
  ];
}

/** Providers that verify tokens, for the guard, passport and the application. */
export function tokenProviders(pool: string | undefined): Provider[] {
  const Strategy = isDefault(pool) ? CognitoJwtStrategy : cognitoStrategy(strategyName(pool));
  return [
    { provide: TOKEN_OBSERVER, inject: [RESOLVED_OPTIONS], useFactory: createObserver },
    ...verifierProviders(pool),
    {
      provide: REGISTERED_POOL,
      inject: [USER_POOLS, GUARD_VERIFIER, RESOLVED_OPTIONS, TOKEN_OBSERVER, OVERRIDES],
      useFactory: (
        pools: UserPools,
        verifier: Verifier,
        options: ResolvedMandateOptions,
        observer: TokenObserver,
        overrides: Overrides,
      ): RegisteredPool => {
        const { extractors, clock, clockToleranceSeconds, realm, endConnectionsAtExpiry, loadUser } = options;
        const own: AuthPool = {
          verifier,
          extractors,
          clock,
          clockToleranceSeconds,
          realm,
          endConnectionsAtExpiry,
          loadUser,
          observer,
        };
        return pools.register(pool, overrides.pool?.(own, pool ?? DEFAULT_POOL, options) ?? own);
      },
    },
    {
      provide: Strategy,
      inject: [REGISTERED_POOL],
      useFactory: (registered: RegisteredPool) => new Strategy(registered),
    },
  ];
}

function verifierProviders(pool: string | undefined): Provider[] {
  const name = pool ?? DEFAULT_POOL;
  return [
    {
      provide: getTokenVerifierToken(pool),
      inject: [RESOLVED_OPTIONS, REVOCATION, TOKEN_OBSERVER, OVERRIDES],
      useFactory: (
        options: ResolvedMandateOptions,
        { check: revocation }: Revocation,
        observer: TokenObserver,
        overrides: Overrides,
      ): TokenVerifier => {
        const own = createPoolVerifier({
          ...options,
          revocation,
          onRevocationUnavailable: options.revocation?.onUnavailable,
          name,
          onTokenEvent: observer,
        });
        return overrides.verifier?.(own, name, options) ?? own;
      },
    },
    {
      provide: Symbol('mandate:key-preload'),
      inject: [RESOLVED_OPTIONS, getTokenVerifierToken(pool)],
      useFactory: ({ jwksPreload }: ResolvedMandateOptions, verifier: TokenVerifier): OnApplicationBootstrap => ({
        onApplicationBootstrap: () => {
          if (jwksPreload) {
            void verifier.preload();
          }
        },
      }),
    },
    {
      provide: TENANTS,
      inject: [getTokenVerifierToken(pool), RESOLVED_OPTIONS, REVOCATION, TOKEN_OBSERVER],
      useFactory: (
        own: TokenVerifier,
        { tenants, ...options }: ResolvedMandateOptions,
        revocation: Revocation,
        observer: TokenObserver,
      ): TenantSet | undefined =>
        tenants &&
        createTenants({
          tenants,
          resolve: (tenant) => resolveTenant(tenant, options),
          pool: name,
          own,
          revocation,
          cacheSize: options.tokenCacheSize,
          clock: options.clock,
          observer,
        }),
    },
    {
      provide: Symbol('mandate:verifier-closing'),
      inject: [getTokenVerifierToken(pool), TENANTS],
      // After the server has answered the requests that it had accepted: they may still need keys.
      useFactory: (own: TokenVerifier, tenants: TenantSet | undefined): OnApplicationShutdown => ({
        onApplicationShutdown: () => {
          own.close();
          tenants?.verifier.close();
        },
      }),
    },
    {
      provide: getTenantsToken(pool),
      inject: [TENANTS],
      useFactory: (set: TenantSet | undefined): Tenants => tenantsOf(set),
    },
    {
      provide: GUARD_VERIFIER,
      inject: [getTokenVerifierToken(pool), TENANTS],
      useFactory: (own: TokenVerifier, tenants: TenantSet | undefined): Verifier => tenants?.verifier ?? own,
    },
  ];
}

/** The log comes first, because an observer of the application may throw. */
function createObserver({ clock, onTokenEvent }: ResolvedMandateOptions): TokenObserver {
  const { observe } = new TokenEventLog({ clock });
  if (onTokenEvent === undefined) {
    return observe;
  }
  return (event) => {
    observe(event);
    return onTokenEvent(event);
  };
}

/** Whether a registration is the one without a name. */
export function isDefault(pool: string | undefined): boolean {
  return pool === undefined || pool === DEFAULT_POOL;
}
