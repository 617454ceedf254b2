import { type CanActivate, Controller, Get, type INestApplicationContext, Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Test } from '@nestjs/testing';

import {
  AccessToken,
  type AuthenticationOutcome,
  CognitoAdminService,
  CognitoAuthGuard,
  CognitoService,
  CurrentUser,
  Groups,
  InjectCognito,
  MandateModule,
  MaxAge,
  Pool,
  Public,
  Scopes,
  type TokenSet,
  TokenUse,
} from '../../lib/index.js';
import { LocalCognito } from '../../lib/testing/index.js';

/**
 * The short pieces of code of the README, compiled and run. `readme.spec.ts` compares them with the README, region by
 * region.
 */
const password = 'Correct-Horse-9';
let local: LocalCognito;
let app: INestApplicationContext;
let cognito: CognitoService;
let admin: CognitoAdminService;

beforeAll(async () => {
  local = await LocalCognito.start({
    pools: [
      {
        name: 'default',
        AliasAttributes: ['email'],
        clients: [{ name: 'secret', secret: true }],
        users: [
          { username: 'ann', password, attributes: { email: 'your-user@email.com' } },
          { username: 'other-user', password, attributes: { email: 'other@example.com' } },
          { username: 'user.email', password, attributes: { email: 'user.email@example.com' } },
        ],
      },
      { name: 'staff' },
    ],
  });
  app = await NestFactory.createApplicationContext(MandateModule.forRoot(local.pool().moduleOptions()), {
    logger: ['error'],
  });
  cognito = app.get(CognitoService);
  admin = app.get(CognitoAdminService);
});

afterAll(async () => {
  await app.close();
  await local.stop();
});

function tokensOf(outcome: AuthenticationOutcome): TokenSet & { refreshToken: string } {
  if (outcome.status !== 'AUTHENTICATED' || outcome.tokens.refreshToken === undefined) {
    throw new Error('Expected tokens.');
  }
  return { ...outcome.tokens, refreshToken: outcome.tokens.refreshToken };
}

const signIn = async (username: string) => tokensOf(await cognito.authenticate({ username, password }));
const codeFor = (to: string) => {
  const message = local.outbox.latest({ to });
  if (message?.code === undefined) {
    throw new Error(`No code was sent to ${to}.`);
  }
  return message.code;
};

