import { Body, Controller, Get, HttpCode, type INestApplication, Module, Patch, ValidationPipe } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { AccessToken, CognitoAuthGuard, CognitoExceptionFilter, CognitoService, MandateModule } from 'mandate';
import { UpdateProfileDto } from 'mandate/dto';
import { LocalCognito } from 'mandate/testing';
import request from 'supertest';

import { signingKeysPem } from '../local/signing-keys.js';
import { AuthController } from '../package/readme/auth.controller.js';

// #region account
@Controller('account')
export class AccountController {
  constructor(private readonly cognito: CognitoService) {}

  @Get()
  get(@AccessToken() accessToken: string) {
    return this.cognito.getUser(accessToken);
  }

  @Patch()
  @HttpCode(204)
  async update(@AccessToken() accessToken: string, @Body() { attributes }: UpdateProfileDto) {
    await this.cognito.updateProfile({ accessToken, attributes });
  }
}
// #endregion

const eve = { username: 'eve', password: 'Correct-Horse-9' };
let local: LocalCognito;
let app: INestApplication;

beforeAll(async () => {
  local = await LocalCognito.start({ pools: [{ name: 'users', keys: signingKeysPem(), clients: [{ name: 'web' }] }] });
  const mandate = MandateModule.forRoot(local.pool().moduleOptions());
  // #region filter
  @Module({
    imports: [mandate],
    controllers: [AuthController, AccountController],
    providers: [
      { provide: APP_GUARD, useClass: CognitoAuthGuard },
      { provide: APP_FILTER, useClass: CognitoExceptionFilter },
    ],
  })
  class AppModule {}
  // #endregion
  const module = await Test.createTestingModule({ imports: [AppModule] }).compile();
  app = module.createNestApplication();
  app.useGlobalPipes(new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true }));
  await app.init();
});

afterAll(async () => {
  await app.close();
  await local.stop();
});

const post = (path: string, body: object) => request(app.getHttpServer()).post(path).send(body);

describe('docs/getting-started/controllers-of-your-own.md', () => {
  it('shows a controller that signs up, confirms and signs in', async () => {
    await post('/auth/register', { ...eve, attributes: { email: 'eve@example.com' } }).expect(201);
    await post('/auth/authenticate', eve).expect(403, /USER_NOT_CONFIRMED/);
    await post('/auth/confirm', { username: 'eve', code: local.outbox.latest()?.code }).expect(204);
    const { body } = await post('/auth/authenticate', eve).expect(200);
    const { accessToken } = (body as { tokens: { accessToken: string } }).tokens;
    const account = () => request(app.getHttpServer()).get('/account').auth(accessToken, { type: 'bearer' });
    await request(app.getHttpServer())
      .patch('/account')
      .auth(accessToken, { type: 'bearer' })
      .send({ attributes: { name: 'Eve' } })
      .expect(204);
    expect((await account().expect(200)).body).toMatchObject({ username: 'eve', attributes: { name: 'Eve' } });
  });

  it('refuses members that the body does not have', async () => {
    await post('/auth/authenticate', { ...eve, flow: 'USER_PASSWORD_AUTH' }).expect(400);
  });
});
