import { Controller, Get, type INestApplication } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import {
  AccessToken,
  type ClaimsOf,
  CognitoAuthGuard,
  CognitoService,
  CurrentUser,
  type IdTokenClaims,
  MandateModule,
  TokenUse,
} from 'mandate';
import { LocalCognito } from 'mandate/testing';

import { signingKeysPem } from '../local/signing-keys.js';
import { signIn } from './support/sign-in.js';
import { answerOf, startApp } from './support/start-app.js';

// #region controller
@Controller()
export class ProfileController {
  constructor(private readonly cognito: CognitoService) {}

  @Get('me') // an access token, as everywhere unless something else is said
  me(@CurrentUser(['sub', 'username', 'groups']) user: ClaimsOf<'sub' | 'username' | 'groups'>) {
    return { username: user.username, groups: user.groups ?? [] };
  }

  @TokenUse('id')
  @Get('greeting')
  greeting(@CurrentUser() user: IdTokenClaims) {
    return { hello: user.email };
  }

  @Get('profile') // the attributes as they are now, from Cognito
  async profile(@AccessToken() accessToken: string) {
    const { attributes } = await this.cognito.getUser(accessToken);
    return { email: attributes.email };
  }
}
// #endregion

const ann = { username: 'ann', password: 'Correct-Horse-9' };

describe('id tokens and access tokens', () => {
  let local: LocalCognito;
  let app: INestApplication;

  beforeAll(async () => {
    local = await LocalCognito.start({
      pools: [
        {
          name: 'shop',
          keys: signingKeysPem(),
          groups: [{ name: 'staff', precedence: 1, roleArn: 'arn:aws:iam::123456789012:role/staff' }],
          users: [{ ...ann, groups: ['staff'], attributes: { email: 'ann@example.com' } }],
        },
      ],
    });
    app = await startApp({
      imports: [MandateModule.forRoot(local.pool().moduleOptions())],
      controllers: [ProfileController],
      providers: [{ provide: APP_GUARD, useClass: CognitoAuthGuard }],
    });
  });

  afterAll(async () => {
    await app.close();
    await local.stop();
  });

  it('are told apart', async () => {
    const { accessToken, idToken = '' } = await signIn(app.get(CognitoService), ann);
    expect(await answerOf(app, '/me', accessToken)).toEqual([200, { username: 'ann', groups: ['staff'] }]);
    expect(await answerOf(app, '/me', idToken)).toEqual([401, 'TOKEN_USE_REFUSED']);
    expect(await answerOf(app, '/greeting', idToken)).toEqual([200, { hello: 'ann@example.com' }]);
    expect(await answerOf(app, '/greeting', accessToken)).toEqual([401, 'TOKEN_USE_REFUSED']);
    expect(await answerOf(app, '/profile', accessToken)).toEqual([200, { email: 'ann@example.com' }]);
  });

  it('have the claims of the table', async () => {
    const cognito = app.get(CognitoService);
    const { accessToken, idToken = '' } = await signIn(cognito, ann);
    const access = Object.keys(await cognito.verifyToken(accessToken));
    const id = Object.keys(await cognito.verifyToken(idToken, { tokenUse: 'id' }));
    const both = ['sub', 'iss', 'exp', 'iat', 'auth_time', 'jti', 'origin_jti', 'cognito:groups', 'token_use'];
    expect(access).toEqual(expect.arrayContaining([...both, 'client_id', 'username', 'scope']));
    expect(id).toEqual(
      expect.arrayContaining([
        ...both,
        'aud',
        'cognito:username',
        'email',
        'email_verified',
        'cognito:roles',
        'cognito:preferred_role',
      ]),
    );
    for (const name of ['aud', 'email', 'cognito:roles', 'cognito:username']) {
      expect(access).not.toContain(name);
    }
    for (const name of ['client_id', 'scope', 'username']) {
      expect(id).not.toContain(name);
    }
  });
});
