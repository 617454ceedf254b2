import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { Controller, Get, type INestApplication, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { CognitoAuthGuard, CurrentUser, Groups, MandateModule } from 'mandate';
import { LocalCognito, overrideCognito } from 'mandate/testing';

@Controller('orders')
class OrdersController {
  @Get()
  list(@CurrentUser('username') username: string) {
    return { of: username };
  }

  @Groups('admins')
  @Get('all')
  all() {
    return { of: 'everybody' };
  }
}

@Module({
  imports: [MandateModule.forRoot({ userPoolId: 'eu-west-1_AbCdEfGhI', clientId: '1h57kf5cpq17m0eml12EXAMPLE' })],
  controllers: [OrdersController],
  providers: [{ provide: APP_GUARD, useClass: CognitoAuthGuard }],
})
class AppModule {}

let cognito: LocalCognito;
let app: INestApplication;

before(async () => {
  cognito = await LocalCognito.start({ users: [{ username: 'ann' }] });
  const builder = Test.createTestingModule({ imports: [AppModule] });
  const module = await overrideCognito(builder, { cognito }).compile();
  app = module.createNestApplication({ logger: false });
  await app.listen(0, '127.0.0.1');
});

after(async () => {
  await app.close();
  await cognito.stop();
});

async function get(path: string, token?: string): Promise<Response> {
  const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return fetch(`${await app.getUrl()}${path}`, { headers });
}

test('knows the caller', async () => {
  const token = await cognito.pool().signToken({ username: 'ann' });
  const response = await get('/orders', token);
  assert.deepEqual(await response.json(), { of: 'ann' });
  assert.equal((await get('/orders')).status, 401);
});

test('requires the group', async () => {
  const token = await cognito.pool().signToken({ username: 'ann', groups: ['admins'] });
  assert.equal((await get('/orders/all', token)).status, 200);
});
