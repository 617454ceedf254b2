import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { ApplicationConfig, HttpAdapterHost, ModulesContainer } from '@nestjs/core';

import { DEFAULT_POOL, UserPools } from '../../auth/pools/user-pools.js';
import type { CheckedApplication } from './check-application.js';
import { ConnectedMicroservices } from './connected-microservices.js';
import { DEFAULT_GUARD_COVERAGE, type GuardCoverage } from './guard-coverage.js';
import type { ResolvedMandateOptions } from '../resolve-options.js';
import type { VerifiedRegistration } from './verify-set-up.js';

/**
 * Stops the start of an application whose decorators or registrations are at fault, once for all registrations. Nest
 * calls it before it listens, and after `useGlobalGuards()`.
 */
@Injectable()
export class StartUpCheck implements OnModuleInit {
  readonly #microservices: ConnectedMicroservices;
  readonly #registrations: VerifiedRegistration[] = [];
  readonly #tokenUses = new Map<string, ResolvedMandateOptions['tokenUse']>();
  readonly #logger = new Logger('MandateModule');
  #guardCoverage: GuardCoverage = DEFAULT_GUARD_COVERAGE;
  /** How many microservices were connected at the last check. */
  #checkedMicroservices = 0;

  constructor(
    @Inject(ModulesContainer) private readonly modules: ModulesContainer,
    @Inject(ApplicationConfig) private readonly config: ApplicationConfig,
    @Inject(HttpAdapterHost) private readonly http: HttpAdapterHost,
    @Inject(UserPools) private readonly pools: UserPools,
  ) {
    this.#microservices = new ConnectedMicroservices(modules, config, () => this.#checkNewMicroservices());
  }

  /** Adds a registration. Its `guardCoverage` counts for the application, because guards belong to no single one. */
  register(registration: VerifiedRegistration): void {
    if (registration.options.guardCoverage === 'unchecked') {
      this.#guardCoverage = 'unchecked';
    }
    this.#tokenUses.set(registration.pool, registration.options.tokenUse);
    if (registration.options.verifySetup) {
      this.#registrations.push(registration);
    }
  }

  /** @throws MandateConfigurationError naming all faults. */
  async onModuleInit(): Promise<void> {
    const { checkApplication } = await import('./check-application.js');
    const remark = checkApplication(this.#application());
    this.#checkedMicroservices = this.#microservices.count;
    if (remark !== undefined) {
      this.#logger.warn(remark);
    }
    await this.#verifySetUps();
  }

  /** A microservice may be connected after the check, or be started without it. */
  async #checkNewMicroservices(): Promise<void> {
    if (this.#checkedMicroservices === this.#microservices.count) {
      return;
    }
    const { checkMessageHandlers } = await import('./check-application.js');
    checkMessageHandlers(this.#application());
    this.#checkedMicroservices = this.#microservices.count;
  }

  #application(): CheckedApplication {
    const servesHttp = ((this.http.httpAdapter as unknown) ?? undefined) !== undefined;
    return {
      modules: [...this.modules.values()],
      config: this.config,
      pools: this.pools,
      tokenUses: (pool) => this.#tokenUseOf(pool),
      guardCoverage: this.#guardCoverage,
      guardsMessages: !servesHttp || this.#microservices.inheritConfig,
      served: { http: servesHttp, messages: this.#microservices.exist },
    };
  }

  #tokenUseOf(pool: string | undefined): ResolvedMandateOptions['tokenUse'] | undefined {
    const [only] = this.#tokenUses.size === 1 ? this.#tokenUses.keys() : [];
    return this.#tokenUses.get(pool ?? only ?? DEFAULT_POOL);
  }

  async #verifySetUps(): Promise<void> {
    // A hybrid application may call the hook more than once.
    const registrations = this.#registrations.splice(0);
    if (registrations.length === 0) {
      return;
    }
    const { verifySetUps } = await import('./verify-set-ups.js');
    await verifySetUps(registrations, this.#logger);
  }
}
