import { Controller, Get, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { CognitoAuthGuard, CognitoService, CurrentUser, MandateModule } from 'mandate';

import { poolOf, useIdentityJs } from '../../interop/identity-js-steps.js';
import { type LocalService, startLocalService } from '../../local/local-service.js';
import { get, RunningApps } from './running-app.js';

const ann = { username: 'ann', password: 'Correct-Horse-9', attributes: { email: 'ann@example.com' } };

/** docs/migration/amazon-cognito-identity-js.md: the library, unmodified, beside this package at one pool. */
describe('amazon-cognito-identity-js', () => {
  const library = useIdentityJs();
  const apps = new RunningApps();
  let service: LocalService;

  beforeAll(async () => {
    service = await startLocalService({
      pools: [
        {
          name: 'people',
          users: [ann, { ...ann, username: 'new', status: 'FORCE_CHANGE_PASSWORD' }],
        },
      ],
    });
  });

  afterAll(async () => {
    await apps.stop();
    await service.stop();
  });

  async function start() {
    const { userPoolId, clientId, ...embedded } = service.cognito.pool().moduleOptions({ client: 'public' });
    // #region guard
    @Controller('me')
    class MeController {
      @Get()
      me(@CurrentUser('username') username: string) {
        return { username };
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

  const signIn = async (username: string) => {
    const { session } = await library.user(poolOf(service, 'people'), username).authenticateUser(ann.password);
    if (session === undefined) {
      throw new Error('Expected a session.');
    }
    return session;
  };

  it('got tokens that the guard accepts and that are renewed here', async () => {
    const app = await start();
    const { accessToken, idToken, refreshToken } = await signIn('ann');
    await get(app, '/me', accessToken.jwt).expect(200, { username: 'ann' });
    expect((await get(app, '/me', idToken.jwt).expect(401)).body.code).toBe('TOKEN_USE_REFUSED');
    const renewed = await app.get(CognitoService).renewTokens({ refreshToken });
    await get(app, '/me', renewed.accessToken).expect(200);
  });

  it('is replaced on the server', async () => {
    const cognito: CognitoService = (await start()).get(CognitoService);
    const { username, password } = ann;
    const newPassword = 'Battery-Staple-7';
    // #region after
    const outcome = await cognito.authenticate({ username, password });
    if (outcome.status === 'AUTHENTICATED') {
      const { accessToken } = outcome.tokens;
      const user = await cognito.getUser(accessToken);
      await cognito.changePassword({ accessToken, previousPassword: password, proposedPassword: newPassword });
      await cognito.logout(accessToken);
      return user.attributes.email;
    }
    // #endregion
    throw new Error(outcome.status);
  });

  it('calls back with a challenge, which is a value here', async () => {
    const step = await library.user(poolOf(service, 'people'), 'new').authenticateUser(ann.password);
    expect(step.name).toBe('newPasswordRequired');
    const cognito: CognitoService = (await start()).get(CognitoService);
    // #region challenge
    let outcome = await cognito.authenticate({ username: 'new', password: 'Correct-Horse-9' });
    if (outcome.status === 'CHALLENGE' && outcome.challenge.name === 'NEW_PASSWORD_REQUIRED') {
      outcome = await cognito.respondToChallenge(outcome.challenge, { password: 'Battery-Staple-7' });
    }
    // #endregion
    expect(outcome.status).toBe('AUTHENTICATED');
  });
});
