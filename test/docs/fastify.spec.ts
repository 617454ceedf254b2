import cookie from '@fastify/cookie';
import { Controller, Get, HttpCode, Module, Post, Res } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  AccessToken,
  bearerToken,
  CognitoAuthGuard,
  CognitoExceptionFilter,
  cookieToken,
  CurrentUser,
  MandateModule,
} from 'mandate';
import { TestTokenIssuer } from 'mandate/testing';
import request from 'supertest';

import { signingKeysPem } from '../local/signing-keys.js';
import { answerOf } from './support/start-app.js';

interface Reply {
  setCookie(name: string, value: string, options: object): unknown;
}

@Controller()
class MeController {
  @Get('me')
  me(@CurrentUser('username') username: string) {
    return { username };
  }

  @Post('remember')
  @HttpCode(204)
  remember(@AccessToken() token: string, @Res({ passthrough: true }) reply: Reply): void {
    reply.setCookie('token', token, { signed: true, httpOnly: true, secure: true, sameSite: 'strict' });
  }
}

describe('Fastify', () => {
  let issuer: TestTokenIssuer;
  let app: NestFastifyApplication;

  beforeAll(async () => {
    issuer = await TestTokenIssuer.create({ keys: signingKeysPem() });
    const pool = issuer.moduleOptions();
    const cookieSecret = 'a secret of this test, which signs cookies';
    @Module({
      imports: [
        // #region extractors
        MandateModule.forRoot({ ...pool, extractors: [bearerToken(), cookieToken('token', { signed: true })] }),
        // #endregion
      ],
      controllers: [MeController],
      providers: [
        { provide: APP_GUARD, useClass: CognitoAuthGuard },
        { provide: APP_FILTER, useClass: CognitoExceptionFilter },
      ],
    })
    class AppModule {}
    // #region main
    app = await NestFactory.create<NestFastifyApplication>(AppModule, new FastifyAdapter(), { logger: ['error'] });
    await app.register(cookie, { secret: cookieSecret }); // for cookies of your own only
    await app.listen(0, '127.0.0.1');
    // #endregion
  });

  afterAll(() => app.close());

  it('is guarded', async () => {
    expect(await answerOf(app, '/me', issuer.signToken({ username: 'ann' }))).toEqual([200, { username: 'ann' }]);
    expect(await answerOf(app, '/me')).toEqual([401, 'TOKEN_MISSING']);
  });

  it('reads signed cookies', async () => {
    const server = app.getHttpServer();
    const token = issuer.signToken({ username: 'ann' });
    const { headers } = await request(server).post('/remember').auth(token, { type: 'bearer' }).expect(204);
    const [line = ''] = headers['set-cookie'] as unknown as string[];
    const [pair = ''] = line.split(';');
    await request(server).get('/me').set('cookie', pair).expect(200, { username: 'ann' });
    await request(server).get('/me').set('cookie', `token=${token}`).expect(401);
  });
});
