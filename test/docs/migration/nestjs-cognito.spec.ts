import { Controller, Get, Module, UseGuards } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { Auth, CognitoAuthGuard, CurrentUser, Groups, MandateModule, Public, TokenUse } from 'mandate';
import { KnownCallerGuard, TestTokenIssuer } from 'mandate/testing';

import { signingKeysPem } from '../../local/signing-keys.js';
import { get, RunningApps } from './running-app.js';

/** docs/migration/nestjs-cognito.md: what stands there as "here", run. */
describe('coming from @nestjs-cognito', () => {
  const apps = new RunningApps();
  let issuer: TestTokenIssuer;

  beforeAll(async () => {
    const keys = signingKeysPem();
    const [userPoolId, clientId] = ['eu-west-1_AbCdEfGhI', '1h57kf5cpq17m0eml12EXAMPLE'];
    issuer = await TestTokenIssuer.create({ userPoolId, clientId, keys });
    // In place of a request to AWS.
    process.env['COGNITO_JWKS'] = JSON.stringify(issuer.jwks);
  });

  afterAll(async () => {
    delete process.env['COGNITO_JWKS'];
    await apps.stop();
  });

  // #region after
  @Controller('dogs')
  class DogsController {
    @Public()
    @Get()
    list(@CurrentUser('username') username?: string) {
      return { visibleTo: username ?? 'everybody' };
    }

    @Get('mine')
    mine(@CurrentUser('username') username: string) {
      return { owner: username };
    }

    @Groups.any('vets', 'owners')
    @Groups.none('suspended')
    @Get('health')
    health(@CurrentUser(['sub', 'groups']) user: { sub: string; groups?: readonly string[] }) {
      return { groups: user.groups };
    }

    @TokenUse('id')
    @Get('owner')
    owner(@CurrentUser('email') email: string) {
      return { email };
    }
  }

  @Module({
    imports: [MandateModule.forRoot({ userPoolId: 'eu-west-1_AbCdEfGhI', clientId: '1h57kf5cpq17m0eml12EXAMPLE' })],
    controllers: [DogsController],
    providers: [{ provide: APP_GUARD, useClass: CognitoAuthGuard }],
  })
  class AppModule {}
  // #endregion

  it('guards, names the caller and lets public routes know a caller', async () => {
    const app = await apps.start(AppModule);
    const token = issuer.signToken({ username: 'ann' });
    await get(app, '/dogs').expect(200, { visibleTo: 'everybody' });
    await get(app, '/dogs', token).expect(200, { visibleTo: 'ann' });
    await get(app, '/dogs/mine', token).expect(200, { owner: 'ann' });
    const idToken = issuer.signToken({ tokenUse: 'id', claims: { email: 'ann@example.com' } });
    await get(app, '/dogs/owner', idToken).expect(200, { email: 'ann@example.com' });
  });

  it('compares names of groups exactly', async () => {
    const app = await apps.start(AppModule);
    await get(app, '/dogs/health', issuer.signToken({ groups: ['vets'] })).expect(200, { groups: ['vets'] });
    for (const groups of [['Vets'], ['vets', 'suspended'], []]) {
      const { body } = await get(app, '/dogs/health', issuer.signToken({ groups })).expect(403);
      expect(body.code).toBe('GROUPS_INSUFFICIENT');
    }
  });

  it('tells why it refuses', async () => {
    const app = await apps.start(AppModule);
    expect((await get(app, '/dogs/mine').expect(401)).body.code).toBe('TOKEN_MISSING');
    const idToken = issuer.signToken({ tokenUse: 'id' });
    expect((await get(app, '/dogs/mine', idToken).expect(401)).body.code).toBe('TOKEN_USE_REFUSED');
    const expired = issuer.signToken({ expiresInSeconds: 0 });
    expect((await get(app, '/dogs/mine', expired).expect(401)).body.code).toBe('TOKEN_EXPIRED');
  });

  it('takes credentials of another scheme for no token, and an empty bearer header for malformed', async () => {
    const app = await apps.start(AppModule);
    const basic = await get(app, '/dogs/mine').set('authorization', 'Basic YW5uOnB3').expect(401);
    expect(basic.body.code).toBe('TOKEN_MISSING');
    const empty = await get(app, '/dogs/mine').set('authorization', 'Bearer').expect(400);
    expect(empty.body.code).toBe('REQUEST_MALFORMED');
    const header = `Bearer ${issuer.signToken({ expiresInSeconds: 0 })}`;
    await get(app, '/dogs').set('authorization', header).expect(200, { visibleTo: 'everybody' });
  });

  it('has the guard and its requirements in one decorator', async () => {
    // #region auth
    @Controller('clinic')
    class ClinicController {
      @Auth({ groups: { all: ['vets', 'on-call'], none: ['suspended'] } })
      @Get()
      open() {
        return { open: true };
      }
    }
    // #endregion
    const app = await apps.start({
      imports: [MandateModule.forRoot(issuer.moduleOptions())],
      controllers: [ClinicController],
    });
    await get(app, '/clinic', issuer.signToken({ groups: ['vets', 'on-call'] })).expect(200);
    await get(app, '/clinic', issuer.signToken({ groups: ['vets'] })).expect(403);
    await get(app, '/clinic').expect(401);
  });

  it('has a guard for tests without tokens', async () => {
    @Controller('clinic')
    @UseGuards(CognitoAuthGuard)
    class ClinicController {
      @Groups('vets')
      @Get()
      open() {
        return { open: true };
      }
    }
    // #region testing
    const guard = new KnownCallerGuard({ username: 'ann', groups: ['vets'] });
    const module = await Test.createTestingModule({ controllers: [ClinicController] })
      .overrideGuard(CognitoAuthGuard)
      .useValue(guard)
      .compile();
    // #endregion
    const app = await module.createNestApplication({ logger: false }).init();
    await get(app, '/clinic').expect(200);
    guard.caller = { username: 'bob' };
    await get(app, '/clinic').expect(403);
    await app.close();
  });
});
