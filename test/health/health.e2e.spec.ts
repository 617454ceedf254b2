import type { RequestListener } from 'node:http';

import { Controller, Get, type INestApplication } from '@nestjs/common';
import { HealthCheck, type HealthCheckResult, HealthCheckService, TerminusModule } from '@nestjs/terminus';
import request from 'supertest';

import { CognitoHealthIndicator, MandateHealthModule } from '../../lib/health/index.js';
import { MandateModule } from '../../lib/module/mandate.module.js';
import type { MandateModuleExtras } from '../../lib/module/mandate.module.js';
import type { MandateModuleOptions } from '../../lib/module/options.js';
import { LocalCognito } from '../../lib/local/local-cognito.js';
import { DoorController, PLATFORMS, startApp } from '../e2e/support/http-apps.js';
import { poolOptions } from '../e2e/support/door.js';
import { signingKeysPem } from '../local/signing-keys.js';
import { JwksServer } from '../tokens/support/jwks-server.js';
import { accessToken, jwks, TestClock } from '../tokens/support/test-issuer.js';

const HOUR = 3_600_000;

@Controller('health')
class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly cognito: CognitoHealthIndicator,
  ) {}

  @Get('keys')
  @HealthCheck()
  keys(): Promise<HealthCheckResult> {
    return this.health.check([() => this.cognito.keys('keys', { maxAge: HOUR })]);
  }

  @Get('service')
  @HealthCheck()
  service(): Promise<HealthCheckResult> {
    return this.health.check([async () => this.cognito.service('cognito', { timeout: 2_000 })]);
  }

  @Get('staff')
  @HealthCheck()
  staff(): Promise<HealthCheckResult> {
    return this.health.check([
      () => this.cognito.keys('staff-keys', { pool: 'staff' }),
      async () => this.cognito.service('staff', { pool: 'staff', timeout: 50 }),
    ]);
  }
}

const withModule = { imports: [MandateHealthModule], controllers: [HealthController] };
const asProvider = {
  imports: [TerminusModule.forRoot({ logger: false })],
  providers: [CognitoHealthIndicator],
  controllers: [HealthController],
};

describe.each(PLATFORMS)('the health of the signing keys on %s', (platform) => {
  let server: JwksServer;
  let app: INestApplication;
  const clock = new TestClock();

  beforeAll(async () => {
    server = await JwksServer.start(jwks());
    const options = { ...poolOptions, jwks: undefined, jwksUri: server.uri, clock: clock.read };
    app = await startApp(platform, {
      imports: [MandateModule.forRoot(options), ...asProvider.imports],
      providers: asProvider.providers,
      controllers: [HealthController, DoorController],
    });
  });
  afterAll(async () => {
    await app.close();
    await server.stop();
  });

  const health = () => request(app.getHttpServer()).get('/health/keys');
  const call = () =>
    request(app.getHttpServer())
      .get('/me')
      .set('Authorization', `Bearer ${accessToken({ exp: clock.read() / 1000 + 60 })}`);
  const untilKeysAreAsked = async (count: number) => {
    while (server.requests < count) {
      await new Promise(setImmediate);
    }
    await call();
  };

  it('follows the keys from the first token through an outage and out of it', async () => {
    expect((await health().expect(200)).body.details).toEqual({ keys: { status: 'up', keys: 0 } });
    expect(server.requests).toBe(0);

    await call().expect(200);
    clock.advance(60_000);
    expect((await health().expect(200)).body.details).toEqual({ keys: { status: 'up', keys: 2, age: 60_000 } });

    server.answer((_request, response) => response.writeHead(500).end());
    clock.advance(HOUR - 60_000);
    await call().expect(200);
    await untilKeysAreAsked(2);
    expect((await health().expect(200)).body.details.keys).toEqual({ status: 'up', keys: 2, age: HOUR, outage: 0 });
    clock.advance(1_000);
    expect((await health().expect(503)).body.error.keys).toEqual({
      status: 'down',
      keys: 2,
      age: HOUR + 1_000,
      outage: 1_000,
    });

    const asked = server.requests;
    await health().expect(503);
    expect(server.requests).toBe(asked);

    server.serve(jwks());
    clock.advance(60_000);
    await call().expect(200);
    await untilKeysAreAsked(asked + 1);
    expect((await health().expect(200)).body.details).toEqual({ keys: { status: 'up', keys: 2, age: 0 } });
  });

  it('is down while no key can be had', async () => {
    server.answer((_request, response) => response.writeHead(500).end());
    clock.advance(48 * HOUR);
    await call().expect(503);
    expect((await health().expect(503)).body.error.keys).toEqual({ status: 'down', keys: 0, outage: 0 });
  });
});

describe('the health of Cognito', () => {
  const running: (() => Promise<unknown>)[] = [];
  const start = async (options: MandateModuleOptions & MandateModuleExtras): Promise<INestApplication> => {
    const app = await startApp('express', {
      ...withModule,
      imports: [...withModule.imports, MandateModule.forRoot(options)],
    });
    running.push(() => app.close());
    return app;
  };
  const serve = async (listener: RequestListener): Promise<JwksServer> => {
    const server = await JwksServer.start({});
    server.answer(listener);
    running.push(() => server.stop());
    return server;
  };
  afterEach(async () => {
    await Promise.all(running.splice(0).map(async (stop) => stop()));
  });

  it('is up while Cognito answers, and down from the moment it does not', async () => {
    const cognito = await LocalCognito.start({
      pools: [{ name: 'p', keys: signingKeysPem(), clients: [{ name: 'c' }] }],
    });
    const app = await start({ ...cognito.pool().moduleOptions(), retry: { maxAttempts: 1 } });
    const health = () => request(app.getHttpServer()).get('/health/service');

    expect((await health().expect(200)).body.details).toEqual({ cognito: { status: 'up' } });
    await cognito.stop();
    const { error } = (await health().expect(503)).body;
    expect(error.cognito).toMatchObject({ status: 'down', message: expect.stringMatching(/GetUser/) });
  });

  it('is asked of the pool that is named, and never waits longer than it was told', async () => {
    const silent = await serve(() => undefined);
    const app = await start({
      ...poolOptions,
      name: 'staff',
      endpoint: new URL(silent.uri).origin,
      callTimeout: 500,
    });
    const health = () => request(app.getHttpServer()).get('/health/staff');

    const answers = await Promise.all(Array.from({ length: 5 }, async () => health().expect(503)));
    for (const { body } of answers) {
      expect(body.details['staff-keys']).toEqual({ status: 'up', keys: 2 });
      expect(body.error).toEqual({ staff: { status: 'down', message: 'Cognito did not answer within 50 ms.' } });
    }
    expect(silent.requests).toBeLessThanOrEqual(1);
  });

  it('calls it ill when it answers that it is', async () => {
    const ill = await serve((_request, response) => {
      response.writeHead(500, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify({ __type: 'InternalErrorException', message: 'Something went wrong' }));
    });
    const app = await start({ ...poolOptions, endpoint: new URL(ill.uri).origin, retry: { maxAttempts: 1 } });
    const { body } = await request(app.getHttpServer()).get('/health/service').expect(503);
    expect(body.error.cognito).toEqual({ status: 'down', message: 'Something went wrong' });
  });

  it('says which pool does not exist', async () => {
    const app = await start(poolOptions);
    const indicator = app.get(CognitoHealthIndicator);
    expect(() => indicator.keys('x', { pool: 'staff' })).toThrow('not "staff"');
    await expect(indicator.service('x', { pool: 'staff' })).rejects.toMatchObject({ code: 'CONFIGURATION_INVALID' });
  });
});
