import type { ApplicationConfig, ModulesContainer } from '@nestjs/core';

/**
 * Notices which of the microservices that are connected to an application apply its configuration, and its global guards
 * with it (`inheritAppConfig`). Nest tells nobody, but binds the handlers of a microservice as soon as it has announced
 * it, in the same turn, and asks the configuration that the microservice applies for its guards.
 */
export class ConnectedMicroservices {
  #count = 0;
  #inheriting = 0;

  constructor(modules: ModulesContainer, config: ApplicationConfig) {
    modules.getRpcTargetRegistry().subscribe(() => {
      this.#count += 1;
      this.#watch(config);
    });
  }

  /** Whether there is any, connected or the application itself. */
  get exist(): boolean {
    return this.#count > 0;
  }

  /** Whether all of them apply the configuration of the application. */
  get inheritConfig(): boolean {
    return this.#inheriting === this.#count;
  }

  #watch(config: ApplicationConfig): void {
    if (Object.hasOwn(config, 'getGlobalGuards')) {
      return;
    }
    const original = config.getGlobalGuards.bind(config);
    const stop = () => Reflect.deleteProperty(config, 'getGlobalGuards');
    config.getGlobalGuards = () => {
      this.#inheriting += 1;
      stop();
      return original();
    };
    queueMicrotask(stop);
  }
}
