import { Body, Controller, Get, type INestApplication, Module, Post, Req, Res } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import type { Request, Response } from 'express';
import { Keyv } from 'keyv';
import { CognitoAuthGuard, CognitoService, CurrentUser, MandateModule, Public } from 'mandate';
import { BrowserSessionService, MandateSessionModule } from 'mandate/http';
import { LocalCognito } from 'mandate/testing';
import request from 'supertest';

import { signingKeysPem } from '../local/signing-keys.js';

const ann = { username: 'ann', password: 'Correct-Horse-9' };
const ORIGIN = 'https://app.example.com';

@Controller()
class SignInController {
  constructor(
    private readonly cognito: CognitoService,
    private readonly sessions: BrowserSessionService,
  ) {}

  @Public()
  @Post('sign-in')
  async signIn(@Body() body: typeof ann, @Req() req: Request, @Res({ passthrough: true }) response: Response) {
    this.sessions.assertOwnOrigin(req);
    const outcome = await this.cognito.authenticate(body);
    return outcome.status === 'AUTHENTICATED' ? this.sessions.create(response, outcome.tokens) : outcome;
  }

  @Get('me')
  me(@CurrentUser('username') username: string) {
    return { username };
  }

  @Post('orders')
  order() {
    return { ordered: true };
  }
}

let local: LocalCognito;
let app: INestApplication;
let sub: string;

beforeAll(async () => {
  local = await LocalCognito.start({
    pools: [{ name: 'users', keys: signingKeysPem(), clients: [{ name: 'web', secret: true }], users: [ann] }],
  });
  const pool = local.pool().moduleOptions();
  const [current, previous] = ['a secret of this test, with 32 characters', 'the secret before it, with 32 characters'];
  const [origin, store] = [ORIGIN, new Keyv()];
  // #region module
  @Module({
    imports: [
      MandateModule.forRoot(pool),
      MandateSessionModule.forRoot({
        session: {
          secret: [current, previous],
          origin,
          store, // new Keyv(new KeyvRedis(url)) of @keyv/redis
          keep: ['email'],
          idle: 24 * 60 * 60 * 1000, // a day
          csrf: { origins: ['https://admin.example.com'] },
        },
      }),
    ],
    controllers: [SignInController],
    providers: [{ provide: APP_GUARD, useClass: CognitoAuthGuard }],
  })
  class AppModule {}
  // #endregion
  const module = await Test.createTestingModule({ imports: [AppModule] }).compile();
  app = await module.createNestApplication().init();
});

afterAll(async () => {
  await app.close();
  await local.stop();
});

const server = () => request(app.getHttpServer());

async function signIn(): Promise<string> {
  const response = await server().post('/sign-in').set('origin', ORIGIN).send(ann).expect(201);
  sub = (response.body as { sub: string }).sub;
  return [response.get('set-cookie') ?? []]
    .flat()
    .map((line) => line.replace(/;.*/, ''))
    .join('; ');
}

describe('docs/reference/session-options.md', () => {
  it('shows a session of an own form', async () => {
    const cookie = await signIn();
    expect(cookie).toMatch(/^__Host-Http-mandate=/);
    await server().get('/me').set('cookie', cookie).expect(200, { username: 'ann' });
  });

  it('requires the header, and an own or listed origin', async () => {
    const cookie = await signIn();
    const order = (headers: Record<string, string>) =>
      server()
        .post('/orders')
        .set({ cookie, ...headers });
    await order({ origin: ORIGIN }).expect(403, /CSRF_CHECK_FAILED/);
    await order({ origin: 'https://evil.example', 'x-mandate-csrf': '1' }).expect(403, /CSRF_CHECK_FAILED/);
    await order({ origin: 'https://admin.example.com', 'x-mandate-csrf': '1' }).expect(201);
    await order({ origin: ORIGIN, 'x-mandate-csrf': '1' }).expect(201);
  });

  it('ends the sessions of a user by the store', async () => {
    const cookie = await signIn();
    await app.get(BrowserSessionService).endAll(sub);
    await server().get('/me').set('cookie', cookie).expect(401);
  });
});
