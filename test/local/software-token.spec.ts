import {
  AdminDeleteSoftwareTokenCommand,
  AdminSetUserMFAPreferenceCommand,
  AssociateSoftwareTokenCommand,
  GetUserCommand,
  SetUserMFAPreferenceCommand,
  VerifySoftwareTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';

import { totpCode, totpStep } from '../../lib/protocol/totp.js';
import { AuthClient } from './auth-client.js';
import { createUser } from './create-user.js';
import { type LocalService, startLocalService } from './local-service.js';

const PASSWORD = 'Correct-Horse-9';
const HALF_MINUTE = 30_000;
const TOTP = { MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } } as const;

/** The code that an authenticator with the server's time shows. */
function code(service: LocalService, secret: string): string {
  return totpCode(secret, totpStep(service.now()));
}

/** Sets up an authenticator for a signed-in user and turns it on. */
async function setUp(service: LocalService, accessToken: string, name?: string): Promise<string> {
  const { sdk } = service;
  const { SecretCode = '' } = await sdk.send(new AssociateSoftwareTokenCommand({ AccessToken: accessToken }));
  await sdk.send(
    new VerifySoftwareTokenCommand({
      AccessToken: accessToken,
      UserCode: code(service, SecretCode),
      FriendlyDeviceName: name,
    }),
  );
  await sdk.send(
    new SetUserMFAPreferenceCommand({
      AccessToken: accessToken,
      SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true },
    }),
  );
  service.pass(HALF_MINUTE);
  return SecretCode;
}

