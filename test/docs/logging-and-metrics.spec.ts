import { Controller, Get, Header, type INestApplication, Module, type LoggerService } from '@nestjs/common';
import { APP_GUARD, NestFactory } from '@nestjs/core';
import { CognitoAuthGuard, Groups, MandateModule, Public } from 'mandate';
import { TestTokenIssuer } from 'mandate/testing';

import { signingKeysPem } from '../local/signing-keys.js';
import { TokenMetrics } from './files/token-metrics.js';
import { answerOf, caller } from './support/start-app.js';

// #region controller
@Controller('metrics')
export class MetricsController {
  constructor(private readonly metrics: TokenMetrics) {}

  @Public()
  @Get()
  @Header('Content-Type', 'text/plain; version=0.0.4')
  text(): string {
    return this.metrics.text();
  }
}
// #endregion

@Controller('orders')
class OrdersController {
  @Groups('staff')
  @Get()
  list() {
    return { orders: 3 };
  }
}

/** Keeps the lines of Nest's log. */
class Lines implements LoggerService {
  readonly written: [level: string, line: string][] = [];
  log = () => undefined;
  error = (line: string) => this.written.push(['error', line]);
  warn = (line: string) => this.written.push(['warn', line]);
  debug = (line: string) => this.written.push(['debug', line]);
}

describe('logging and metrics', () => {
  let issuer: TestTokenIssuer;
  let app: INestApplication;
  const lines = new Lines();

  beforeAll(async () => {
    issuer = await TestTokenIssuer.create({ keys: signingKeysPem() });
    const pool = issuer.moduleOptions();
    // #region module
    @Module({ providers: [TokenMetrics], exports: [TokenMetrics] })
    class MetricsModule {}

    @Module({
      imports: [
        MetricsModule,
        MandateModule.forRootAsync({
          imports: [MetricsModule],
          inject: [TokenMetrics],
          useFactory: (metrics: TokenMetrics) => ({ ...pool, onTokenEvent: metrics.observe }),
        }),
      ],
      controllers: [MetricsController, OrdersController],
      providers: [{ provide: APP_GUARD, useClass: CognitoAuthGuard }],
    })
    class AppModule {}
    // #endregion
    app = await NestFactory.create(AppModule, { logger: lines });
    await app.listen(0, '127.0.0.1');
  });

  afterAll(() => app.close());

  it('counts what happens to tokens', async () => {
    const token = issuer.signToken({ username: 'ann', groups: ['staff'] });
    await answerOf(app, '/orders', token);
    await answerOf(app, '/orders', token);
    await answerOf(app, '/orders', issuer.signToken({ username: 'bob' }));
    await answerOf(app, '/orders');
    await answerOf(app, '/orders', issuer.signToken({ expiresInSeconds: -1 }));
    const { text, headers } = await caller(app, '/metrics').expect(200);
    expect(headers['content-type']).toContain('text/plain');
    expect(text.trim().split('\n').sort()).toEqual(
      [
        'mandate_calls_refused_total{pool="default",code="GROUPS_INSUFFICIENT"} 1',
        'mandate_calls_refused_total{pool="default",code="TOKEN_EXPIRED"} 1',
        'mandate_calls_refused_total{pool="default",code="TOKEN_MISSING"} 1',
        'mandate_tokens_accepted_total{pool="default"} 3',
      ].sort(),
    );
  });

  it('writes refusals at the level debug, without a token', () => {
    const refusals = lines.written.filter(([level]) => level === 'debug').map(([, line]) => line);
    expect(refusals).toEqual(
      expect.arrayContaining([
        expect.stringContaining(
          'Pool "default" denied a call: GROUPS_INSUFFICIENT (expected any of the groups staff, received no groups).',
        ),
        expect.stringContaining('Pool "default" rejected a token: TOKEN_EXPIRED'),
      ]),
    );
    expect(refusals.join('\n')).not.toContain('eyJ');
    expect(lines.written.filter(([level]) => level !== 'debug')).toEqual([]);
  });
});