describe('the README', () => {
  it('tokens', async () => {
    const [tokens, elsewhere] = [await signIn('ann'), await signIn('ann')];
    // #region tokens
    const renewed = await cognito.renewTokens(tokens); // rotation on or off; calls that overlap share one request
    const { expired, tokens: fresh } = await cognito.checkToken(tokens); // renews when expired
    const claims = await cognito.verifyToken(tokens.idToken, { tokenUse: 'id' });
    await cognito.revokeToken(tokens.refreshToken); // ends this sign-in
    await cognito.logout(elsewhere.accessToken); // ends all sign-ins of the user
    // #endregion
    expect(renewed.accessToken).not.toBe(tokens.accessToken);
    expect({ expired, fresh }).toEqual({ expired: false, fresh: tokens });
    expect(claims.token_use).toBe('id');
  });

  it('testing', async () => {
    // #region testing
    const cognito = await LocalCognito.start({ users: [{ username: 'ann', password: 'Correct-Horse-9' }] });
    const app = await Test.createTestingModule({
      imports: [MandateModule.forRoot(cognito.pool().moduleOptions())],
    }).compile();
    await app.get(CognitoService).register({ username: 'bob', password, attributes: { email: 'bob@example.com' } });
    const code = cognito.outbox.latest({ to: 'bob@example.com' })?.code;
    await cognito.stop();
    // #endregion
    expect(code).toMatch(/^\d{6}$/);
    await app.close();
  });

  it('pools', async () => {
    const { userPoolId, clientId } = local.pool().moduleOptions();
    const { userPoolId: staffPoolId, clientId: staffClientId } = local.pool('staff').moduleOptions();
    // #region pools
    @Module({
      imports: [
        MandateModule.forRoot({ userPoolId, clientId }),
        MandateModule.forRoot({ name: 'staff', userPoolId: staffPoolId, clientId: staffClientId }),
      ],
      providers: [TwoPools],
    })
    class AppModule {}
    // #endregion
    const context = await Test.createTestingModule({ imports: [AppModule] }).compile();
    expect(context.get(TwoPools).staff).not.toBe(context.get(TwoPools).cognito);
    await context.close();
  });

  it('guard', () => {
    const guard: new (...args: never[]) => CanActivate = CognitoAuthGuard;
    expect(guard.name).toBe('CognitoAuthGuard');
    expect(Routes.name).toBe('Routes');
  });

  it('register', async () => {
    // #region register
    await cognito.register({ username: 'myuser', password, attributes: { email: 'myuser@email.com' } });
    await cognito.confirmSignUp({ username: 'myuser', code: codeFor('myuser@email.com') });
    // or, privileged:
    await admin.createUser({ username: 'invited', attributes: { email: 'invited@email.com' } });
    await cognito.register({ username: 'trusted', password });
    await admin.confirmSignUp({ username: 'trusted' });
    // #endregion
    expect(await admin.getUser('trusted')).toMatchObject({ username: 'trusted' });
  });

  it('authenticate', async () => {
    // #region authenticate
    const outcome = await cognito.authenticate({ username: 'your-user@email.com', password });
    const same = await admin.authenticate({ username: 'your-user@email.com', password });
    // #endregion
    expect([outcome.status, same.status]).toEqual(['AUTHENTICATED', 'AUTHENTICATED']);
  });

  it('forgot password', async () => {
    const newPassword = 'Another-Horse-9';
    const username = 'other-user';
    // #region forgot
    await cognito.initiateForgotPassword({ username });
    const code = codeFor('other@example.com'); // the user brings it
    await cognito.confirmForgotPassword({ username, code, password: newPassword });
    // #endregion
    const outcome = await cognito.authenticate({ username, password: newPassword });
    expect(outcome.status).toBe('AUTHENTICATED');
  });

  it('account', async () => {
    const { accessToken } = await signIn('ann');
    const newPassword = 'Another-Horse-9';
    // #region account
    const user = await cognito.getUser(accessToken);
    await cognito.changePassword({ accessToken, previousPassword: password, proposedPassword: newPassword });
    await cognito.updateProfile({ accessToken, attributes: { address: { formatted: 'foo' } } });
    await admin.updateProfile({ username: 'other-user', attributes: { gender: 'potato' } });
    // #endregion
    expect(user.username).toBe('ann');
    expect((await cognito.getUser(accessToken)).attributes.address).toEqual({ formatted: 'foo' });
    expect((await admin.getUser('other-user')).attributes.gender).toBe('potato');
  });

  it('delete', async () => {
    const { accessToken } = await signIn('user.email');
    // #region delete
    await cognito.logout(accessToken);
    await admin.deleteUser('user.email@example.com');
    // #endregion
    await expect(admin.getUser('user.email')).rejects.toMatchObject({ code: 'USER_NOT_FOUND' });
  });
});

// #region inject
@Injectable()
class TwoPools {
  constructor(
    readonly cognito: CognitoService,
    @InjectCognito('staff') readonly staff: CognitoService,
  ) {}
}
// #endregion

@Controller()
class Routes {
  // #region decorators
  @Public() // no token needed; with a good one the user is known all the same
  @Get('news')
  news(@CurrentUser('email') email: string | undefined) {
    return { email };
  }

  @Groups('admins', 'editors') // any of them; Groups.all(...), Groups.none(...); compared exactly
  @Scopes('photos/read') // all of them; Scopes.any(...)
  @MaxAge(300) // a sign-in within five minutes, else 401 insufficient_user_authentication (RFC 9470)
  @Get('photos')
  photos(@AccessToken() token: string) {
    return { length: token.length };
  }

  @TokenUse('id') // another kind of token than the pool's default
  @Pool('staff') // another pool
  @Get('staff')
  staff(@CurrentUser() user: object) {
    return user;
  }
  // #endregion
}
