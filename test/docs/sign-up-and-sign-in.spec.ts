import { Body, Controller, Get, HttpCode, type INestApplication, Post, ValidationPipe } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import {
  AccessToken,
  CognitoAuthGuard,
  CognitoExceptionFilter,
  CognitoService,
  CurrentUser,
  MandateModule,
  Public,
  type TokenSet,
} from 'mandate';
import {
  AuthenticateDto,
  ConfirmSignUpDto,
  RegisterDto,
  RenewTokensDto,
  ResendConfirmationCodeDto,
  RespondToChallengeDto,
} from 'mandate/dto';
import { LocalCognito } from 'mandate/testing';
import request from 'supertest';

import { signingKeysPem } from '../local/signing-keys.js';

// #region controller
@Controller('auth')
export class AuthController {
  constructor(private readonly cognito: CognitoService) {}

  @Public()
  @Post('register')
  register(@Body() body: RegisterDto) {
    return this.cognito.register(body);
  }

  @Public()
  @Post('resend-code')
  resendCode(@Body() body: ResendConfirmationCodeDto) {
    return this.cognito.resendConfirmationCode(body);
  }

  @Public()
  @Post('confirm')
  @HttpCode(204)
  async confirm(@Body() body: ConfirmSignUpDto) {
    await this.cognito.confirmSignUp(body);
  }

  @Public()
  @Post('authenticate')
  @HttpCode(200)
  authenticate(@Body() body: AuthenticateDto) {
    return this.cognito.authenticate(body); // tokens, or a challenge
  }

  @Public()
  @Post('respond')
  @HttpCode(200)
  respond(@Body() { challenge, answer, device }: RespondToChallengeDto) {
    return this.cognito.respondToChallenge(challenge, answer, { device });
  }

  @Public()
  @Post('renew')
  @HttpCode(200)
  renew(@Body() body: RenewTokensDto) {
    return this.cognito.renewTokens(body);
  }

  @Get('me')
  me(@AccessToken() accessToken: string) {
    return this.cognito.getUser(accessToken);
  }

  @Post('logout')
  @HttpCode(204)
  async logout(@AccessToken() accessToken: string) {
    await this.cognito.logout(accessToken); // all sign-ins of the user; revokeToken ends one
  }
}
// #endregion

@Controller('photos')
class PhotosController {
  @Get()
  photos(@CurrentUser('username') owner: string) {
    return { owner };
  }
}

/** The code of docs/how-to/sign-up-and-sign-in.md. */
describe('docs/how-to/sign-up-and-sign-in.md', () => {
  let local: LocalCognito;
  let app: INestApplication;

  beforeAll(async () => {
    local = await LocalCognito.start({ pools: [{ name: 'users', keys: signingKeysPem() }] });
    const module = await Test.createTestingModule({
      imports: [MandateModule.forRoot(local.pool('users').moduleOptions())],
      controllers: [AuthController, PhotosController],
      providers: [
        { provide: APP_GUARD, useClass: CognitoAuthGuard },
        { provide: APP_FILTER, useClass: CognitoExceptionFilter },
      ],
    }).compile();
    app = module.createNestApplication({ logger: false });
    // #region pipe
    app.useGlobalPipes(new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true }));
    // #endregion
    await app.init();
  });

  afterAll(async () => {
    await app.close();
    await local.stop();
  });

  const post = (path: string, body: object, token = '') =>
    request(app.getHttpServer())
      .post(`/auth/${path}`)
      .set(token === '' ? {} : { authorization: `Bearer ${token}` })
      .send(body);
  const get = (path: string, token: string) => request(app.getHttpServer()).get(path).auth(token, { type: 'bearer' });

  it('signs up, confirms, signs in, renews and signs out', async () => {
    const ann = { username: 'ann', password: 'Correct-Horse-9' };
    await post('register', { ...ann, attributes: { email: 'ann@example.com' } }).expect(201);
    const early = await post('authenticate', ann).expect(403);
    expect(early.body).toMatchObject({ code: 'USER_NOT_CONFIRMED' });
    await post('resend-code', { username: 'ann' }).expect(201);
    const code = local.outbox.latest({ to: 'ann@example.com' })?.code;
    await post('confirm', { username: 'ann', code }).expect(204);

    const { body } = await post('authenticate', ann).expect(200);
    expect(body).toMatchObject({ status: 'AUTHENTICATED' });
    const { tokens } = body as { tokens: TokenSet };
    await get('/photos', tokens.accessToken).expect(200, { owner: 'ann' });
    const { refreshToken, accessToken } = tokens;
    const renewed = (await post('renew', { refreshToken, accessToken }).expect(200)).body as TokenSet;
    const { body: user } = await get('/auth/me', renewed.accessToken).expect(200);
    expect(user).toMatchObject({ username: 'ann', attributes: { email: 'ann@example.com', email_verified: true } });
    await post('logout', {}, renewed.accessToken).expect(204);
    expect((await post('renew', { refreshToken }).expect(401)).body).toMatchObject({ code: 'REFRESH_TOKEN_REVOKED' });
  });

  it('refuses members that the bodies do not have', async () => {
    await post('authenticate', { username: 'ann', password: 'x', flow: 'CUSTOM_AUTH' }).expect(400);
  });
});
