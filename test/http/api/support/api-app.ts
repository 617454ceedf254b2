import { Controller, Get, type INestApplication, type ModuleMetadata } from '@nestjs/common';
import { type AbstractHttpAdapter, APP_GUARD } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';

import { CognitoAuthGuard } from '../../../../lib/auth/cognito-auth.guard.js';
import { CurrentUser } from '../../../../lib/auth/decorators/current-user.decorator.js';
import {
  type AuthApiDelivery,
  MandateAuthApiModule,
  type MandateAuthApiModuleExtras,
  type MandateAuthApiModuleOptions,
} from '../../../../lib/http/index.js';
import { LocalCognito } from '../../../../lib/local/local-cognito.js';
import { MandateModule } from '../../../../lib/module/mandate.module.js';
import { signingKeysPem } from '../../../local/signing-keys.js';
import { ApiClient } from './api-client.js';

export const ORIGIN = 'https://app.example.com';
export const SESSION = { secret: 'a secret of more than 32 characters, for tests', origin: ORIGIN };
export const ANN = { username: 'ann', password: 'Correct-Horse-9', attributes: { email: 'ann@example.com' } };
/** A confirmed user. */
export const EVE = { username: 'eve', password: 'Correct-Horse-8', attributes: { email: 'eve@example.com' } };

export type Platform = 'express' | 'fastify';
export type ApiOptions = Partial<MandateAuthApiModuleOptions & MandateAuthApiModuleExtras>;

/** What an API is started with. */
export interface ApiSettings {
  readonly platform?: Platform;
  readonly delivery?: AuthApiDelivery;
  /** Whether the app client has a secret. */
  readonly secret?: boolean;
  readonly api?: ApiOptions;
  readonly pool?: object;
  readonly client?: object;
  readonly module?: object | ((cognito: LocalCognito) => Promise<object>);
  readonly metadata?: ModuleMetadata;
  readonly clock?: () => number;
  readonly configure?: (app: INestApplication) => void;
  /** Instead of the adapter of the platform with its defaults. */
  readonly adapter?: () => AbstractHttpAdapter;
}

@Controller('own')
class OwnController {
  @Get()
  own(@CurrentUser('username') username: string) {
    return { username };
  }
}

/** An application with the auth API on an embedded Cognito, both listening on no port of the application. */
export class ApiApp {
  private constructor(
    readonly app: INestApplication,
    readonly cognito: LocalCognito,
    readonly delivery: AuthApiDelivery,
  ) {}

  static async start(settings: ApiSettings = {}): Promise<ApiApp> {
    const { platform = 'express', delivery = 'cookie', secret = false, clock } = settings;
    const cognito = await LocalCognito.start({
      ...(clock && { clock }),
      pools: [
        {
          name: 'users',
          keys: signingKeysPem(),
          clients: [{ name: 'web', secret, PreventUserExistenceErrors: 'ENABLED', ...settings.client }],
          users: [EVE],
          ...settings.pool,
        },
      ],
    });
    try {
      const module = await Test.createTestingModule({
        ...settings.metadata,
        imports: [
          MandateModule.forRoot({
            ...cognito.pool('users').moduleOptions(),
            ...(clock && { clock }),
            ...(typeof settings.module === 'function' ? await settings.module(cognito) : settings.module),
          }),
          MandateAuthApiModule.forRoot({
            delivery,
            ...(delivery === 'cookie' && { session: SESSION }),
            ...settings.api,
          }),
          ...(settings.metadata?.imports ?? []),
        ],
        controllers: [OwnController, ...(settings.metadata?.controllers ?? [])],
        providers: [{ provide: APP_GUARD, useClass: CognitoAuthGuard }, ...(settings.metadata?.providers ?? [])],
      }).compile();
      const { adapter = platform === 'express' ? () => new ExpressAdapter() : () => new FastifyAdapter() } = settings;
      const app = module.createNestApplication(adapter());
      settings.configure?.(app);
      await app.init();
      if (platform === 'fastify') {
        await (app.getHttpAdapter().getInstance() as { ready(): Promise<unknown> }).ready();
      }
      return new ApiApp(app, cognito, delivery);
    } catch (error) {
      await cognito.stop();
      throw error;
    }
  }

  /** A client without a user. */
  client(): ApiClient {
    return new ApiClient(this.app, this.delivery);
  }

  /** The code that was sent last to an address. */
  code(to: string): string {
    return this.cognito.outbox.latest({ to })?.code ?? '';
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.cognito.stop();
  }
}
