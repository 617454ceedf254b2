import { Logger } from '@nestjs/common';
import request from 'supertest';

import { MandateModule } from '../../lib/module/mandate.module.js';
import type { TokenEvent } from '../../lib/tokens/token-events.js';
import { accessToken, TestClock } from '../tokens/support/test-issuer.js';
import { poolOptions } from './support/door.js';
import { DoorController, startApp } from './support/http-apps.js';

describe('what happens to tokens in a running application', () => {
  let lines: string[];
  beforeEach(() => {
    lines = [];
    jest.spyOn(Logger.prototype, 'debug').mockImplementation((...[text]: unknown[]) => {
      lines.push(String(text));
    });
  });
  afterEach(() => jest.restoreAllMocks());

  it.each<[string, ((event: TokenEvent) => void) | undefined]>([
    ['no observer', undefined],
    [
      'an observer that throws',
      () => {
        throw new Error('observer');
      },
    ],
  ])('is written to the log of Nest, with %s', async (_, onTokenEvent) => {
    const clock = new TestClock();
    const app = await startApp('express', {
      imports: [MandateModule.forRoot({ ...poolOptions, clock: clock.read, ...(onTokenEvent && { onTokenEvent }) })],
      controllers: [DoorController],
    });
    const get = (path: string, token: string) =>
      request(app.getHttpServer()).get(path).set('Authorization', `Bearer ${token}`);
    await get('/me', accessToken()).expect(200);
    expect(lines).toEqual([]);
    await get('/me', accessToken({ exp: 1 })).expect(401);
    // Written once in ten seconds, whenever it comes and whatever it contains.
    clock.advance(1_000);
    await get('/me', accessToken({ exp: 2 })).expect(401);
    await get('/staff', accessToken()).expect(403);
    expect(lines).toEqual([
      'Pool "default" rejected a token: TOKEN_EXPIRED (expected exp in the future, received exp 1970-01-01T00:00:01.000Z at 2026-11-23T12:00:00.000Z). See https://mandate-nestjs.github.io/mandate/reference/errors#TOKEN_EXPIRED',
      'Pool "default" denied a call: GROUPS_INSUFFICIENT (expected any of the groups admin, staff, received no groups). See https://mandate-nestjs.github.io/mandate/reference/errors#GROUPS_INSUFFICIENT',
    ]);
    await app.close();
  });
});
