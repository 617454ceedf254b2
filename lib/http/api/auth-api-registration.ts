import type { InjectionToken, OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import type { ModuleRef } from '@nestjs/core';

import type { UserPools } from '../../auth/pools/user-pools.js';
import { MandateConfigurationError } from '../../errors/configuration-error.js';
import { getCognitoToken } from '../../module/injection-tokens.js';
import type { CognitoService } from '../../user/cognito.service.js';
import type { BrowserSessionService } from '../session/browser-session.service.js';
import { getBrowserSessionsToken } from '../session/injection-tokens.js';
import { AuthApiResponses } from './auth-api-responses.js';
import { AUTH_API_ROUTE_NAMES, type AuthApiRoute } from './auth-api-routes.js';
import { assertRoutesAreFree } from './assert-routes-are-free.js';
import type { AuthApi, AuthApiParts } from './auth-api.js';
import type { ConnectedContext } from './connected-context.js';
import { BodyDelivery } from './delivery/body-delivery.js';
import { CookieDelivery } from './delivery/cookie-delivery.js';
import type { TokenDelivery } from './delivery/token-delivery.js';
import { DEFAULT_HANDLERS } from './handlers/default-handlers.js';
import { AUTH_API_CONTEXT, AUTH_API_OPTIONS } from './internal-tokens.js';
import { loadForAuthApi } from './load-for-auth-api.js';
import type { ResolvedAuthApiOptions } from './resolve-auth-api-options.js';
import { AuthApiThrottle } from './throttle/auth-api-throttle.js';
import { AvailableStorage } from './throttle/available-storage.js';

/** Dependencies of `AuthApiRegistration`. */
export interface AuthApiRegistrationDependencies {
  /** The name of the pool; undefined for the one without a name. */
  readonly pool: string | undefined;
  readonly prefix: string;
  /** The path of each route that exists. */
  readonly routes: ReadonlyMap<AuthApiRoute, string>;
  readonly api: AuthApi;
  readonly pools: UserPools;
  /** Of the module of the registration. */
  readonly modules: ModuleRef;
}

/**
 * Connects the API with its pool and its sessions once all modules exist: none needs to come after another. It looks its parts
 * up, for Nest would not start one that depends on request-scoped providers.
 */
export class AuthApiRegistration implements OnApplicationBootstrap, OnModuleDestroy {
  #stop: (() => void) | undefined;

  constructor(private readonly dependencies: AuthApiRegistrationDependencies) {}

  /**
   * @throws MandateConfigurationError without the pool, without sessions that another module is to bring, for request-scoped
   *   handlers, and for routes that MandateOAuthModule has too.
   */
  async onApplicationBootstrap(): Promise<void> {
    const { pool, prefix, routes, api, pools, modules } = this.dependencies;
    pools.get(pool);
    assertRoutesAreFree(prefix, routes, modules);
    const options = singleton(modules, AUTH_API_OPTIONS, 'useFactory') as ResolvedAuthApiOptions;
    singleton(modules, AuthApiResponses, 'responses');
    const context = singleton(modules, AUTH_API_CONTEXT, 'responses') as ConnectedContext;
    const handlers = Object.fromEntries(
      AUTH_API_ROUTE_NAMES.map((route) => [route, singleton(modules, DEFAULT_HANDLERS[route], `handlers.${route}`)]),
    ) as unknown as AuthApiParts['handlers'];
    const cognito = modules.get<CognitoService>(getCognitoToken(pool), { strict: false });
    const delivery = this.#delivery(cognito, options, context.responses);
    context.connect({ cognito, delivery });
    const { beforeAttempt } = options;
    api.connect({ delivery, throttle: await this.#throttle(options), beforeAttempt, handlers });
  }

  onModuleDestroy(): void {
    this.#stop?.();
  }

  #delivery(cognito: CognitoService, options: ResolvedAuthApiOptions, responses: AuthApiResponses): TokenDelivery {
    const { pools, pool } = this.dependencies;
    return options.delivery === 'body'
      ? new BodyDelivery(cognito, responses)
      : new CookieDelivery({ sessions: this.#sessions(), responses, verifier: pools.get(pool).verifier });
  }

  #sessions(): BrowserSessionService {
    const { modules, pool, pools } = this.dependencies;
    try {
      return modules.get<BrowserSessionService>(getBrowserSessionsToken(pool), { strict: false });
    } catch (error) {
      throw new MandateConfigurationError(
        'sharedSession',
        `is set, but no module brings sessions for the pool "${pools.get(pool).name}". Import MandateOAuthModule or MandateSessionModule with its name, or set "session" instead`,
        { cause: error },
      );
    }
  }

  async #throttle(options: ResolvedAuthApiOptions): Promise<AuthApiThrottle | undefined> {
    const { pools, pool } = this.dependencies;
    if (options.throttle === null) {
      return undefined;
    }
    const { storage: shared, ...limits } = options.throttle;
    const { createMemoryStorage } = await loadForAuthApi(
      async () => import('./throttle/memory-storage.js'),
      '@nestjs/throttler',
      'To go without limits set the option "throttle" to null.',
    );
    const memory = createMemoryStorage();
    this.#stop = () => {
      memory.stop();
    };
    const storage = shared === undefined ? memory : new AvailableStorage({ shared, memory });
    return new AuthApiThrottle({ pool: pools.get(pool).name, options: limits, storage });
  }
}

/** A part of the registration, of which there is one for all requests. */
function singleton(modules: ModuleRef, token: InjectionToken, option: string): unknown {
  try {
    return modules.get<unknown>(token);
  } catch (error) {
    if (error instanceof Error && error.constructor.name === 'InvalidClassScopeException') {
      throw new MandateConfigurationError(
        option,
        'must not be request-scoped, nor inject a provider that is: handlers receive the request with each call',
        { cause: error },
      );
    }
    throw error;
  }
}
