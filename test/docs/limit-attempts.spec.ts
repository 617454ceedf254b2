import { type INestApplication, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { MandateModule } from 'mandate';
import { MandateAuthApiModule } from 'mandate/http';
import { LocalCognito } from 'mandate/testing';
import request from 'supertest';

import { signingKeysPem } from '../local/signing-keys.js';

@Module({})
class AppModule {}

/** The code of docs/how-to/limit-attempts.md. */
describe('docs/how-to/limit-attempts.md', () => {
  let local: LocalCognito;
  let app: INestApplication | undefined;

  beforeAll(async () => {
    local = await LocalCognito.start({
      pools: [
        { name: 'users', keys: signingKeysPem(), clients: [{ name: 'web', PreventUserExistenceErrors: 'ENABLED' }] },
      ],
    });
  });

  afterEach(() => app?.close());
  afterAll(() => local.stop());

  const MINUTE = 60_000;
  const appModule = () => ({
    module: AppModule,
    imports: [
      MandateModule.forRoot(local.pool('users').moduleOptions()),
      // #region limits
      MandateAuthApiModule.forRoot({
        delivery: 'body',
        throttle: {
          limits: {
            register: { address: { limit: 3, ttl: 10 * MINUTE } }, // milliseconds; the limit for a user stays
            authenticate: { user: { limit: 5, ttl: MINUTE } },
            confirm: null, // no limit at all
          },
        },
      }),
      // #endregion
    ],
  });

  /** Signs up from an address, as a proxy reports it. */
  const register = async (client: string, username: string) =>
    request(app?.getHttpServer())
      .post('/auth/register')
      .set('x-forwarded-for', client)
      .send({ username, password: 'Correct-Horse-9', attributes: { email: `${username}@example.com` } });

  const statuses = async (clients: readonly string[]) => {
    const answers = [];
    for (const [index, client] of clients.entries()) {
      answers.push(await register(client, `user${String(index)}`));
    }
    return answers.map(({ status }) => status);
  };
  const four = (client: string) => [client, client, client, client];

  it('counts clients behind one proxy of Express', async () => {
    const module = appModule();
    // #region express
    app = await NestFactory.create<NestExpressApplication>(module, { logger: ['error', 'warn'] });
    (app as NestExpressApplication).set('trust proxy', 1); // one proxy stands in front
    // #endregion
    await app.init();
    expect(await statuses(four('192.0.2.1'))).toEqual([201, 201, 201, 429]);
    expect((await register('192.0.2.2', 'other')).status).toBe(201);
    // What a client claims stands before what the proxy adds.
    expect((await register('192.0.2.9, 192.0.2.1', 'liar')).status).toBe(429);
  });

  it('counts clients behind proxies of Fastify', async () => {
    const module = appModule();
    // #region fastify
    const adapter = new FastifyAdapter({ trustProxy: ['127.0.0.1', '10.0.0.0/16'] }); // the addresses of the proxies
    app = await NestFactory.create<NestFastifyApplication>(module, adapter, { logger: ['error', 'warn'] });
    // #endregion
    await app.init();
    await (app.getHttpAdapter().getInstance() as { ready(): Promise<unknown> }).ready();
    expect(await statuses(four('192.0.2.1'))).toEqual([201, 201, 201, 429]);
    expect((await register('192.0.2.2', 'another')).status).toBe(201);
  });

  it('tells when to come back', async () => {
    app = await NestFactory.create(appModule(), { logger: ['error', 'warn'] });
    await app.init();
    await statuses(four('192.0.2.1').slice(1));
    const refused = await register('192.0.2.1', 'late');
    expect(refused.body).toMatchObject({ code: 'REQUESTS_THROTTLED' });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(590);
  });
});
