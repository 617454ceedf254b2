import { Controller, Get, Injectable, Module, Req, UseGuards } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AuthGuard, PassportStrategy } from '@nestjs/passport';
import { passportJwtSecret } from 'jwks-rsa';
import { CognitoAuthGuard, CognitoJwtStrategy, CurrentUser, Groups, MandateModule, type VerifiedClaims } from 'mandate';
import { LocalCognito } from 'mandate/testing';
import { ExtractJwt, Strategy } from 'passport-jwt';

import { signingKeysPem } from '../../local/signing-keys.js';
import { get, RunningApps } from './running-app.js';

/** docs/migration/passport-jwt-and-jwks-rsa.md: the usual recipe and this package, side by side at the same pool. */
describe('the usual recipe of passport-jwt and jwks-rsa', () => {
  const apps = new RunningApps();
  let local: LocalCognito;
  let accessToken: string;
  let idToken: string;

  beforeAll(async () => {
    local = await LocalCognito.start({
      pools: [
        {
          name: 'people',
          keys: signingKeysPem(),
          clients: [{ name: 'web' }, { name: 'other-application' }],
          users: [{ username: 'ann', password: 'Correct-Horse-9', groups: ['admins'] }],
        },
      ],
    });
    accessToken = await local.pool().signToken({ username: 'ann' });
    idToken = await local.pool().signToken({ username: 'ann', tokenUse: 'id' });
  });

  afterAll(async () => {
    await apps.stop();
    await local.stop();
  });

  async function before(jwksUri = local.pool().jwksUri) {
    const { issuer } = local.pool();
    // #region before
    @Injectable()
    class JwtStrategy extends PassportStrategy(Strategy) {
      constructor() {
        super({
          jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
          secretOrKeyProvider: passportJwtSecret({ cache: true, rateLimit: true, jwksUri }),
          issuer,
          algorithms: ['RS256'],
        });
      }

      validate(payload: { sub: string; username: string }) {
        return { id: payload.sub, name: payload.username };
      }
    }

    @Controller('me')
    @UseGuards(AuthGuard('jwt'))
    class MeController {
      @Get()
      me(@Req() request: { user: { name: string } }) {
        return { name: request.user.name };
      }
    }
    // #endregion
    return apps.start({ controllers: [MeController], providers: [JwtStrategy] });
  }

  async function step() {
    const { userPoolId, clientId, ...embedded } = local.pool().moduleOptions();
    // #region step
    @Injectable()
    class UserStrategy extends CognitoJwtStrategy {
      override validate(claims: VerifiedClaims) {
        return { id: claims.sub, name: claims.username };
      }
    }

    @Controller('me')
    @UseGuards(AuthGuard('cognito'))
    class MeController {
      @Get()
      me(@Req() request: { user: { name: string } }) {
        return { name: request.user.name };
      }
    }

    @Module({
      imports: [MandateModule.forRoot({ userPoolId, clientId, ...embedded })],
      controllers: [MeController],
      providers: [UserStrategy],
    })
    class AppModule {}
    // #endregion
    return apps.start(AppModule);
  }

  async function after(jwksUri = local.pool().jwksUri) {
    const { userPoolId, clientId, ...rest } = local.pool().moduleOptions();
    const embedded = { ...rest, jwksUri };
    // #region after
    @Controller('me')
    class MeController {
      @Get()
      me(@CurrentUser('username') name: string) {
        return { name };
      }

      @Groups('admins')
      @Get('admin')
      admin(@CurrentUser('username') name: string) {
        return { name };
      }
    }

    @Module({
      imports: [MandateModule.forRoot({ userPoolId, clientId, ...embedded })], // `embedded`: for tests without AWS
      controllers: [MeController],
      providers: [{ provide: APP_GUARD, useClass: CognitoAuthGuard }],
    })
    class AppModule {}
    // #endregion
    return apps.start(AppModule);
  }

  it('admits the same access token before, between and after', async () => {
    // One after another: a process has one passport, which knows the strategies of the latest application.
    for (const start of [before, step, after]) {
      const app = await start();
      await get(app, '/me', accessToken).expect(200, { name: 'ann' });
      await get(app, '/me').expect(401);
    }
    await get(await after(), '/me/admin', accessToken).expect(200, { name: 'ann' });
  });

  it('admits an id token and one of another client before, and not after', async () => {
    const foreign = await local.pool().signToken({ username: 'ann', client: 'other-application' });
    const [old, now] = [await before(), await after()];
    await get(old, '/me', idToken).expect(200);
    await get(old, '/me', foreign).expect(200, { name: 'ann' });
    expect((await get(now, '/me', idToken).expect(401)).body.code).toBe('TOKEN_USE_REFUSED');
    expect((await get(now, '/me', foreign).expect(401)).body.code).toBe('TOKEN_CLIENT_REFUSED');
  });

  it('answers 401 without a reason before, and tells the reason after', async () => {
    const expired = await local.pool().signToken({ username: 'ann', expiresInSeconds: 0 });
    const [old, now] = [await before(), await after()];
    await get(old, '/me', expired).expect(401, { message: 'Unauthorized', statusCode: 401 });
    const refused = await get(now, '/me', expired).expect(401);
    expect(refused.body.code).toBe('TOKEN_EXPIRED');
    expect(refused.headers['www-authenticate']).toMatch(/^Bearer .*error="invalid_token"/);
  });

  it('answers 401 before and 503 after when the keys cannot be fetched', async () => {
    const nowhere = 'http://127.0.0.1:1/jwks.json';
    await get(await before(nowhere), '/me', accessToken).expect(401);
    const unavailable = await get(await after(nowhere), '/me', accessToken).expect(503);
    expect(unavailable.body.code).toBe('SIGNING_KEYS_UNAVAILABLE');
  });
});
