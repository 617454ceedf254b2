import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CognitoAdminService, CognitoService, MandateModule, type MandateModuleOptions } from 'mandate';
import { LocalCognito, type LocalCognitoOptions, type LocalPoolOptions } from 'mandate/testing';

import { signingKeysPem } from '../../local/signing-keys.js';

/** The services of an application, on a pool of an embedded Cognito of its own. */
export class Services {
  private constructor(
    readonly local: LocalCognito,
    private readonly app: INestApplicationContext,
  ) {}

  static async start(
    pool: Omit<LocalPoolOptions, 'name'>,
    options: Partial<MandateModuleOptions> = {},
    settings: Pick<LocalCognitoOptions, 'clock'> = {},
  ): Promise<Services> {
    const local = await LocalCognito.start({
      ...settings,
      pools: [{ name: 'users', keys: signingKeysPem(), ...pool }],
    });
    const module = MandateModule.forRoot({ ...local.pool().moduleOptions(), ...options });
    return new Services(local, await NestFactory.createApplicationContext(module, { logger: ['error'] }));
  }

  get cognito(): CognitoService {
    return this.app.get(CognitoService);
  }

  get admin(): CognitoAdminService {
    return this.app.get(CognitoAdminService);
  }

  /** The code that was sent last to an address. */
  code(to: string): string {
    return this.local.outbox.latest({ to })?.code ?? '';
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.local.stop();
  }
}
