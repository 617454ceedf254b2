import type { INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { LocalCognito, overrideCognito } from 'mandate/testing';
import request from 'supertest';

import { AppModule } from './app.module.js';

let cognito: LocalCognito;
let app: INestApplication;

beforeAll(async () => {
  cognito = await LocalCognito.start({ users: [{ username: 'ann' }] });
  const builder = Test.createTestingModule({ imports: [AppModule] });
  const module = await overrideCognito(builder, { cognito }).compile();
  app = await module.createNestApplication().init();
});

afterAll(async () => {
  await app.close();
  await cognito.stop();
});

it('requires a token', async () => {
  const { body } = await request(app.getHttpServer()).get('/orders').expect(401);
  expect(body).toMatchObject({ code: 'TOKEN_MISSING' });
});

it('knows the caller', async () => {
  const token = await cognito.pool().signToken({ username: 'ann' });
  await request(app.getHttpServer()).get('/orders').auth(token, { type: 'bearer' }).expect(200, { of: 'ann' });
});

it('requires the group', async () => {
  const token = await cognito.pool().signToken({ username: 'ann', groups: ['readers'] });
  const { body } = await request(app.getHttpServer()).get('/orders/all').auth(token, { type: 'bearer' }).expect(403);
  expect(body).toMatchObject({ code: 'GROUPS_INSUFFICIENT' });
});
