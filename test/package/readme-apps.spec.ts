import type { INestApplication, ModuleMetadata } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { CognitoAuthGuard, CognitoService, getCognitoToken, MandateModule } from 'mandate';
import { MandateHealthModule } from 'mandate/health';
import { LocalCognito } from 'mandate/testing';
import request from 'supertest';

import { signingKeysPem } from '../local/signing-keys.js';
import { readmeJson } from './packed-app.js';
import { AppModule, MeController } from './readme/app.module.js';
import { HealthController } from './readme/health.controller.js';
import { PhotosController } from './readme/photos.controller.js';
import { PoolsModule, TwoPools } from './readme/pools.module.js';

/* The modules and controllers of the README and the documentation that no sample has, run. */
const ann = {
  username: 'ann',
  password: 'Correct-Horse-9',
  attributes: { email: 'ann@example.com' },
  groups: ['editors'],
};
let local: LocalCognito;
const apps: INestApplication[] = [];

beforeAll(async () => {
  local = await LocalCognito.start({
    pools: [
      { name: 'customers', keys: signingKeysPem(), clients: [{ name: 'web' }], users: [ann] },
      { name: 'staff', keys: signingKeysPem(), clients: [{ name: 'web' }], users: [ann] },
    ],
  });
});

afterAll(async () => {
  await Promise.all(apps.map((app) => app.close()));
  await local.stop();
});

async function start({ providers = [], ...metadata }: ModuleMetadata): Promise<INestApplication> {
  const guard = { provide: APP_GUARD, useClass: CognitoAuthGuard };
  const module = await Test.createTestingModule({ ...metadata, providers: [...providers, guard] }).compile();
  const app = await module.createNestApplication().init();
  apps.push(app);
  return app;
}

const customers = () => MandateModule.forRoot(local.pool('customers').moduleOptions());
const staff = () => MandateModule.forRoot({ ...local.pool('staff').moduleOptions(), name: 'staff' });
const tokensOf = async (cognito: CognitoService) => {
  const outcome = await cognito.authenticate(ann);
  if (outcome.status !== 'AUTHENTICATED') {
    throw new Error('Expected tokens.');
  }
  return outcome.tokens;
};

describe('the README', () => {
  it('shows what the first guarded route answers', async () => {
    const module = await Test.createTestingModule({ imports: [AppModule] }).compile();
    const app = await module.createNestApplication().init();
    apps.push(app);
    const { body, headers } = await request(app.getHttpServer()).get('/me').expect(401);
    expect(headers['www-authenticate']).toMatch(/^Bearer/);
    expect(JSON.parse(await readmeJson('statusCode'))).toEqual(body);
  });

  it('guards routes by decorators', async () => {
    const app = await start({ imports: [customers(), staff()], controllers: [PhotosController] });
    const get = (path: string, token: string) => request(app.getHttpServer()).get(path).auth(token, { type: 'bearer' });
    const { accessToken } = await tokensOf(app.get(CognitoService));
    await request(app.getHttpServer()).get('/photos').expect(200, { visibleTo: 'everybody' });
    await get('/photos', accessToken).expect(200, { visibleTo: 'ann' });
    await request(app.getHttpServer()).get('/photos/hidden').expect(401);
    const refused = await get('/photos/hidden', accessToken).expect(403);
    expect(refused.body.code).toBe('SCOPE_INSUFFICIENT');

    const { idToken = '' } = await tokensOf(app.get(getCognitoToken('staff')));
    await get('/photos/of-staff', idToken).expect(200, { visibleTo: 'ann@example.com' });
    await get('/photos/of-staff', accessToken).expect(401);
  });

  it('injects the services of two pools', async () => {
    const module = await Test.createTestingModule({ imports: [PoolsModule] }).compile();
    const pools = module.get(TwoPools);
    expect(pools.customers).toBeInstanceOf(CognitoService);
    expect(pools.staff).toBeInstanceOf(CognitoService);
    expect(pools.staff).not.toBe(pools.customers);
    await module.close();
  });

  it('lets tenants in', async () => {
    const options = local.pool('customers').moduleOptions();
    const acme = local.pool('staff').moduleOptions();
    // #region tenants
    const tenants = new Map([[acme.issuer, acme]]); // or a look-up in your database
    const registration = MandateModule.forRoot({ ...options, tenants: (issuer) => tenants.get(issuer) });
    // #endregion
    const app = await start({ imports: [registration, staff()], controllers: [MeController] });
    const { accessToken } = await tokensOf(app.get(getCognitoToken('staff')));
    const me = () => request(app.getHttpServer()).get('/me').auth(accessToken, { type: 'bearer' });
    await me().expect(200, { username: 'ann' });
  });

  it('tells how Cognito is', async () => {
    const app = await start({ imports: [customers(), MandateHealthModule], controllers: [HealthController] });
    const { body } = await request(app.getHttpServer()).get('/health').expect(200);
    expect(body.details).toEqual({ 'cognito-keys': { status: 'up', keys: 0 }, cognito: { status: 'up' } });
  });
});