describe('software tokens', () => {
  let service: LocalService;

  beforeAll(async () => {
    service = await startLocalService({
      pools: [
        { name: 'optional', mfa: TOTP },
        { name: 'required', mfa: { ...TOTP, MfaConfiguration: 'ON' } },
        { name: 'off', users: [{ username: 'ann', password: PASSWORD }] },
      ],
    });
  });

  afterAll(() => service.stop());

  // At the beginning of a step, so that none ends in the middle of a test.
  beforeEach(() => {
    service.pass(HALF_MINUTE - (service.now() % HALF_MINUTE));
  });

  function newUser(pool: string): Promise<string> {
    return createUser(service, pool, PASSWORD);
  }

  describe.each(['public', 'secret'])('with the %s client', (clientName) => {
    it('asks for a code once the factor is set up and turned on', async () => {
      const client = new AuthClient(service, clientName, 'optional');
      const username = await newUser('optional');
      const first = await client.password(username, PASSWORD);
      const secret = await setUp(service, first.AuthenticationResult?.AccessToken ?? '', 'phone');

      const challenge = await client.password(username, PASSWORD);
      expect(challenge.ChallengeName).toBe('SOFTWARE_TOKEN_MFA');
      expect(challenge.ChallengeParameters).toEqual({ FRIENDLY_DEVICE_NAME: 'phone', USER_ID_FOR_SRP: username });

      const { AuthenticationResult } = await client.respond(challenge, {
        SOFTWARE_TOKEN_MFA_CODE: code(service, secret),
      });
      expect(AuthenticationResult?.AccessToken).toEqual(expect.any(String));
    });

    it('requires setup if the pool requires MFA', async () => {
      const client = new AuthClient(service, clientName, 'required');
      const username = await newUser('required');
      const challenge = await client.password(username, PASSWORD);
      expect(challenge.ChallengeName).toBe('MFA_SETUP');
      expect(challenge.ChallengeParameters?.['MFAS_CAN_SETUP']).toBe('["SOFTWARE_TOKEN_MFA"]');

      const associated = await service.sdk.send(new AssociateSoftwareTokenCommand({ Session: challenge.Session }));
      expect(associated.SecretCode).toMatch(/^[A-Z2-7]{52}$/);
      expect(associated.Session).not.toBe(challenge.Session);
      const verified = await service.sdk.send(
        new VerifySoftwareTokenCommand({
          Session: associated.Session,
          UserCode: code(service, associated.SecretCode ?? ''),
        }),
      );
      expect(verified.Status).toBe('SUCCESS');

      const { AuthenticationResult } = await client.respond({ ...challenge, Session: verified.Session }, {});
      const user = await service.sdk.send(new GetUserCommand({ AccessToken: AuthenticationResult?.AccessToken }));
      expect(user.UserMFASettingList).toEqual(['SOFTWARE_TOKEN_MFA']);
      expect(user.PreferredMfaSetting).toBeUndefined();

      service.pass(HALF_MINUTE);
      await expect(client.password(username, PASSWORD)).resolves.toMatchObject({
        ChallengeName: 'SOFTWARE_TOKEN_MFA',
      });
    });
  });

  describe('refusals', () => {
    let client: AuthClient;
    let username: string;
    let accessToken: string;

    beforeEach(async () => {
      client = new AuthClient(service, 'public', 'optional');
      username = await newUser('optional');
      const { AuthenticationResult } = await client.password(username, PASSWORD);
      accessToken = AuthenticationResult?.AccessToken ?? '';
    });

    it('does not ask for an authenticator that is verified but not turned on', async () => {
      const { SecretCode = '' } = await service.sdk.send(
        new AssociateSoftwareTokenCommand({ AccessToken: accessToken }),
      );
      await service.sdk.send(
        new VerifySoftwareTokenCommand({ AccessToken: accessToken, UserCode: code(service, SecretCode) }),
      );
      const { AuthenticationResult } = await client.password(username, PASSWORD);
      expect(AuthenticationResult).toBeDefined();
    });

    it('rejects a wrong code and lets the session be answered again', async () => {
      const secret = await setUp(service, accessToken);
      const challenge = await client.password(username, PASSWORD);
      const wrong = totpCode(secret, totpStep(service.now()) + 10);
      await expect(client.respond(challenge, { SOFTWARE_TOKEN_MFA_CODE: wrong })).rejects.toMatchObject({
        name: 'CodeMismatchException',
        message: 'Invalid code received for user',
      });
      const { AuthenticationResult } = await client.respond(challenge, {
        SOFTWARE_TOKEN_MFA_CODE: code(service, secret),
      });
      expect(AuthenticationResult).toBeDefined();
    });

    it('accepts each code once', async () => {
      const secret = await setUp(service, accessToken);
      const used = code(service, secret);
      await client.respond(await client.password(username, PASSWORD), { SOFTWARE_TOKEN_MFA_CODE: used });
      const again = await client.password(username, PASSWORD);
      await expect(client.respond(again, { SOFTWARE_TOKEN_MFA_CODE: used })).rejects.toMatchObject({
        name: 'ExpiredCodeException',
        message: 'Your software token has already been used once.',
      });
    });

    it('accepts a code of the previous time step, not an older one', async () => {
      const secret = await setUp(service, accessToken);
      service.pass(3 * HALF_MINUTE);
      const now = totpStep(service.now());
      const challenge = await client.password(username, PASSWORD);
      await expect(
        client.respond(challenge, { SOFTWARE_TOKEN_MFA_CODE: totpCode(secret, now - 2) }),
      ).rejects.toMatchObject({ name: 'CodeMismatchException' });
      await expect(
        client.respond(challenge, { SOFTWARE_TOKEN_MFA_CODE: totpCode(secret, now - 1) }),
      ).resolves.toMatchObject({ AuthenticationResult: expect.any(Object) as object });
    });

    it('locks the user after five wrong codes', async () => {
      const secret = await setUp(service, accessToken);
      const challenge = await client.password(username, PASSWORD);
      const wrong = totpCode(secret, totpStep(service.now()) + 10);
      for (let attempt = 1; attempt <= 5; attempt += 1) {
        await expect(client.respond(challenge, { SOFTWARE_TOKEN_MFA_CODE: wrong })).rejects.toMatchObject({
          name: 'CodeMismatchException',
        });
      }
      await expect(client.respond(challenge, { SOFTWARE_TOKEN_MFA_CODE: code(service, secret) })).rejects.toMatchObject(
        { name: 'NotAuthorizedException', message: 'Password attempts exceeded' },
      );
    });

    it('requires a code', async () => {
      await setUp(service, accessToken);
      const challenge = await client.password(username, PASSWORD);
      await expect(client.respond(challenge, {})).rejects.toMatchObject({
        name: 'InvalidParameterException',
        message: 'Missing required parameter SOFTWARE_TOKEN_MFA_CODE',
      });
    });

    it('does not turn a factor on that is not set up', async () => {
      const command = new SetUserMFAPreferenceCommand({
        AccessToken: accessToken,
        SoftwareTokenMfaSettings: { Enabled: true },
      });
      await expect(service.sdk.send(command)).rejects.toMatchObject({
        name: 'InvalidParameterException',
        message: 'User does not have delivery config set to turn on SOFTWARE_TOKEN_MFA',
      });
    });

    it('rejects a wrong first code', async () => {
      const { SecretCode = '' } = await service.sdk.send(
        new AssociateSoftwareTokenCommand({ AccessToken: accessToken }),
      );
      const wrong = totpCode(SecretCode, totpStep(service.now()) + 10);
      const command = new VerifySoftwareTokenCommand({ AccessToken: accessToken, UserCode: wrong });
      await expect(service.sdk.send(command)).rejects.toMatchObject({
        name: 'EnableSoftwareTokenMFAException',
        message: 'Code mismatch and fail enable Software Token MFA',
      });
    });

    it('rejects a first code when nothing was associated', async () => {
      const command = new VerifySoftwareTokenCommand({ AccessToken: accessToken, UserCode: '123456' });
      await expect(service.sdk.send(command)).rejects.toMatchObject({ name: 'SoftwareTokenMFANotFoundException' });
    });

    it.each([
      ['AssociateSoftwareToken', new AssociateSoftwareTokenCommand({})],
      ['VerifySoftwareToken', new VerifySoftwareTokenCommand({ UserCode: '123456' })],
    ])('requires a token or a session for %s', async (_name, command) => {
      await expect(service.sdk.send(command as AssociateSoftwareTokenCommand)).rejects.toMatchObject({
        name: 'InvalidParameterException',
      });
    });

    it('requires six digits', async () => {
      const command = new VerifySoftwareTokenCommand({ AccessToken: accessToken, UserCode: '12345a' });
      await expect(service.sdk.send(command)).rejects.toMatchObject({
        name: 'InvalidParameterException',
        message:
          "1 validation error detected: Value at 'userCode' failed to satisfy constraint: Member must satisfy regular expression pattern: [0-9]+",
      });
    });

    it('keeps the old authenticator until the new one is verified', async () => {
      const secret = await setUp(service, accessToken);
      await service.sdk.send(new AssociateSoftwareTokenCommand({ AccessToken: accessToken }));
      const challenge = await client.password(username, PASSWORD);
      await expect(
        client.respond(challenge, { SOFTWARE_TOKEN_MFA_CODE: code(service, secret) }),
      ).resolves.toMatchObject({ AuthenticationResult: expect.any(Object) as object });
    });

    it('forgets the authenticator for an administrator', async () => {
      await setUp(service, accessToken);
      await service.sdk.send(new AdminDeleteSoftwareTokenCommand({ UserPoolId: client.poolId, Username: username }));
      const { AuthenticationResult } = await client.password(username, PASSWORD);
      const user = await service.sdk.send(new GetUserCommand({ AccessToken: AuthenticationResult?.AccessToken }));
      expect(user.UserMFASettingList).toBeUndefined();
    });

    it('rejects the same requests of an administrator', async () => {
      const command = new AdminSetUserMFAPreferenceCommand({
        UserPoolId: client.poolId,
        Username: username,
        SoftwareTokenMfaSettings: { Enabled: true },
      });
      await expect(service.sdk.send(command)).rejects.toMatchObject({ name: 'InvalidParameterException' });
    });
  });

  describe('during a sign-in', () => {
    it('rejects the end of a setup that was not started', async () => {
      const client = new AuthClient(service, 'public', 'required');
      const challenge = await client.password(await newUser('required'), PASSWORD);
      await expect(client.respond(challenge, {})).rejects.toMatchObject({ name: 'SoftwareTokenMFANotFoundException' });
    });

    it('rejects an address if the pool has no e-mail MFA', async () => {
      const client = new AuthClient(service, 'public', 'required');
      const challenge = await client.password(await newUser('required'), PASSWORD);
      await expect(client.respond(challenge, { EMAIL: 'ann@example.com' })).rejects.toMatchObject({
        name: 'InvalidParameterException',
      });
    });

    it('rejects a session of another challenge', async () => {
      const client = new AuthClient(service, 'public', 'optional');
      const username = await newUser('optional');
      const { AuthenticationResult } = await client.password(username, PASSWORD);
      await setUp(service, AuthenticationResult?.AccessToken ?? '');
      const { Session } = await client.password(username, PASSWORD);
      await expect(service.sdk.send(new AssociateSoftwareTokenCommand({ Session }))).rejects.toMatchObject({
        name: 'NotAuthorizedException',
        message: 'Invalid session for the user.',
      });
    });

    it('replaces the session at each step', async () => {
      const client = new AuthClient(service, 'public', 'required');
      const { Session } = await client.password(await newUser('required'), PASSWORD);
      await service.sdk.send(new AssociateSoftwareTokenCommand({ Session }));
      await expect(service.sdk.send(new AssociateSoftwareTokenCommand({ Session }))).rejects.toMatchObject({
        name: 'NotAuthorizedException',
        message: 'Invalid session for the user, session can only be used once.',
      });
    });
  });

  it('is not available if the pool has no MFA', async () => {
    const client = new AuthClient(service, 'public', 'off');
    const { AuthenticationResult } = await client.password('ann', PASSWORD);
    const command = new AssociateSoftwareTokenCommand({ AccessToken: AuthenticationResult?.AccessToken });
    await expect(service.sdk.send(command)).rejects.toMatchObject({
      name: 'SoftwareTokenMFANotFoundException',
      message: 'Software Token MFA has not been enabled by the userPool',
    });
  });
});
