import { createCognitoAdminService } from '../../lib/admin/create-cognito-admin-service.js';
import type { CognitoAdminService } from '../../lib/admin/cognito-admin.service.js';
import { AppClient } from '../../lib/client/app-client.js';
import { CognitoClient } from '../../lib/client/cognito-client.js';
import type { Authenticated, AuthenticationOutcome, TokenSet } from '../../lib/protocol/authentication-outcome.js';
import { totpCode, totpStep } from '../../lib/protocol/totp.js';
import { createPoolVerifier } from '../../lib/tokens/pool-verifier.js';
import { createCognitoService } from '../../lib/user/create-cognito-service.js';
import type { CognitoService } from '../../lib/user/cognito.service.js';
import { CognitoLocalServer } from './cognito-local-server.js';

const PASSWORD = 'Correct-Horse-9';
const NEW_PASSWORD = 'Battery-Staple-9';

function tokensOf(outcome: AuthenticationOutcome): TokenSet {
  expect(outcome.status).toBe('AUTHENTICATED');
  return (outcome as Authenticated).tokens;
}

/** What cognito-local 5 cannot do is not here: SRP, secret hashes, resent codes, global sign-out, rotation, devices. */
describe.each([
  ['a username pool', [], 'ann'],
  ['a pool of e-mail addresses', ['email' as const], 'ann@example.com'],
])('cognito-local, %s', (_, usernameAttributes, username) => {
  let server: CognitoLocalServer;
  let client: CognitoClient;
  let service: CognitoService;
  let admin: CognitoAdminService;

  beforeAll(async () => {
    server = await CognitoLocalServer.start();
    const { endpoint } = server;
    client = new CognitoClient({
      region: 'local',
      endpoint,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
    const { UserPool } = await client.send('CreateUserPool', {
      PoolName: 'interop',
      UsernameAttributes: usernameAttributes,
      AutoVerifiedAttributes: ['email'],
      MfaConfiguration: 'OPTIONAL',
    });
    const userPoolId = UserPool?.Id ?? '';
    const { UserPoolClient } = await client.send('CreateUserPoolClient', {
      UserPoolId: userPoolId,
      ClientName: 'interop',
    });
    const clientId = UserPoolClient?.ClientId ?? '';
    const appClient = new AppClient({ userPoolId, clientId });
    const verifier = createPoolVerifier({
      userPoolId,
      acceptedClientIds: [clientId],
      // It writes the port that it was told into its tokens, not the one that it got.
      issuer: `http://127.0.0.1:0/${userPoolId}`,
      jwksUri: `${endpoint}/${userPoolId}/.well-known/jwks.json`,
    });
    service = createCognitoService({ client, appClient, verifier, renewalMethod: 'REFRESH_TOKEN_AUTH' });
    admin = createCognitoAdminService({ client, appClient });
  }, 30_000);

  afterAll(async () => {
    client.destroy();
    await server.stop();
  });

  const signIn = async (password: string): Promise<TokenSet> =>
    tokensOf(await service.authenticate({ flow: 'USER_PASSWORD_AUTH', username, password }));

  it('registers a user', async () => {
    const registration = await service.register({
      username,
      password: PASSWORD,
      attributes: { email: 'ann@example.com', name: 'Ann', updated_at: 1_700_000_000 },
    });

    expect(registration).toMatchObject({
      confirmed: false,
      userSub: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      delivery: { medium: 'EMAIL', attribute: 'email' },
    });
  });

  it('refuses a wrong code and an unconfirmed user', async () => {
    await expect(service.confirmSignUp({ username, code: 'wrong' })).rejects.toMatchObject({ code: 'CODE_MISMATCH' });
    await expect(signIn(PASSWORD)).rejects.toMatchObject({ code: 'USER_NOT_CONFIRMED' });
  });

  it('confirms with the code', async () => {
    await expect(service.confirmSignUp({ username, code: await server.code() })).resolves.toEqual({});
  });

  it('refuses a wrong password', async () => {
    await expect(signIn('Wrong-Horse-9')).rejects.toMatchObject({ message: 'Invalid password' });
  });

  it('signs in, and its token passes the verifier', async () => {
    const tokens = await signIn(PASSWORD);

    expect(tokens.expiresAt).toBeGreaterThan(Date.now());
    await expect(service.verifyToken(tokens.accessToken)).resolves.toMatchObject({ token_use: 'access' });
  });

  it('reads the user with typed attributes', async () => {
    const { accessToken } = await signIn(PASSWORD);

    const user = await service.getUser(accessToken);

    expect(user.attributes).toMatchObject({ email: 'ann@example.com', name: 'Ann', updated_at: 1_700_000_000 });
    expect(user.sub).toBe(user.attributes.sub);
  });

  it('updates attributes', async () => {
    const { accessToken } = await signIn(PASSWORD);

    await service.updateProfile({ accessToken, attributes: { nickname: 'Annie' } });

    expect((await service.getUser(accessToken)).attributes.nickname).toBe('Annie');
  });

  it('renews tokens', async () => {
    const tokens = await signIn(PASSWORD);
    const { refreshToken = '', accessToken } = tokens;

    const renewed = await service.renewTokens({ refreshToken, accessToken });

    expect(renewed.refreshToken).toBe(refreshToken);
    await expect(service.verifyToken(renewed.accessToken)).resolves.toMatchObject({ token_use: 'access' });
  });

  it('recovers a forgotten password', async () => {
    server.clearCodes();
    const delivery = await service.initiateForgotPassword({ username });
    const code = await server.code();

    await service.confirmForgotPassword({ username, code, password: NEW_PASSWORD });

    expect(delivery.medium).toBe('EMAIL');
    await expect(signIn(NEW_PASSWORD)).resolves.toBeDefined();
  });

  it('changes the password', async () => {
    const { accessToken } = await signIn(NEW_PASSWORD);

    await service.changePassword({ accessToken, previousPassword: NEW_PASSWORD, proposedPassword: PASSWORD });

    await expect(signIn(PASSWORD)).resolves.toBeDefined();
  });

  it('sets up an authenticator app and signs in with it', async () => {
    const { accessToken } = await signIn(PASSWORD);
    const { secretCode } = await service.mfa.associateSoftwareToken({ accessToken });
    await service.mfa.verifySoftwareToken({ accessToken, code: totpCode(secretCode, totpStep(Date.now())) });
    await service.mfa.setPreference({ accessToken, softwareToken: { enabled: true, preferred: true } });

    const outcome = await service.authenticate({ flow: 'USER_PASSWORD_AUTH', username, password: PASSWORD });
    if (outcome.status !== 'CHALLENGE' || outcome.challenge.name !== 'SOFTWARE_TOKEN_MFA') {
      throw new Error('expected SOFTWARE_TOKEN_MFA');
    }
    const second = await service.respondToChallenge(outcome.challenge, {
      code: totpCode(secretCode, totpStep(Date.now())),
    });

    expect(tokensOf(second).accessToken).toBeDefined();
    await service.mfa.setPreference({ accessToken, softwareToken: { enabled: false } });
  });

  it('lets an administrator create a user, who chooses a password at the first sign-in', async () => {
    const created = await admin.createUser({
      username: 'bob@example.com',
      temporaryPassword: 'Temporary-9',
      messageAction: 'SUPPRESS',
      attributes: { email: 'bob@example.com', email_verified: true },
    });
    expect(created).toMatchObject({ status: 'FORCE_CHANGE_PASSWORD', enabled: true });

    const outcome = await service.authenticate({
      flow: 'USER_PASSWORD_AUTH',
      username: 'bob@example.com',
      password: 'Temporary-9',
    });
    if (outcome.status !== 'CHALLENGE' || outcome.challenge.name !== 'NEW_PASSWORD_REQUIRED') {
      throw new Error('expected NEW_PASSWORD_REQUIRED');
    }
    tokensOf(await service.respondToChallenge(outcome.challenge, { password: NEW_PASSWORD }));

    await expect(admin.getUser(created.username)).resolves.toMatchObject({ status: 'CONFIRMED' });
  });

  it('signs in with AWS credentials', async () => {
    tokensOf(await admin.authenticate({ username, password: PASSWORD }));
  });

  it('lists users by a condition', async () => {
    const found = [];
    for await (const user of admin.getUsers({ filter: { attribute: 'email', startsWith: 'ann@' } })) {
      found.push(user.attributes.email);
    }
    expect(found).toEqual(['ann@example.com']);
  });

  it('disables, enables, updates and deletes users as an administrator', async () => {
    await admin.disableUser(username);
    await expect(admin.getUser(username)).resolves.toMatchObject({ enabled: false });
    await admin.enableUser(username);
    await admin.updateProfile({ username, attributes: { nickname: 'Anna' } });
    await expect(admin.getUser(username)).resolves.toMatchObject({ enabled: true, attributes: { nickname: 'Anna' } });
    await admin.deleteUser('bob@example.com');
    await expect(admin.getUser('bob@example.com')).rejects.toMatchObject({ code: 'USER_NOT_FOUND' });
  });

  it('lets users delete themselves', async () => {
    const { accessToken } = await signIn(PASSWORD);

    await service.deleteUser(accessToken);

    await expect(signIn(PASSWORD)).rejects.toMatchObject({ name: 'CognitoServiceError' });
  });

  it('names an operation that the server does not have', async () => {
    await expect(service.logout('token')).rejects.toMatchObject({
      code: 'SERVICE_ERROR_UNKNOWN',
      operation: 'GlobalSignOut',
      message: expect.stringContaining('GlobalSignOut') as string,
    });
  });
});
