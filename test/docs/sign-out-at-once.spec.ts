import { Body, Controller, Delete, Get, HttpCode, type INestApplication, Param, Post } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import {
  CognitoAdminService,
  CognitoAuthGuard,
  CognitoExceptionFilter,
  CognitoService,
  CurrentUser,
  Groups,
  InjectTokenRevoker,
  MandateModule,
  type TokenRevoker,
} from 'mandate';
import { LocalCognito } from 'mandate/testing';
import request from 'supertest';

import { signingKeysPem } from '../local/signing-keys.js';
import { signIn } from './support/sign-in.js';
import { answerOf, startApp } from './support/start-app.js';

@Controller('me')
class MeController {
  @Get()
  me(@CurrentUser('username') username: string) {
    return { username };
  }
}

// #region revoker
@Controller('sign-ins')
@Groups('support')
export class SignInsController {
  constructor(
    private readonly admin: CognitoAdminService,
    @InjectTokenRevoker() private readonly revoker: TokenRevoker,
  ) {}

  @Delete(':username') // ends the sign-ins at Cognito, and records it
  @HttpCode(204)
  async endAll(@Param('username') username: string) {
    await this.admin.logout(username);
  }

  @Post('of-subject') // records it only: refresh tokens still work at Cognito
  @HttpCode(204)
  async distrust(@Body('sub') sub: string) {
    await this.revoker.revokeUser(sub);
  }
}
// #endregion

const password = 'Correct-Horse-9';
const ann = { username: 'ann', password };
const eve = { username: 'eve', password, groups: ['support'] };

describe('sign-out that works at once', () => {
  let local: LocalCognito;
  const apps: INestApplication[] = [];

  beforeAll(async () => {
    local = await LocalCognito.start({ pools: [{ name: 'shop', keys: signingKeysPem(), users: [ann, eve] }] });
  });

  afterAll(async () => {
    await Promise.all(apps.map((app) => app.close()));
    await local.stop();
  });

  async function start(registration: ReturnType<typeof MandateModule.forRoot>): Promise<INestApplication> {
    const app = await startApp({
      imports: [registration],
      controllers: [MeController, SignInsController],
      providers: [
        { provide: APP_GUARD, useClass: CognitoAuthGuard },
        { provide: APP_FILTER, useClass: CognitoExceptionFilter },
      ],
    });
    apps.push(app);
    return app;
  }

  it('is what a store is for', async () => {
    const pool = local.pool().moduleOptions();
    const app = await start(MandateModule.forRoot({ ...pool, revocation: { store: 'memory' } }));
    const cognito = app.get(CognitoService);
    const [phone, laptop] = [await signIn(cognito, ann), await signIn(cognito, ann)];
    // #region signout
    await cognito.revokeToken(phone.refreshToken, phone); // this sign-in; the access token says which one
    await cognito.logout(laptop.accessToken); // all sign-ins of the user
    // #endregion
    expect(await answerOf(app, '/me', phone.accessToken)).toEqual([401, 'TOKEN_REVOKED']);
    expect(await answerOf(app, '/me', laptop.accessToken)).toEqual([401, 'TOKEN_REVOKED']);
  });

  it('is what administrators do', async () => {
    const app = await start(
      MandateModule.forRoot({ ...local.pool().moduleOptions(), revocation: { store: 'memory' } }),
    );
    local.pool().createUser({ username: 'bob', password });
    const cognito = app.get(CognitoService);
    const bob = await signIn(cognito, { username: 'bob', password });
    const support = await local.pool().signToken({ username: 'eve' });
    const server = request(app.getHttpServer());
    const { sub } = await cognito.verifyToken(bob.accessToken);
    await server.post('/sign-ins/of-subject').auth(support, { type: 'bearer' }).send({ sub }).expect(204);
    expect(await answerOf(app, '/me', bob.accessToken)).toEqual([401, 'TOKEN_REVOKED']);
    const renewed = await cognito.renewTokens(bob);
    expect(await answerOf(app, '/me', renewed.accessToken)).toEqual([401, 'TOKEN_REVOKED']);
    await server.delete('/sign-ins/bob').auth(support, { type: 'bearer' }).expect(204);
    await expect(cognito.renewTokens(bob)).rejects.toMatchObject({ code: 'REFRESH_TOKEN_REVOKED' });
  });

  it('can be asked from Cognito', async () => {
    const pool = local.pool().moduleOptions();
    // #region ask
    const registration = MandateModule.forRoot({ ...pool, revocation: { askCognito: { cacheSeconds: 2 } } });
    // #endregion
    const app = await start(registration);
    const tokens = await signIn(app.get(CognitoService), ann);
    await app.get(CognitoService).logout(tokens.accessToken);
    expect(await answerOf(app, '/me', tokens.accessToken)).toEqual([401, 'TOKEN_REVOKED']);
    const other = await local.pool().signToken({ username: 'ann', scopes: ['photos/read'] });
    expect(await answerOf(app, '/me', other)).toEqual([401, 'TOKEN_REVOCATION_UNCHECKABLE']);
  });

  it('refuses calls while the store does not answer', async () => {
    const pool = local.pool().moduleOptions();
    const down = () => Promise.reject(new Error('The store is down.'));
    const store = { get: down, getMany: down, set: down, delete: down };
    const app = await start(MandateModule.forRoot({ ...pool, revocation: { store } }));
    const token = await local.pool().signToken({ username: 'ann' });
    expect(await answerOf(app, '/me', token)).toEqual([503, 'REVOCATION_CHECK_FAILED']);
    // #region accept
    const lenient = MandateModule.forRoot({ ...pool, revocation: { store, onUnavailable: 'accept' } });
    // #endregion
    expect(await answerOf(await start(lenient), '/me', token)).toEqual([200, { username: 'ann' }]);
  });
});
