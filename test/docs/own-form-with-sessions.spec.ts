import {
  Body,
  Controller,
  Get,
  HttpCode,
  type INestApplication,
  Module,
  Post,
  Req,
  Res,
  ValidationPipe,
} from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import type { Request, Response } from 'express';
import { type AuthenticationOutcome, CognitoAuthGuard, CognitoService, MandateModule, Public } from 'mandate';
import { AuthenticateDto, RespondToChallengeDto } from 'mandate/dto';
import {
  type BrowserSession,
  browserSession,
  BrowserSessionService,
  MandateSessionModule,
  Session,
} from 'mandate/http';
import { LocalCognito } from 'mandate/testing';

import { signingKeysPem } from '../local/signing-keys.js';
import { BrowserPage } from './support/browser-page.js';

const origin = 'https://app.example.com';
const sessionSecret = 'a secret of this test, with 32 characters';

// #region controller
@Controller('sign-in')
export class SignInController {
  constructor(
    private readonly cognito: CognitoService,
    private readonly sessions: BrowserSessionService,
  ) {}

  @Public()
  @Post()
  @HttpCode(200)
  async signIn(
    @Body() credentials: AuthenticateDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ) {
    // No other site may sign a visitor in to an account of its own.
    this.sessions.assertOwnOrigin(request);
    return this.finish(await this.cognito.authenticate(credentials), response);
  }

  @Public()
  @Post('respond')
  @HttpCode(200)
  async respond(
    @Body() { challenge, answer }: RespondToChallengeDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ) {
    this.sessions.assertOwnOrigin(request);
    return this.finish(await this.cognito.respondToChallenge(challenge, answer), response);
  }

  private async finish(outcome: AuthenticationOutcome, response: Response) {
    if (outcome.status === 'CHALLENGE') {
      return outcome;
    }
    await this.sessions.create(response, outcome.tokens);
    return { status: outcome.status };
  }
}
// #endregion

// #region sign-out
@Controller('sign-out')
export class SignOutController {
  constructor(private readonly sessions: BrowserSessionService) {}

  @Post()
  @HttpCode(204)
  async signOut(@Req() request: Request, @Res({ passthrough: true }) response: Response) {
    await this.sessions.end(request, response);
  }
}
// #endregion

@Controller('me')
class MeController {
  @Get()
  me(@Session() session: BrowserSession) {
    return session.claims;
  }
}

/** The code of docs/how-to/own-form-with-sessions.md. */
describe('docs/how-to/own-form-with-sessions.md', () => {
  let local: LocalCognito;
  let app: INestApplication;

  beforeAll(async () => {
    local = await LocalCognito.start({
      pools: [
        {
          name: 'users',
          keys: signingKeysPem(),
          users: [{ username: 'ann', password: 'Temporary-9', status: 'FORCE_CHANGE_PASSWORD' }],
        },
      ],
    });
    const pool = local.pool('users').moduleOptions();
    // #region module
    @Module({
      imports: [
        MandateModule.forRoot({ ...pool, extractors: [browserSession()], isGlobal: true }),
        MandateSessionModule.forRoot({ session: { secret: sessionSecret, origin } }),
      ],
      controllers: [SignInController, SignOutController, MeController],
      providers: [{ provide: APP_GUARD, useClass: CognitoAuthGuard }],
    })
    class AppModule {}
    // #endregion
    const module = await Test.createTestingModule({ imports: [AppModule] }).compile();
    app = module.createNestApplication({ logger: false });
    app.useGlobalPipes(new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true }));
    await app.listen(0, '127.0.0.1');
  });

  afterAll(async () => {
    await app.close();
    await local.stop();
  });

  const post = (page: BrowserPage, path: string, body: object = {}) =>
    page.fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-mandate-csrf': '1' },
      body: JSON.stringify(body),
    });

  it('starts a session after a challenge, and ends it', async () => {
    const page = new BrowserPage(app, origin);
    const credentials = { username: 'ann', password: 'Temporary-9' };
    const evil = page.from('https://evil.example', 'cross-site');
    expect((await post(evil, '/sign-in', credentials)).status).toBe(403);
    const { challenge } = (await (await post(page, '/sign-in', credentials)).json()) as { challenge: object };
    expect(challenge).toMatchObject({ name: 'NEW_PASSWORD_REQUIRED' });
    expect((await page.fetch('/me')).status).toBe(401);
    const answered = await post(page, '/sign-in/respond', { challenge, answer: { password: 'Correct-Horse-9' } });
    expect(await answered.json()).toEqual({ status: 'AUTHENTICATED' });
    expect(await (await page.fetch('/me')).json()).toEqual({ sub: expect.any(String) });
    expect((await post(page, '/sign-out')).status).toBe(204);
    expect((await page.fetch('/me')).status).toBe(401);
  });
});
