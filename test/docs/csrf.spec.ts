import { Body, Controller, Get, Header, type INestApplication, Module, Post, Req, Res } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import type { Request, Response } from 'express';
import { CognitoAuthGuard, CognitoService, MandateModule, Public } from 'mandate';
import { browserSession, BrowserSessionService, MandateSessionModule } from 'mandate/http';
import { LocalCognito } from 'mandate/testing';

import { signingKeysPem } from '../local/signing-keys.js';
import { BrowserPage } from './support/browser-page.js';

const origin = 'https://app.example.com';
const sessionSecret = 'a secret of this test, with 32 characters';
const ANN = { username: 'ann', password: 'Correct-Horse-9' };

// #region form
@Controller('settings')
export class SettingsController {
  constructor(private readonly sessions: BrowserSessionService) {}

  @Get()
  @Header('Content-Type', 'text/html; charset=utf-8')
  async form(@Req() request: Request) {
    const token = await this.sessions.csrfToken(request);
    return `<form method="post" action="/settings">
      <input type="hidden" name="_csrf" value="${token ?? ''}">
      <label>Nickname <input name="nickname"></label> <button>Save</button>
    </form>`;
  }

  @Post()
  save(@Body('nickname') nickname: string) {
    return { nickname };
  }
}
// #endregion

@Controller('sign-in')
class SignInController {
  constructor(
    private readonly cognito: CognitoService,
    private readonly sessions: BrowserSessionService,
  ) {}

  @Public()
  @Post()
  async signIn(@Req() request: Request, @Res({ passthrough: true }) response: Response) {
    this.sessions.assertOwnOrigin(request);
    const outcome = await this.cognito.authenticate(ANN);
    if (outcome.status === 'AUTHENTICATED') {
      await this.sessions.create(response, outcome.tokens);
    }
  }
}

/** The code of docs/how-to/csrf.md. */
describe('docs/how-to/csrf.md', () => {
  let local: LocalCognito;
  let app: INestApplication;
  let page: BrowserPage;

  beforeAll(async () => {
    local = await LocalCognito.start({ pools: [{ name: 'users', keys: signingKeysPem(), users: [ANN] }] });
    const pool = local.pool('users').moduleOptions();
    @Module({
      imports: [
        MandateModule.forRoot({ ...pool, extractors: [browserSession()], isGlobal: true }),
        // #region module
        MandateSessionModule.forRoot({
          session: { secret: sessionSecret, origin, csrf: { doubleSubmit: true } },
        }),
        // #endregion
      ],
      controllers: [SettingsController, SignInController],
      providers: [{ provide: APP_GUARD, useClass: CognitoAuthGuard }],
    })
    class AppModule {}
    const module = await Test.createTestingModule({ imports: [AppModule] }).compile();
    app = module.createNestApplication();
    await app.listen(0, '127.0.0.1');
    page = new BrowserPage(app, origin);
    await page.fetch('/sign-in', { method: 'POST' });
  });

  afterAll(async () => {
    await app.close();
    await local.stop();
  });

  const submit = (fields: Record<string, string>, from = page) =>
    from.fetch('/settings', { method: 'POST', body: new URLSearchParams(fields) });

  it('accepts a form of an own page, with the token of the session', async () => {
    const markup = await (await page.fetch('/settings')).text();
    const [, token = ''] = /name="_csrf" value="([^"]+)"/.exec(markup) ?? [];
    const saved = await submit({ nickname: 'Annie', _csrf: token });
    expect([saved.status, await saved.json()]).toEqual([201, { nickname: 'Annie' }]);
  });

  it('refuses a form without the token, or with another', async () => {
    for (const fields of [{ nickname: 'Mallory' }, { nickname: 'Mallory', _csrf: 'guessed' }]) {
      const refused = await submit(fields);
      expect([refused.status, await refused.json()]).toMatchObject([403, { code: 'CSRF_CHECK_FAILED' }]);
    }
  });

  it('accepts a script of an own page that sends the header, and no page of another site', async () => {
    const headers = { 'x-mandate-csrf': '1' };
    expect((await page.fetch('/settings', { method: 'POST', headers })).status).toBe(201);
    const evil = page.from('https://evil.example', 'cross-site');
    expect((await evil.fetch('/settings', { method: 'POST', headers })).status).toBe(403);
    expect((await evil.fetch('/settings')).status).toBe(200);
  });
});
