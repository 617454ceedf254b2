import { type DynamicModule, Global, Module, type OnApplicationShutdown } from '@nestjs/common';

import { LocalCognito } from '../local/local-cognito.js';
import type { LocalCognitoOptions } from '../local/options/local-cognito.options.js';

/**
 * An embedded Cognito as a Nest module. It starts before any provider that injects `LocalCognito`, and stops with the
 * application.
 *
 * @example
 * imports: [
 *   MandateTestingModule.forRoot({ users: [{ username: 'ann', password: 'Correct-Horse-9' }] }),
 *   MandateModule.forRootAsync({
 *     inject: [LocalCognito],
 *     useFactory: (cognito: LocalCognito) => cognito.pool().moduleOptions(),
 *   }),
 * ]
 *
 * @publicApi
 */
@Global()
@Module({})
export class MandateTestingModule implements OnApplicationShutdown {
  constructor(private readonly cognito: LocalCognito) {}

  /**
   * Starts an embedded Cognito with the application.
   *
   * @throws MandateArgumentError when the application starts, if the port is in use or an option is invalid.
   */
  static forRoot(options: LocalCognitoOptions = {}): DynamicModule {
    return {
      module: MandateTestingModule,
      providers: [{ provide: LocalCognito, useFactory: () => LocalCognito.start(options) }],
      exports: [LocalCognito],
    };
  }

  /** Stops the embedded Cognito. Called by Nest. */
  async onApplicationShutdown(): Promise<void> {
    await this.cognito.stop();
  }
}
