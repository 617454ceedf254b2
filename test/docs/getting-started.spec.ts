import type { INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';

import { LocalCognito } from 'mandate/testing';
import request from 'supertest';

import { AUTH_API_ROUTES } from '../../lib/http/api/auth-api-routes.js';
import { signingKeysPem } from '../local/signing-keys.js';
import { AppWithAuthModule } from './files/getting-started/start.module.js';

/** What docs/getting-started says after the first guarded route, with a confidential client. */
const bob = { username: 'bob', password: 'Correct-Horse-9' };
let cognito: LocalCognito;
let app: INestApplication;

beforeAll(async () => {
  const client = { name: 'backend', secret: true };
  cognito = await LocalCognito.start({ pools: [{ name: 'users', keys: signingKeysPem(), clients: [client] }] });
  const options = cognito.pool().moduleOptions();
  process.env['COGNITO_USER_POOL_ID'] = options.userPoolId;
  process.env['COGNITO_CLIENT_ID'] = options.clientId;
  process.env['COGNITO_CLIENT_SECRET'] = options.clientSecret ?? '';
  process.env['COGNITO_ENDPOINT'] = options.endpoint;
  process.env['COGNITO_ISSUER'] = options.issuer;
  const module = await Test.createTestingModule({ imports: [AppWithAuthModule] }).compile();
  app = await module.createNestApplication().init();
});

afterAll(async () => {
  await app.close();
  await cognito.stop();
});

const post = (path: string, body: object) => request(app.getHttpServer()).post(path).send(body);

describe('docs/getting-started', () => {
  it('signs up, confirms and signs in by the routes that it shows', async () => {
    await post('/auth/register', { ...bob, attributes: { email: 'bob@example.com' } }).expect(201);
    const code = cognito.outbox.latest({ to: 'bob@example.com' })?.code;
    await post('/auth/confirm', { username: 'bob', code }).expect(200);
    const { body } = await post('/auth/authenticate', bob).expect(200);
    expect(body).toMatchObject({ status: 'AUTHENTICATED' });
    const { accessToken } = (body as { tokens: { accessToken: string } }).tokens;
    const me = await request(app.getHttpServer()).get('/me').auth(accessToken, { type: 'bearer' }).expect(200);
    expect(me.body).toMatchObject({ username: 'bob' });
  });

  it('counts the routes of the auth API', () => {
    // Four are named, one is for the delivery "cookie" only.
    expect(Object.keys(AUTH_API_ROUTES)).toHaveLength(4 + 26 + 1);
  });
});
