import { type CanActivate, Controller, Get, type INestApplicationContext, Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import Keyv from 'keyv';

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
import { totpCode, totpStep } from '../../lib/protocol/totp.js';
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
const contexts: INestApplicationContext[] = [];

beforeAll(async () => {
  local = await LocalCognito.start({
    pools: [
      {
        name: 'default',
        AliasAttributes: ['email'],
        clients: [{ name: 'secret', secret: true }],
        users: [
          { username: 'ann', password, attributes: { email: 'your-user@email.com' } },
          { username: 'bea', password },
          { username: 'other-user', password, attributes: { email: 'other@example.com' } },
          { username: 'user.email', password, attributes: { email: 'user.email@example.com' } },
        ],
      },
      {
        name: 'staff',
        mfa: { MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } },
        DeviceConfiguration: { ChallengeRequiredOnNewDevice: true },
        users: [
          { username: 'eve', password, attributes: { email: 'eve@example.com' } },
          { username: 'new', password: 'Temporary-9', status: 'FORCE_CHANGE_PASSWORD' },
        ],
      },
    ],
  });
  app = await NestFactory.createApplicationContext(MandateModule.forRoot(local.pool().moduleOptions()), {
    logger: ['error'],
  });
  cognito = app.get(CognitoService);
  admin = app.get(CognitoAdminService);
});

afterAll(async () => {
  await Promise.all(contexts.map((context) => context.close()));
  await app.close();
  await local.stop();
});

function tokensOf(outcome: AuthenticationOutcome): TokenSet {
  if (outcome.status !== 'AUTHENTICATED') {
    throw new Error('Expected tokens.');
  }
  return outcome.tokens;
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

  it('challenge', async () => {
    const cognito = await staffService();
    const newPassword = 'Another-Horse-9';
    // #region challenge
    let outcome = await cognito.authenticate({ username: 'new', password: 'Temporary-9' });
    if (outcome.status === 'CHALLENGE' && outcome.challenge.name === 'NEW_PASSWORD_REQUIRED') {
      // challenge.parameters.requiredAttributes: those that the user still lacks, to be given as `attributes`
      outcome = await cognito.respondToChallenge(outcome.challenge, { password: newPassword });
    }
    // #endregion
    expect(outcome.status).toBe('AUTHENTICATED');
  });

  it('second factors and devices', async () => {
    const cognito = await staffService();
    const first = await cognito.authenticate({ username: 'eve', password });
    const { accessToken } = tokensOf(first);
    const codeOf = (secretCode: string) => totpCode(secretCode, totpStep(Date.now()));
    // #region mfa
    const { secretCode, otpauthUri } = await cognito.mfa.associateSoftwareToken({ accessToken, issuer: 'My app' });
    // show otpauthUri as a QR code; the user types in the code that the authenticator app shows
    await cognito.mfa.verifySoftwareToken({ accessToken, code: codeOf(secretCode) });
    await cognito.mfa.setPreference({ accessToken, softwareToken: { enabled: true, preferred: true } });
    // #endregion
    expect(otpauthUri).toMatch(/^otpauth:\/\/totp\/My%20app/);
    const newDevice = first.status === 'AUTHENTICATED' ? first.newDevice : undefined;
    if (newDevice === undefined) {
      throw new Error('Expected a new device.');
    }
    // #region device
    const { device } = await cognito.devices.confirm({ accessToken, newDevice, name: 'My laptop' });
    // store `device` for this browser; the next sign-in from it needs no second factor
    const again = await cognito.authenticate({ username: 'eve', password, device });
    // #endregion
    expect(again.status).toBe('AUTHENTICATED');
    const elsewhere = await cognito.authenticate({ username: 'eve', password });
    expect(elsewhere).toMatchObject({ challenge: { name: 'SOFTWARE_TOKEN_MFA' } });
  });

  it('session', async () => {
    const tokens = await signIn('ann');
    const store = { save: jest.fn<Promise<void>, [TokenSet]>(), drop: jest.fn<Promise<void>, []>() };
    // #region session
    const session = cognito.session(tokens, {
      onRenewed: (renewed) => store.save(renewed), // awaited before the renewed tokens are used
      onEnded: () => store.drop(), // Cognito refused the refresh token for good
    });
    const user = await session.getUser(); // renews the tokens shortly before they expire
    await session.logout();
    // #endregion
    expect(user.username).toBe('ann');
    expect(store.drop).toHaveBeenCalledTimes(1);
  });

  it('revocation', async () => {
    const options = local.pool().moduleOptions();
    // #region revocation
    const keyv = new Keyv(); // new Keyv(new KeyvRedis('redis://...')) is shared by all instances
    const registration = MandateModule.forRoot({ ...options, revocation: { store: keyv } });
    // #endregion
    const app = await NestFactory.createApplicationContext(registration, { logger: false });
    const service = app.get(CognitoService);
    const { accessToken } = tokensOf(await service.authenticate({ username: 'ann', password }));
    await service.verifyToken(accessToken);
    await service.logout(accessToken);
    await expect(service.verifyToken(accessToken)).rejects.toMatchObject({ code: 'TOKEN_REVOKED' });
    await app.close();
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
    const { accessToken } = await signIn('bea');
    const newPassword = 'Another-Horse-9';
    // #region account
    const user = await cognito.getUser(accessToken);
    await cognito.changePassword({ accessToken, previousPassword: password, proposedPassword: newPassword });
    await cognito.updateProfile({ accessToken, attributes: { address: { formatted: 'foo' } } });
    await admin.updateProfile({ username: 'other-user', attributes: { gender: 'potato' } });
    // #endregion
    expect(user.username).toBe('bea');
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

/** Of the pool with second factors and devices. */
async function staffService(): Promise<CognitoService> {
  const module = MandateModule.forRoot(local.pool('staff').moduleOptions());
  const context = await NestFactory.createApplicationContext(module, { logger: false });
  contexts.push(context);
  return context.get(CognitoService);
}

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
