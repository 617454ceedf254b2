import { Controller, Get, type INestApplication } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { HealthCheck, HealthCheckService } from '@nestjs/terminus';
import { CognitoAuthGuard, MandateModule, Public, type TokenEvent } from 'mandate';
import { CognitoHealthIndicator, MandateHealthModule } from 'mandate/health';
import { LocalCognito } from 'mandate/testing';

import { signingKeysPem } from '../local/signing-keys.js';
import { answerOf, caller, startApp } from './support/start-app.js';

// #region controller
@Controller('health')
@Public()
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly cognito: CognitoHealthIndicator,
  ) {}

  /** Whether requests with a token can be answered. Asks nobody. */
  @Get('ready')
  @HealthCheck()
  ready() {
    return this.health.check([() => this.cognito.keys('cognito-keys', { maxAge: 6 * 3_600_000 })]);
  }

  /** Whether Cognito answers: for a dashboard. */
  @Get('cognito')
  @HealthCheck()
  service() {
    return this.health.check([() => this.cognito.service('cognito', { timeout: 2_000 })]);
  }
}
// #endregion

describe('health and events', () => {
  let local: LocalCognito;
  let app: INestApplication;
  const events: TokenEvent[] = [];

  beforeAll(async () => {
    local = await LocalCognito.start({
      pools: [{ name: 'shop', keys: signingKeysPem(), users: [{ username: 'ann', password: 'Correct-Horse-9' }] }],
    });
    const pool = local.pool().moduleOptions();
    const registration = MandateModule.forRoot({
      ...pool,
      retry: { maxAttempts: 1 },
      // #region events
      onTokenEvent: (event) => {
        if (event.type === 'keys-unavailable' || event.type === 'revocation-unavailable') {
          events.push(event); // page somebody
        }
      },
      // #endregion
    });
    app = await startApp({
      imports: [registration, MandateHealthModule],
      controllers: [HealthController],
      providers: [{ provide: APP_GUARD, useClass: CognitoAuthGuard }],
    });
  });

  afterAll(() => app.close());

  it('tells how keys and Cognito are', async () => {
    const token = await local.pool().signToken({ username: 'ann' });
    expect((await caller(app, '/health/ready').expect(200)).body.details).toEqual({
      'cognito-keys': { status: 'up', keys: 0 },
    });
    await caller(app, '/health/ready', token).expect(200);
    expect((await caller(app, '/health/ready').expect(200)).body.details['cognito-keys']).toMatchObject({
      status: 'up',
      keys: 2,
      age: expect.any(Number) as number,
    });
    expect((await caller(app, '/health/cognito').expect(200)).body.details).toEqual({ cognito: { status: 'up' } });

    await local.stop();
    expect((await caller(app, '/health/cognito').expect(503)).body.error.cognito).toMatchObject({ status: 'down' });
    await caller(app, '/health/ready').expect(200);
  });

  it('tells of outages', async () => {
    const server = await LocalCognito.start({ pools: [{ name: 'gone', keys: signingKeysPem() }] });
    const options = server.pool().moduleOptions();
    server.pool().createUser({ username: 'ann' });
    const token = await server.pool().signToken({ username: 'ann' });
    await server.stop();
    const seen: string[] = [];
    const other = await startApp({
      imports: [
        MandateModule.forRoot({ ...options, onTokenEvent: ({ type }) => seen.push(type) }),
        MandateHealthModule,
      ],
      controllers: [HealthController],
      providers: [{ provide: APP_GUARD, useClass: CognitoAuthGuard }],
    });
    const down = [503, expect.objectContaining({ status: 'error' })];
    expect(await answerOf(other, '/health/ready')).toEqual([200, expect.objectContaining({ status: 'ok' })]);
    expect(await answerOf(other, '/health/ready', token)).toEqual(down);
    expect(await answerOf(other, '/health/ready')).toEqual(down);
    expect(seen).toEqual(['keys-unavailable']);
    await other.close();
  });
});
