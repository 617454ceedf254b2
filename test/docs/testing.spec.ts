import { type INestApplication, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { CognitoAuthGuard, CognitoService, MandateModule } from 'mandate';
import {
  type KnownCaller,
  LocalCognito,
  MandateTestingModule,
  overrideCognito,
  TestTokenIssuer,
} from 'mandate/testing';
import request from 'supertest';

import { AppModule, OrdersController, Profiles } from './files/existing-app/app.module.js';

/** The pages of "Testing" in docs/how-to. */
const ann = { username: 'ann', password: 'Correct-Horse-9', attributes: { email: 'ann@example.com' } };

describe('docs/how-to/test-an-existing-app.md', () => {
  let cognito: LocalCognito;
  let app: INestApplication;

  beforeAll(async () => {
    cognito = await LocalCognito.start({ users: [ann] });
    const builder = Test.createTestingModule({ imports: [AppModule] });
    const module = await overrideCognito(builder, { cognito }).compile();
    app = await module.createNestApplication().init();
  });

  afterAll(async () => {
    await app.close();
    await cognito.stop();
  });

  it('signs a user in and calls the application', async () => {
    const token = await cognito.pool().signToken({ username: 'ann' });
    await request(app.getHttpServer()).get('/orders').expect(401);
    await request(app.getHttpServer()).get('/orders').auth(token, { type: 'bearer' }).expect(200, { of: 'ann' });
    // The token is one that Cognito knows: operations accept it too.
    expect(await app.get(Profiles).emailOf(token)).toBe('ann@example.com');
  });

  it('reads what was sent', async () => {
    // #region outbox
    const service = app.get(CognitoService);
    await service.register({ username: 'bob', password: 'Correct-Horse-9', attributes: { email: 'bob@example.com' } });
    const code = cognito.outbox.latest({ to: 'bob@example.com' })?.code ?? '';
    await service.confirmSignUp({ username: 'bob', code });
    // #endregion
    const outcome = await service.authenticate({ username: 'bob', password: 'Correct-Horse-9' });
    expect(outcome.status).toBe('AUTHENTICATED');
  });

  it('starts and stops with the application', async () => {
    // #region module
    @Module({
      imports: [
        MandateTestingModule.forRoot({ users: [{ username: 'ann' }] }),
        MandateModule.forRootAsync({
          inject: [LocalCognito],
          useFactory: (cognito: LocalCognito) => cognito.pool().moduleOptions(),
        }),
      ],
      controllers: [OrdersController],
      providers: [{ provide: APP_GUARD, useClass: CognitoAuthGuard }],
    })
    class TestAppModule {}
    // #endregion
    const module = await Test.createTestingModule({ imports: [TestAppModule] }).compile();
    const other = await module.createNestApplication({ logger: false }).init();
    const token = await other.get(LocalCognito).pool().signToken({ username: 'ann' });
    await request(other.getHttpServer()).get('/orders').auth(token, { type: 'bearer' }).expect(200);
    await other.close();
  });
});

describe('docs/how-to/minted-tokens.md', () => {
  let issuer: TestTokenIssuer;
  let app: INestApplication;

  beforeAll(async () => {
    // #region issuer
    issuer = await TestTokenIssuer.create();
    const builder = Test.createTestingModule({ imports: [AppModule] });
    const module = await overrideCognito(builder, { issuer }).compile();
    app = await module.createNestApplication().init();
    // #endregion
  });

  afterAll(() => app.close());

  it('signs tokens of all kinds', async () => {
    const get = (path: string, token: string) => request(app.getHttpServer()).get(path).auth(token, { type: 'bearer' });
    // #region good
    await get('/orders', issuer.signToken({ username: 'ann' })).expect(200, { of: 'ann' });
    await get('/orders/all', issuer.signToken({ groups: ['admins'] })).expect(200);
    await get('/orders/all', issuer.signToken({ groups: ['readers'] })).expect(403);
    // #endregion
    const codeOf = async (token: string) => (await get('/orders', token).expect(401)).body.code as string;
    // #region bad
    expect(await codeOf(issuer.signToken({ expiresInSeconds: 0 }))).toBe('TOKEN_EXPIRED');
    expect(await codeOf(issuer.signToken({ tokenUse: 'id' }))).toBe('TOKEN_USE_REFUSED');
    expect(await codeOf(issuer.signToken({ clientId: 'another' }))).toBe('TOKEN_CLIENT_REFUSED');
    expect(await codeOf(issuer.signToken({ claims: { iss: 'https://example.com' } }))).toBe('TOKEN_ISSUER_REFUSED');
    const other = await TestTokenIssuer.create();
    expect(await codeOf(other.signToken())).toBe('TOKEN_KEY_UNKNOWN');
    // #endregion
  });

  it('signs tokens of machines', async () => {
    const token = issuer.signToken({ clientCredentials: true, scopes: ['orders/read'] });
    const { body } = await request(app.getHttpServer()).get('/orders').auth(token, { type: 'bearer' }).expect(200);
    expect(body).toEqual({});
  });
});

describe('docs/how-to/mocks.md', () => {
  it('knows the caller of the whole application', async () => {
    // #region user
    let user: KnownCaller | undefined = { username: 'ann', groups: ['admins'] };
    const builder = Test.createTestingModule({ imports: [AppModule] });
    const module = await overrideCognito(builder, { user: () => user }).compile();
    const app = await module.createNestApplication().init();
    // #endregion
    // #region change
    const get = (path: string) => request(app.getHttpServer()).get(path);
    await get('/orders').expect(200, { of: 'ann' });
    await get('/orders/all').expect(200);
    user = { username: 'bob' };
    await get('/orders/all').expect(403);
    user = undefined;
    await get('/orders').expect(401);
    // #endregion
    await app.close();
  });

  it('replaces the service by the methods that a test needs', async () => {
    // #region service
    const cognito = {
      getUser: jest.fn<ReturnType<CognitoService['getUser']>, [string]>(),
    } satisfies Partial<Record<keyof CognitoService, unknown>>;
    const attributes = { email: 'ann@example.com' };
    cognito.getUser.mockResolvedValue({ username: 'ann', sub: 'sub-1', attributes, mfa: [] });
    const module = await Test.createTestingModule({
      providers: [Profiles, { provide: CognitoService, useValue: cognito }],
    }).compile();
    expect(await module.get(Profiles).emailOf('token')).toBe('ann@example.com');
    expect(cognito.getUser).toHaveBeenCalledWith('token');
    // #endregion
    await module.close();
  });
});
