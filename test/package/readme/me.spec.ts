import type { INestApplication } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { CognitoAuthGuard, CognitoService, MandateModule } from 'mandate';
import { LocalCognito } from 'mandate/testing';
import request from 'supertest';

import { MeController } from './app.module.js';

let local: LocalCognito;
let app: INestApplication;

afterAll(async () => {
  await app.close();
  await local.stop();
});

// #region test
const ann = { username: 'ann', password: 'Correct-Horse-9' };
beforeAll(async () => {
  local = await LocalCognito.start({ users: [ann] });
  const module = await Test.createTestingModule({
    imports: [MandateModule.forRoot(local.pool().moduleOptions())],
    controllers: [MeController],
    providers: [{ provide: APP_GUARD, useClass: CognitoAuthGuard }],
  }).compile();
  app = await module.createNestApplication().init();
});

it('tells who is signed in', async () => {
  const signIn = await app.get(CognitoService).authenticate(ann);
  const token = signIn.status === 'AUTHENTICATED' ? signIn.tokens.accessToken : '';
  await request(app.getHttpServer()).get('/me').expect(401);
  await request(app.getHttpServer()).get('/me').auth(token, { type: 'bearer' }).expect(200, { username: 'ann' });
});
// #endregion
