import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

import {
  type AuthenticationOutcome,
  CognitoAdminService,
  CognitoService,
  MandateModule,
  type TokenSet,
} from '../../lib/index.js';
import { LocalCognito } from '../../lib/local/local-cognito.js';
import { totpCode, totpStep } from '../../lib/protocol/totp.js';
import { signingKeysPem } from '../local/signing-keys.js';

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
        keys: signingKeysPem(),
        AliasAttributes: ['email'],
        clients: [{ name: 'secret', secret: true }],
        users: [
          { username: 'ann', password, attributes: { email: 'your-user@email.com' } },
          { username: 'bea', password },
        ],
      },
      {
        name: 'staff',
        keys: signingKeysPem(),
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
/** What the authenticator app shows. */
const totpOf = (uri: string) => totpCode(new URL(uri).searchParams.get('secret') ?? '', totpStep(Date.now()));

describe('the README', () => {
  it('sign-up and sign-in', async () => {
    const email = 'bob@example.com';
    const codeFromTheEmail = () => local.outbox.latest({ to: email })?.code ?? 'no code';
    // #region sign-in
    await cognito.register({ username: 'bob', password, attributes: { email } });
    await cognito.confirmSignUp({ username: 'bob', code: codeFromTheEmail() });
    const outcome = await cognito.authenticate({ username: email, password }); // by SRP; here by an alias
    // #endregion
    expect(tokensOf(outcome).accessToken).toEqual(expect.any(String));
  });

  it('tokens', async () => {
    const [tokens, elsewhere] = [await signIn('ann'), await signIn('ann')];
    // #region tokens
    const renewed = await cognito.renewTokens(tokens); // rotation on or off; calls that overlap share one request
    const { expired, tokens: fresh } = await cognito.checkToken(tokens); // renews when expired
    const claims = await cognito.verifyToken(tokens.idToken, { tokenUse: 'id' });
    await cognito.revokeToken(tokens.refreshToken, tokens); // ends this sign-in
    await cognito.logout(elsewhere.accessToken); // ends all sign-ins of the user
    // #endregion
    expect(renewed.accessToken).not.toBe(tokens.accessToken);
    expect({ expired, fresh }).toEqual({ expired: false, fresh: tokens });
    expect(claims.token_use).toBe('id');
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
    const authenticatorApp = jest.fn<Promise<string>, [string]>((uri) => Promise.resolve(totpOf(uri)));
    // #region mfa
    const { otpauthUri } = await cognito.mfa.associateSoftwareToken({ accessToken, issuer: 'My app' });
    const code = await authenticatorApp(otpauthUri); // show it as a QR code; the user types in what the app shows
    await cognito.mfa.verifySoftwareToken({ accessToken, code });
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
    const store = {
      save: jest.fn<Promise<void>, [TokenSet]>(),
      load: () => tokens,
      drop: jest.fn<Promise<void>, []>(),
    };
    // #region session
    const session = cognito.withTokens(tokens, {
      onRenewed: (renewed) => store.save(renewed), // awaited before the renewed tokens are used
      reload: () => store.load(), // what another instance may have stored, before the token session ends
      onEnded: () => store.drop(), // after logout or deleteUser, or when the refresh token is refused for good
    });
    const user = await session.getUser(); // renews the tokens shortly before they expire
    await session.logout();
    // #endregion
    expect(user.username).toBe('ann');
    expect(store.drop).toHaveBeenCalledTimes(1);
  });

  it('account', async () => {
    const { accessToken } = await signIn('bea');
    const newPassword = 'Another-Horse-9';
    // #region account
    const user = await cognito.getUser(accessToken);
    await cognito.updateProfile({ accessToken, attributes: { address: { formatted: '1 Main St' } } });
    await cognito.changePassword({ accessToken, previousPassword: password, proposedPassword: newPassword });
    // #endregion
    expect(user.username).toBe('bea');
    expect((await cognito.getUser(accessToken)).attributes.address).toEqual({ formatted: '1 Main St' });
    await expect(cognito.authenticate({ username: 'bea', password: newPassword })).resolves.toMatchObject({
      status: 'AUTHENTICATED',
    });
  });

  it('administration', async () => {
    await cognito.register({ username: 'cid', password });
    const usernames: string[] = [];
    // #region admin
    await admin.createUser({ username: 'invited', attributes: { email: 'invited@example.com' } });
    await admin.confirmSignUp({ username: 'cid' });
    await admin.groups.create({ name: 'editors' });
    await admin.groups.addUser({ username: 'cid', group: 'editors' });
    for await (const user of admin.getUsers({ filter: { attribute: 'email', startsWith: 'invited@' } })) {
      usernames.push(user.username);
    }
    await admin.deleteUser('invited'); // the username, the sub or a verified alias
    // #endregion
    expect(usernames).toEqual(['invited']);
    expect(tokensOf(await cognito.authenticate({ username: 'cid', password }))).toBeDefined();
    await expect(admin.getUser('invited')).rejects.toMatchObject({ code: 'USER_NOT_FOUND' });
  });
});

/** Of the pool with second factors and devices. */
async function staffService(): Promise<CognitoService> {
  const module = MandateModule.forRoot(local.pool('staff').moduleOptions());
  const context = await NestFactory.createApplicationContext(module, { logger: false });
  contexts.push(context);
  return context.get(CognitoService);
}
