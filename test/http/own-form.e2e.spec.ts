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
import request from 'supertest';

import { AuthenticateDto } from '../../lib/dto/index.js';
import {
  type BrowserSession,
  browserSession,
  BrowserSessionService,
  MandateOAuthModule,
  Session,
} from '../../lib/http/index.js';
import {
  bearerToken,
  CognitoAuthGuard,
  CognitoOAuthService,
  CognitoService,
  MandateModule,
  Public,
} from '../../lib/index.js';
import { LocalCognito } from '../../lib/local/local-cognito.js';
import { signingKeysPem } from '../local/signing-keys.js';

/** Code of docs/how-to/managed-login.md and the README, compiled and run. */
const ORIGIN = 'https://app.example.com';
const ANN = { username: 'ann', password: 'Correct-Horse-9', attributes: { email: 'ann@example.com' } };

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
    const outcome = await this.cognito.authenticate(credentials);
    if (outcome.status === 'CHALLENGE') {
      return outcome;
    }
    await this.sessions.create(response, outcome.tokens);
    return { status: outcome.status };
  }
}
// #endregion

// #region session
@Controller('me')
class MeController {
  @Get()
  me(@Session() session: BrowserSession) {
    return session.claims; // of the id token, those that `keep` names
  }
}
// #endregion

describe('docs/how-to/managed-login.md', () => {
  let local: LocalCognito;
  let app: INestApplication;

  beforeAll(async () => {
    local = await LocalCognito.start({
      pools: [
        {
          name: 'web',
          keys: signingKeysPem(),
          clients: [
            {
              name: 'backend',
              secret: true,
              AllowedOAuthFlowsUserPoolClient: true,
              AllowedOAuthFlows: ['code'],
              AllowedOAuthScopes: ['openid', 'email', 'aws.cognito.signin.user.admin'],
              CallbackURLs: [`${ORIGIN}/auth/callback`],
              LogoutURLs: [`${ORIGIN}/`],
              SupportedIdentityProviders: ['COGNITO'],
            },
          ],
          users: [ANN],
        },
      ],
    });
    const { userPoolId, clientId, clientSecret, ...embedded } = local.pool('web').moduleOptions();
    const [domain, origin] = [local.endpoint, ORIGIN];
    const sessionSecret = 'a secret of this test, with 32 characters';
    // #region module
    @Module({
      imports: [
        MandateModule.forRoot({
          userPoolId,
          clientId,
          clientSecret,
          oauth: { domain, redirectUri: `${origin}/auth/callback`, logoutUri: `${origin}/` },
          extractors: [bearerToken(), browserSession()],
          isGlobal: true,
          ...embedded, // for an embedded Cognito only
        }),
        // GET /auth/login, GET /auth/callback, POST /auth/logout, GET /auth/session
        MandateOAuthModule.forRoot({ session: { secret: sessionSecret, keep: ['email'] } }),
      ],
      controllers: [SignInController, MeController],
      providers: [{ provide: APP_GUARD, useClass: CognitoAuthGuard }],
    })
    class AppModule {}
    // #endregion
    const module = await Test.createTestingModule({ imports: [AppModule] }).compile();
    app = module.createNestApplication({ logger: false });
    app.useGlobalPipes(new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true }));
    await app.init();
  });

  afterAll(async () => {
    await app.close();
    await local.stop();
  });

  const cookiesOf = ({ headers }: request.Response): string => {
    const lines: string[] = [headers['set-cookie'] ?? []].flat();
    return lines.map((line) => line.split(';')[0]).join('; ');
  };

  it('signs in with a form of its own, into a session of the same kind', async () => {
    const post = (headers: Record<string, string>) =>
      request(app.getHttpServer())
        .post('/sign-in')
        .set(headers)
        .send({ username: ANN.username, password: ANN.password });
    await post({ 'sec-fetch-site': 'cross-site' }).expect(403);
    const response = await post({ 'sec-fetch-site': 'same-origin' }).expect(200, { status: 'AUTHENTICATED' });
    await request(app.getHttpServer())
      .get('/me')
      .set('cookie', cookiesOf(response))
      .expect(200)
      .expect(({ body }) => {
        expect(body).toEqual({ sub: expect.any(String), email: ANN.attributes.email });
      });
  });

  it('speaks the protocol without routes', async () => {
    const oauth = app.get(CognitoOAuthService);
    const browser = async (url: string) => new URL(await local.oauthCode('ann', url));
    // #region oauth
    const { url, transaction } = await oauth.startLogin({ identityProvider: 'COGNITO', lang: 'fr' });
    const callback = await browser(url); // sends the user there, and receives them back
    const tokens = await oauth.completeLogin(callback.searchParams, transaction);
    const renewed = await oauth.renewTokens(tokens.refreshToken ?? '');
    const { email } = await oauth.getUserInfo(renewed.accessToken);
    await oauth.revokeToken(renewed.refreshToken, renewed);
    // #endregion
    expect(email).toBe(ANN.attributes.email);
  });

  it('is tested without a person at the pages', async () => {
    const server = app.getHttpServer();
    // #region test
    const started = await request(server).get('/auth/login?returnTo=/orders').expect(303);
    const callback = new URL(await local.oauthCode('ann', started.get('location') ?? ''));
    const signedIn = await request(server)
      .get(`/auth/callback${callback.search}`)
      .set('cookie', cookiesOf(started))
      .expect(200);
    await request(server).get('/me').set('cookie', cookiesOf(signedIn)).expect(200);
    // #endregion
  });
});
