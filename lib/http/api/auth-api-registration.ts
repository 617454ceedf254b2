import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import type { ModuleRef } from '@nestjs/core';

import type { UserPools } from '../../auth/pools/user-pools.js';
import { MandateConfigurationError } from '../../errors/configuration-error.js';
import { getCognitoToken } from '../../module/injection-tokens.js';
import type { CognitoService } from '../../user/cognito.service.js';
import type { BrowserSessionService } from '../session/browser-session.service.js';
import { getBrowserSessionsToken } from '../session/injection-tokens.js';
import type { AuthApi, AuthApiParts } from './auth-api.js';
import type { ConnectedContext } from './connected-context.js';
import { BodyDelivery } from './delivery/body-delivery.js';
import { CookieDelivery } from './delivery/cookie-delivery.js';
import type { TokenDelivery } from './delivery/token-delivery.js';
import { loadOptional } from './load-optional.js';
import type { ResolvedAuthApiOptions } from './resolve-auth-api-options.js';
import { AuthApiThrottle } from './throttle/auth-api-throttle.js';
import { AvailableStorage } from './throttle/available-storage.js';

/** Dependencies of `AuthApiRegistration`. */
export interface AuthApiRegistrationDependencies {
  /** The name of the pool; undefined for the one without a name. */
  readonly pool: string | undefined;
  readonly options: ResolvedAuthApiOptions;
  readonly api: AuthApi;
  readonly context: ConnectedContext;
  readonly pools: UserPools;
  readonly modules: ModuleRef;
  readonly handlers: AuthApiParts['handlers'];
}

/** Connects the API with its pool and its sessions once all modules exist: none needs to come after another. */
export class AuthApiRegistration implements OnApplicationBootstrap, OnModuleDestroy {
  #stop: (() => void) | undefined;

  constructor(private readonly dependencies: AuthApiRegistrationDependencies) {}

  /** @throws MandateConfigurationError without the pool, or without sessions that another module is to bring. */
  async onApplicationBootstrap(): Promise<void> {
    const { pool, api, context, pools, modules, handlers, options } = this.dependencies;
    pools.get(pool);
    const cognito = modules.get<CognitoService>(getCognitoToken(pool), { strict: false });
    const delivery = this.#delivery(cognito);
    context.connect({ cognito, delivery });
    const { beforeAttempt } = options;
    api.connect({ delivery, throttle: await this.#throttle(), beforeAttempt, handlers });
  }

  onModuleDestroy(): void {
    this.#stop?.();
  }

  #delivery(cognito: CognitoService): TokenDelivery {
    const { options, context, pools, pool } = this.dependencies;
    const { responses } = context;
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

  async #throttle(): Promise<AuthApiThrottle | undefined> {
    const { options, pools, pool } = this.dependencies;
    if (options.throttle === null) {
      return undefined;
    }
    const { storage: shared, ...limits } = options.throttle;
    const { createMemoryStorage } = await loadOptional(
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
