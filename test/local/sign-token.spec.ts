import { Controller, Get, type INestApplication } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import request from 'supertest';

import {
  CognitoAuthGuard,
  CognitoService,
  CurrentUser,
  Groups,
  MandateArgumentError,
  MandateModule,
  TokenUse,
} from '../../lib/index.js';
import { LocalCognito, type LocalPool } from '../../lib/testing/index.js';
import { signingKeysPem } from './signing-keys.js';

@Controller()
class MeController {
  @Get('me')
  me(@CurrentUser('username') username: string): object {
    return { username };
  }

  @Get('email')
  @TokenUse('id')
  email(@CurrentUser('email') email: string): object {
    return { email };
  }

  @Get('admins')
  @Groups('admins')
  admins(): object {
    return {};
  }
}

describe('LocalPool.signToken', () => {
  let local: LocalCognito;
  let pool: LocalPool;
  let app: INestApplication;

  beforeAll(async () => {
    local = await LocalCognito.start({
      pools: [
        {
          name: 'people',
          keys: signingKeysPem(),
          users: [{ username: 'ann', attributes: { email: 'ann@example.com' }, groups: ['admins'] }],
        },
      ],
    });
    pool = local.pool();
    const testing = await Test.createTestingModule({
      imports: [MandateModule.forRoot(pool.moduleOptions())],
      controllers: [MeController],
      providers: [{ provide: APP_GUARD, useClass: CognitoAuthGuard }],
    }).compile();
    app = await testing.createNestApplication({ logger: false }).init();
  });

  afterAll(async () => {
    await app.close();
    await local.stop();
  });

  const get = (path: string, token: string) => request(app.getHttpServer()).get(path).auth(token, { type: 'bearer' });

  it('signs a token that the guard accepts, with the groups and attributes of the user', async () => {
    await get('/me', await pool.signToken({ username: 'ann' })).expect(200, { username: 'ann' });
    await get('/admins', await pool.signToken({ username: 'ann' })).expect(200);
    const idToken = await pool.signToken({ username: 'ann', tokenUse: 'id' });
    await get('/email', idToken).expect(200, { email: 'ann@example.com' });
  });

  it('signs a token that Cognito itself accepts, until the user signs out', async () => {
    const cognito = app.get(CognitoService);
    const token = await pool.signToken({ username: 'ann' });
    await expect(cognito.getUser(token)).resolves.toMatchObject({ username: 'ann' });
    await cognito.logout(token);
    await expect(cognito.getUser(token)).rejects.toMatchObject({ code: 'ACCESS_TOKEN_REVOKED' });
  });

  it('applies overrides', async () => {
    await get('/admins', await pool.signToken({ username: 'ann', groups: ['editors'] })).expect(403);
    await get('/me', await pool.signToken({ username: 'ann', expiresInSeconds: -1 })).expect(401);
    await get('/me', await pool.signToken({ username: 'ann', client: 'secret' })).expect(401);
    const token = await pool.signToken({ username: 'ann', claims: { username: 'bob' } });
    await get('/me', token).expect(200, { username: 'bob' });
  });

  it('rejects a user or client that the pool does not have', async () => {
    await expect(pool.signToken({ username: 'bob' })).rejects.toThrow('"username" must name a user of pool "people".');
    await expect(pool.signToken({ username: 'ann', client: 'web' })).rejects.toThrow(MandateArgumentError);
  });
});
