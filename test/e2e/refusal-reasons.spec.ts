import type { INestApplication } from '@nestjs/common';
import request from 'supertest';

import { MandateModule } from '../../lib/module/mandate.module.js';
import type { TokenEvent } from '../../lib/tokens/token-events.js';
import { accessToken, idToken, machineToken, NOW } from '../tokens/support/test-issuer.js';
import { poolOptions } from './support/door.js';
import { DoorController, PLATFORMS, startApp } from './support/http-apps.js';

const SECONDS = NOW / 1000;

describe.each(PLATFORMS)('what a refusal tells the observer on %s', (platform) => {
  const events: TokenEvent[] = [];
  let app: INestApplication;

  beforeAll(async () => {
    app = await startApp(platform, {
      imports: [MandateModule.forRoot({ ...poolOptions, onTokenEvent: (event) => events.push(event) })],
      controllers: [DoorController],
    });
  });
  afterAll(() => app.close());

  it.each([
    ['/staff', accessToken({ 'cognito:groups': ['ops', 'dev'] }), 'any of the groups admin, staff', 'groups ops, dev'],
    ['/staff', accessToken(), 'any of the groups admin, staff', 'no groups'],
    ['/outsiders', accessToken({ 'cognito:groups': ['staff'] }), 'none of the groups staff', 'groups staff'],
    ['/write', machineToken({ scope: 'orders/read' }), 'all of the scopes orders/write', 'scopes orders/read'],
    ['/recent', accessToken({ auth_time: SECONDS - 301 }), 'a sign-in within 300 s', 'a sign-in 301 s ago'],
    ['/recent', accessToken({ auth_time: undefined }), 'a sign-in within 300 s', 'no auth_time'],
    ['/strong', accessToken({ acr: 'password' }), 'acr mfa, passkey', 'acr password'],
    ['/strong', accessToken(), 'acr mfa, passkey', 'no acr'],
  ])('at %s', async (path, token, expected, received) => {
    const { text, headers } = await request(app.getHttpServer()).get(path).set('Authorization', `Bearer ${token}`);
    expect(events.at(-1)).toMatchObject({ type: 'access-denied', expected, received });
    // For the log alone: callers learn no names of groups.
    expect(text + JSON.stringify(headers)).not.toContain(received);
    expect(JSON.stringify(events)).not.toContain(token.slice(0, 40));
  });

  it('is short, however many groups a token has', async () => {
    const groups = Array.from({ length: 500 }, (_, i) => `${i}`);
    const token = accessToken({ 'cognito:groups': groups });
    await request(app.getHttpServer()).get('/staff').set('Authorization', `Bearer ${token}`).expect(403);
    expect(JSON.stringify(events.at(-1)).length).toBeLessThan(500);
  });

  it('has no reason for a token that was not read', async () => {
    await request(app.getHttpServer()).get('/me').expect(401);
    expect(events.at(-1)).toEqual({ type: 'access-denied', pool: 'default', code: 'TOKEN_MISSING' });
    await request(app.getHttpServer()).get('/me').set('Authorization', `Bearer ${idToken()}`).expect(401);
    expect(events.at(-1)).toMatchObject({ type: 'token-rejected', code: 'TOKEN_USE_REFUSED' });
  });
});
