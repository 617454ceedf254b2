import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { ApplicationConfig, HttpAdapterHost, ModulesContainer } from '@nestjs/core';

import { UserPools } from '../../auth/pools/user-pools.js';
import { ConnectedMicroservices } from './connected-microservices.js';
import type { GuardCoverage } from './coverage-faults.js';

/** Default of the option `guardCoverage`. */
export const DEFAULT_GUARD_COVERAGE = 'required' satisfies GuardCoverage;

/**
 * Stops the start of an application whose decorators or registrations are at fault, once for all registrations. Nest
 * calls it before it listens, and after `useGlobalGuards()`.
 */
@Injectable()
export class StartUpCheck implements OnModuleInit {
  readonly #microservices: ConnectedMicroservices;
  #guardCoverage: GuardCoverage = DEFAULT_GUARD_COVERAGE;

  constructor(
    @Inject(ModulesContainer) private readonly modules: ModulesContainer,
    @Inject(ApplicationConfig) private readonly config: ApplicationConfig,
    @Inject(HttpAdapterHost) private readonly http: HttpAdapterHost,
    @Inject(UserPools) private readonly pools: UserPools,
  ) {
    this.#microservices = new ConnectedMicroservices(modules, config);
  }

  /** Turns the check of guards off for the application: guards belong to no single registration. */
  apply(guardCoverage: GuardCoverage): void {
    if (guardCoverage === 'unchecked') {
      this.#guardCoverage = guardCoverage;
    }
  }

  /** @throws MandateConfigurationError naming all faults. */
  async onModuleInit(): Promise<void> {
    const { checkApplication } = await import('./check-application.js');
    const servesHttp = ((this.http.httpAdapter as unknown) ?? undefined) !== undefined;
    checkApplication({
      modules: [...this.modules.values()],
      config: this.config,
      pools: this.pools,
      guardCoverage: this.#guardCoverage,
      guardsMessages: !servesHttp || this.#microservices.inheritConfig,
      isServed: servesHttp || this.#microservices.exist,
    });
  }
}
