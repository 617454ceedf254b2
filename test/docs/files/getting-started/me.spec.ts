import type { INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { LocalCognito } from 'mandate/testing';
import request from 'supertest';

import { AppModule } from './app.module.js';

const ann = { username: 'ann', password: 'Correct-Horse-9', groups: ['admins'] };
let cognito: LocalCognito;
let app: INestApplication;

beforeAll(async () => {
  cognito = await LocalCognito.start({ users: [ann, { username: 'bob' }] });
  const { userPoolId, clientId, endpoint, issuer } = cognito.pool().moduleOptions();
  process.env['COGNITO_USER_POOL_ID'] = userPoolId;
  process.env['COGNITO_CLIENT_ID'] = clientId;
  process.env['COGNITO_ENDPOINT'] = endpoint;
  process.env['COGNITO_ISSUER'] = issuer;
  const module = await Test.createTestingModule({ imports: [AppModule] }).compile();
  app = await module.createNestApplication().init();
});

afterAll(async () => {
  await app.close();
  await cognito.stop();
});

const get = (path: string) => request(app.getHttpServer()).get(path);
const tokenOf = (username: string) => cognito.pool().signToken({ username });

it('requires a token', async () => {
  await get('/health').expect(200);
  const refused = await get('/me').expect(401);
  expect(refused.body).toMatchObject({ code: 'TOKEN_MISSING' });
});

it('knows the caller', async () => {
  const { body } = await get('/me')
    .auth(await tokenOf('ann'), { type: 'bearer' })
    .expect(200);
  expect(body).toMatchObject({ username: 'ann' });
});

it('requires the group', async () => {
  await get('/reports')
    .auth(await tokenOf('ann'), { type: 'bearer' })
    .expect(200);
  const refused = await get('/reports')
    .auth(await tokenOf('bob'), { type: 'bearer' })
    .expect(403);
  expect(refused.body).toMatchObject({ code: 'GROUPS_INSUFFICIENT' });
});
