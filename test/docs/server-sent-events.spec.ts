import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';

import { Controller, type INestApplication, type MessageEvent, Sse } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { CognitoAuthGuard, CurrentUser, MandateModule } from 'mandate';
import { TestTokenIssuer } from 'mandate/testing';
import { interval, map, type Observable, takeUntil, timer } from 'rxjs';

import { signingKeysPem } from '../local/signing-keys.js';
import { answerOf, startApp } from './support/start-app.js';

// #region controller
@Controller('prices')
export class PricesController {
  @Sse()
  stream(@CurrentUser('exp') exp: number, @CurrentUser('username') username: string): Observable<MessageEvent> {
    return interval(100).pipe(
      map((count) => ({ data: { for: username, price: 100 + count } })),
      takeUntil(timer(new Date(exp * 1000))), // the stream ends with the token
    );
  }
}
// #endregion

describe('server-sent events', () => {
  let issuer: TestTokenIssuer;
  let app: INestApplication;

  beforeAll(async () => {
    issuer = await TestTokenIssuer.create({ keys: signingKeysPem() });
    app = await startApp({
      imports: [MandateModule.forRoot(issuer.moduleOptions())],
      controllers: [PricesController],
      providers: [{ provide: APP_GUARD, useClass: CognitoAuthGuard }],
    });
  });

  afterAll(() => app.close());

  it('are refused before the stream begins', async () => {
    expect(await answerOf(app, '/prices')).toEqual([401, 'TOKEN_MISSING']);
  });

  it('end with the token', async () => {
    const token = issuer.signToken({ username: 'ann', expiresInSeconds: 2 });
    const call = get(`${await app.getUrl()}/prices`, { headers: { authorization: `Bearer ${token}` } });
    const [response] = (await once(call, 'response')) as [IncomingMessage];
    let received = '';
    response.on('data', (chunk: Buffer) => (received += chunk.toString()));
    await once(response, 'end');
    expect(received).toContain('data: {"for":"ann","price":100}');
    const { exp } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { exp: number };
    expect(Date.now()).toBeGreaterThanOrEqual(exp * 1000 - 50);
  });
});
