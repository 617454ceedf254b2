import { inspect } from 'node:util';

import type { INestApplication, LoggerService } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';

import { CognitoAuthGuard } from '../../../../lib/auth/cognito-auth.guard.js';
import { CognitoExceptionFilter } from '../../../../lib/auth/cognito-exception.filter.js';
import { type AuthApiDelivery, MandateAuthApiModule } from '../../../../lib/http/index.js';
import { MandateModule } from '../../../../lib/module/mandate.module.js';
import { PASSWORD, type Person, World } from '../../../user/world.js';
import type { Platform } from './api-app.js';
import { SESSION } from './api-app.js';
import { ApiClient } from './api-client.js';
import { type ApiPool, apiPools } from './api-pools.js';
import { Journal } from './journal.js';

/** A line of the table: a platform, a delivery, and whether the app clients have a secret. */
export interface Combination {
  readonly platform: Platform;
  readonly delivery: AuthApiDelivery;
  readonly secret: boolean;
}

/** All lines for a platform. */
export function combinationsOf(platform: Platform): Combination[] {
  return (['cookie', 'body'] as const).flatMap((delivery) =>
    [false, true].map((secret) => ({ platform, delivery, secret })),
  );
}

/** One application with the auth APIs of many pools, on one embedded Cognito. */
export class ApiWorld {
  readonly journal = new Journal();

  private constructor(
    /** All lines that Nest and this package have logged. */
    readonly log: readonly string[],
    readonly app: INestApplication,
    readonly world: World,
    readonly combination: Combination,
  ) {}

  static async start(combination: Combination, pools: readonly ApiPool[] = apiPools()): Promise<ApiWorld> {
    const { platform, secret } = combination;
    const world = await World.start(
      pools.map(({ pool, client }) => ({
        ...pool,
        clients: [{ name: 'web', secret, PreventUserExistenceErrors: 'ENABLED', ...client }, { name: 'other' }],
      })),
    );
    const log: string[] = [];
    try {
      const module = await Test.createTestingModule({
        imports: pools.flatMap((pool) => modulesOf(pool, world, combination)),
        providers: [
          { provide: APP_GUARD, useClass: CognitoAuthGuard },
          { provide: APP_FILTER, useClass: CognitoExceptionFilter },
        ],
      })
        .setLogger(loggerInto(log))
        .compile();
      const app =
        platform === 'express'
          ? module.createNestApplication(new ExpressAdapter())
          : module.createNestApplication(new FastifyAdapter());
      await app.init();
      if (platform === 'fastify') {
        await (app.getHttpAdapter().getInstance() as { ready(): Promise<unknown> }).ready();
      }
      return new ApiWorld(log, app, world, combination);
    } catch (error) {
      await world.stop();
      throw error;
    }
  }

  get delivery(): AuthApiDelivery {
    return this.combination.delivery;
  }

  get isCookie(): boolean {
    return this.delivery === 'cookie';
  }

  /** A client of the API of a pool, without a user. */
  client(pool: string): ApiClient {
    return new ApiClient(this.app, this.delivery, `/auth/${pool}`, this.journal.note);
  }

  /** A new user with a verified e-mail address and phone number, and a client that is not signed in. */
  somebody(pool: string, attributes: Readonly<Record<string, string>> = {}): { person: Person; client: ApiClient } {
    const person = this.world.resident(pool, ({ phone }) => ({ phone_number: phone, ...attributes }));
    return { person, client: this.client(pool) };
  }

  /** The same, signed in with the password. */
  async signedIn(pool: string): Promise<{ person: Person; client: ApiClient }> {
    const { person, client } = this.somebody(pool);
    await client.signIn({ username: person.login, password: PASSWORD });
    return { person, client };
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.world.stop();
  }
}

function modulesOf({ pool: { name }, api }: ApiPool, { cognito, clock }: World, { delivery }: Combination) {
  return [
    MandateModule.forRoot({ name, ...cognito.pool(name).moduleOptions({ client: 'web' }), clock }),
    MandateAuthApiModule.forRoot({
      name,
      delivery,
      throttle: null,
      ...(delivery === 'cookie' && { session: SESSION }),
      ...api,
    }),
  ];
}

function loggerInto(log: string[]): LoggerService {
  const note = (...parts: unknown[]): void => {
    log.push(parts.map((part) => (part instanceof Error ? (part.stack ?? '') : inspect(part))).join(' '));
  };
  return { log: () => undefined, warn: note, error: note, fatal: note };
}
