import { Body, Controller, HttpCode, type INestApplication, Post, ValidationPipe } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import {
  AccessToken,
  CognitoAuthGuard,
  CognitoExceptionFilter,
  CognitoService,
  CurrentUser,
  MandateModule,
  MaxAge,
  RequireAcr,
} from 'mandate';
import { RespondToChallengeDto } from 'mandate/dto';
import { LocalCognito } from 'mandate/testing';
import request from 'supertest';

import { signingKeysPem } from '../local/signing-keys.js';
import { signIn } from './support/sign-in.js';

// #region controller
@Controller('transfers')
export class TransfersController {
  @MaxAge(300) // a sign-in within five minutes
  @RequireAcr('urn:cognito:loa:3', 'urn:cognito:loa:4') // a passkey, or a password and a second factor
  @Post()
  @HttpCode(204)
  transfer() {
    return undefined;
  }
}
// #endregion

// #region stepup
@Controller('step-up')
export class StepUpController {
  constructor(private readonly cognito: CognitoService) {}

  @Post()
  @HttpCode(200)
  start(@AccessToken() accessToken: string, @CurrentUser('username') username: string) {
    return this.cognito.authenticate({
      flow: 'USER_AUTH',
      username,
      accessToken, // what the user has shown already counts
      targetAcrValues: ['urn:cognito:loa:3', 'urn:cognito:loa:4'],
      maxAgeSeconds: 300, // unless it is older than this
    });
  }

  @Post('answer')
  @HttpCode(200)
  answer(@Body() body: RespondToChallengeDto) {
    return this.cognito.respondToChallenge(body.challenge, body.answer);
  }
}
// #endregion

const ann = { username: 'ann', password: 'Correct-Horse-9' };
const email = 'ann@example.com';

describe('step-up authentication', () => {
  let local: LocalCognito;
  let app: INestApplication;
  let now = Date.now();
  const clock = () => now;
  const post = (path: string, token: string, body: object = {}) =>
    request(app.getHttpServer()).post(path).auth(token, { type: 'bearer' }).send(body);

  beforeAll(async () => {
    local = await LocalCognito.start({
      clock,
      pools: [
        {
          name: 'bank',
          keys: signingKeysPem(),
          mfa: { MfaConfiguration: 'OPTIONAL', EmailMfaConfiguration: { Message: '{####}', Subject: 'Your code' } },
          AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_phone_number', Priority: 1 }] },
          users: [{ ...ann, attributes: { email } }],
        },
      ],
    });
    const module = await Test.createTestingModule({
      imports: [MandateModule.forRoot({ ...local.pool().moduleOptions(), clock })],
      controllers: [TransfersController, StepUpController],
      providers: [
        { provide: APP_GUARD, useClass: CognitoAuthGuard },
        { provide: APP_FILTER, useClass: CognitoExceptionFilter },
      ],
    }).compile();
    app = module.createNestApplication({ logger: false });
    app.useGlobalPipes(new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true }));
    await app.init();
  });

  afterAll(async () => {
    await app.close();
    await local.stop();
  });

  it('is asked for, done, and good for five minutes', async () => {
    const cognito = app.get(CognitoService);
    const weak = await signIn(cognito, ann);
    await cognito.mfa.setPreference({ accessToken: weak.accessToken, email: { enabled: true } });

    const refused = await post('/transfers', weak.accessToken).expect(401);
    expect(refused.body).toMatchObject({ code: 'AUTHENTICATION_INSUFFICIENT' });
    const challenge = refused.headers['www-authenticate'];
    expect(challenge).toContain('error="insufficient_user_authentication"');
    expect(challenge).toContain('acr_values="urn:cognito:loa:3 urn:cognito:loa:4"');

    const asked = await post('/step-up', weak.accessToken).expect(200);
    expect(asked.body).toMatchObject({ status: 'CHALLENGE', challenge: { name: 'EMAIL_OTP' } });
    const code = local.outbox.latest({ to: email })?.code;
    const answered = await post('/step-up/answer', weak.accessToken, {
      challenge: asked.body.challenge,
      answer: { code },
    }).expect(200);
    const { accessToken } = answered.body.tokens;
    await post('/transfers', accessToken).expect(204);

    now += 301_000;
    const late = await post('/transfers', accessToken).expect(401);
    expect(late.headers['www-authenticate']).toContain('max_age="300"');
  });

  it('is not repeated, and fails for who has no second factor', async () => {
    const { body } = await post('/step-up', (await signInWithCode()).accessToken).expect(409);
    expect(body.code).toBe('ACR_ALREADY_REACHED');
    local.pool().createUser({ username: 'bob', password: ann.password });
    const bob = await signIn(app.get(CognitoService), { ...ann, username: 'bob' });
    expect((await post('/step-up', bob.accessToken).expect(403)).body.code).toBe('ACR_NOT_REACHED');
  });

  async function signInWithCode() {
    const cognito = app.get(CognitoService);
    const outcome = await cognito.authenticate(ann);
    if (outcome.status !== 'CHALLENGE' || outcome.challenge.name !== 'EMAIL_OTP') {
      throw new Error('Expected the second factor.');
    }
    const code = local.outbox.latest({ to: email })?.code ?? '';
    const answered = await cognito.respondToChallenge(outcome.challenge, { code });
    if (answered.status !== 'AUTHENTICATED') {
      throw new Error('Expected tokens.');
    }
    return answered.tokens;
  }
});
