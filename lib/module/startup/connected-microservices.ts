import type { ApplicationConfig, ModulesContainer } from '@nestjs/core';

/** The server of a microservice, as Nest starts it. */
interface ListeningServer {
  listen(callback: (error?: unknown, ...info: unknown[]) => void): unknown;
}

/**
 * Notices which of the microservices that are connected to an application apply its configuration, and its global guards
 * with it (`inheritAppConfig`). Nest tells nobody, but binds the handlers of a microservice as soon as it has announced
 * it, in the same turn, and asks the configuration that the microservice applies for its guards.
 */
export class ConnectedMicroservices {
  #count = 0;
  #inheriting = 0;

  /** @param beforeListening - what it rejects with stops the start of a microservice. */
  constructor(modules: ModulesContainer, config: ApplicationConfig, beforeListening: () => Promise<void>) {
    modules.getRpcTargetRegistry<ListeningServer>().subscribe((server) => {
      this.#count += 1;
      this.#watch(config);
      checkBeforeListening(server, beforeListening);
    });
  }

  /** How many there are. */
  get count(): number {
    return this.#count;
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

/** Nest calls no hook for a microservice that it starts on its own, but passes on the error of its server. */
function checkBeforeListening(server: ListeningServer, check: () => Promise<void>): void {
  const listen = server.listen.bind(server);
  const checked: ListeningServer['listen'] = (callback) => {
    check()
      .then(() => listen(callback))
      .catch(callback);
  };
  Reflect.set(server, 'listen', checked);
}
