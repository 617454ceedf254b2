import {
  AdminCreateUserCommand,
  AdminGetUserCommand,
  AdminSetUserMFAPreferenceCommand,
  AdminSetUserSettingsCommand,
  AdminUpdateUserAttributesCommand,
  AssociateSoftwareTokenCommand,
  type SetUserMFAPreferenceCommandInput,
  SetUserMFAPreferenceCommand,
  SetUserSettingsCommand,
  VerifySoftwareTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';

import type { LocalPoolOptions } from '../../lib/testing/index.js';
import { totpCode, totpStep } from '../../lib/protocol/totp.js';
import { AuthClient } from './auth-client.js';
import { createUser } from './create-user.js';
import { type LocalService, startLocalService } from './local-service.js';

const PASSWORD = 'Correct-Horse-9';
const MINUTE = 60_000;
const PHONE = '+15555550134';
const SMS = { SmsMfaConfiguration: { SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::123456789012:role/sms' } } };
const EMAIL = { EmailMfaConfiguration: { Subject: 'Your door', Message: 'Open with {####}' } };
const TOTP = { SoftwareTokenMfaConfiguration: { Enabled: true } };

const POOLS: LocalPoolOptions[] = [
  { name: 'optional', mfa: { MfaConfiguration: 'OPTIONAL', ...SMS, ...EMAIL, ...TOTP } },
  { name: 'required', mfa: { MfaConfiguration: 'ON', ...SMS, ...EMAIL, ...TOTP } },
  { name: 'sms-required', mfa: { MfaConfiguration: 'ON', ...SMS } },
];

type Preference = Omit<SetUserMFAPreferenceCommandInput, 'AccessToken'>;

describe('second factors', () => {
  let service: LocalService;

  beforeAll(async () => {
    service = await startLocalService({ pools: POOLS });
  });

  afterAll(() => service.stop());

  afterEach(() => {
    service.cognito.outbox.clear();
  });

  /** A user with an MFA preference, and a client to sign in. */
  async function userWith(
    attributes: Readonly<Record<string, string>>,
    preference: Preference = {},
    { pool = 'optional', client: clientName = 'public' } = {},
  ): Promise<{ username: string; client: AuthClient }> {
    const username = await createUser(service, pool, PASSWORD, attributes);
    const client = new AuthClient(service, clientName, pool);
    await service.sdk.send(
      new AdminSetUserMFAPreferenceCommand({ UserPoolId: client.poolId, Username: username, ...preference }),
    );
    return { username, client };
  }

  function lastCode(username: string): string {
    return service.cognito.outbox.latest({ username, kind: 'Authentication' })?.code ?? '';
  }

  async function attributesOf(client: AuthClient, username: string): Promise<Record<string, string | undefined>> {
    const { UserAttributes = [] } = await service.sdk.send(
      new AdminGetUserCommand({ UserPoolId: client.poolId, Username: username }),
    );
    return Object.fromEntries(
      UserAttributes.map(({ Name = '', Value }): [string, string | undefined] => [Name, Value]),
    );
  }

  describe.each(['public', 'secret'])('with the %s client', (client) => {
    it('requests a code by SMS, which verifies the phone number', async () => {
      const { username, client: auth } = await userWith(
        { phone_number: PHONE },
        { SMSMfaSettings: { Enabled: true } },
        { client },
      );
      const challenge = await auth.password(username, PASSWORD);
      expect(challenge).toMatchObject({
        ChallengeName: 'SMS_MFA',
        ChallengeParameters: {
          CODE_DELIVERY_DELIVERY_MEDIUM: 'SMS',
          CODE_DELIVERY_DESTINATION: '+*******0134',
          USER_ID_FOR_SRP: username,
        },
      });
      expect(service.cognito.outbox.latest({ username })).toMatchObject({ to: PHONE, medium: 'SMS' });
      expect(lastCode(username)).toMatch(/^\d{6}$/);

      const { AuthenticationResult } = await auth.respond(challenge, { SMS_MFA_CODE: lastCode(username) });
      expect(AuthenticationResult?.IdToken).toEqual(expect.any(String));
      await expect(attributesOf(auth, username)).resolves.toMatchObject({ phone_number_verified: 'true' });
    });

    it('rejects the code that went to a phone number of before', async () => {
      const preference = { SMSMfaSettings: { Enabled: true } };
      const { username, client: auth } = await userWith({ phone_number: PHONE }, preference, { client });
      const challenge = await auth.password(username, PASSWORD);
      await service.sdk.send(
        new AdminUpdateUserAttributesCommand({
          UserPoolId: auth.poolId,
          Username: username,
          UserAttributes: [{ Name: 'phone_number', Value: '+15555550199' }],
        }),
      );
      const answer = auth.respond(challenge, { SMS_MFA_CODE: lastCode(username) });
      await expect(answer).rejects.toMatchObject({ name: 'CodeMismatchException' });
      await expect(attributesOf(auth, username)).resolves.toMatchObject({ phone_number_verified: 'false' });
    });

    it("requests a code by email with the pool's template, which verifies the address", async () => {
      const { username, client: auth } = await userWith(
        { email: 'ann@example.com' },
        { EmailMfaSettings: { Enabled: true } },
        { client },
      );
      const challenge = await auth.password(username, PASSWORD);
      expect(challenge).toMatchObject({
        ChallengeName: 'EMAIL_OTP',
        ChallengeParameters: { CODE_DELIVERY_DELIVERY_MEDIUM: 'EMAIL', CODE_DELIVERY_DESTINATION: 'a***@e***' },
      });
      const code = lastCode(username);
      expect(service.cognito.outbox.latest({ username })).toMatchObject({
        to: 'ann@example.com',
        subject: 'Your door',
        text: `Open with ${code}`,
      });

      const { AuthenticationResult } = await auth.respond(challenge, { EMAIL_OTP_CODE: code });
      expect(AuthenticationResult?.IdToken).toEqual(expect.any(String));
      await expect(attributesOf(auth, username)).resolves.toMatchObject({ email_verified: 'true' });
    });

    it('lets users choose when no factor is preferred', async () => {
      const { username, client: auth } = await userWith(
        { email: 'ann@example.com', phone_number: PHONE },
        { SMSMfaSettings: { Enabled: true }, EmailMfaSettings: { Enabled: true } },
        { client },
      );
      const choice = await auth.password(username, PASSWORD);
      expect(choice.ChallengeName).toBe('SELECT_MFA_TYPE');
      expect(choice.ChallengeParameters).toMatchObject({ MFAS_CAN_CHOOSE: '["SMS_MFA","EMAIL_OTP"]' });
      expect(service.cognito.outbox.latest({ username })).toBeUndefined();

      const challenge = await auth.respond(choice, { ANSWER: 'EMAIL_OTP' });
      expect(challenge.ChallengeName).toBe('EMAIL_OTP');
      const { AuthenticationResult } = await auth.respond(challenge, { EMAIL_OTP_CODE: lastCode(username) });
      expect(AuthenticationResult?.AccessToken).toEqual(expect.any(String));
    });

    it('sets up an email address in a pool that requires MFA', async () => {
      const { username, client: auth } = await userWith({}, {}, { pool: 'required', client });
      const setup = await auth.password(username, PASSWORD);
      expect(setup.ChallengeName).toBe('MFA_SETUP');
      expect(setup.ChallengeParameters).toMatchObject({
        MFAS_CAN_SETUP: '["SMS_MFA","SOFTWARE_TOKEN_MFA","EMAIL_OTP"]',
      });
      const challenge = await auth.respond(setup, { EMAIL: 'new@example.com' });
      expect(challenge.ChallengeName).toBe('EMAIL_OTP');
      await auth.respond(challenge, { EMAIL_OTP_CODE: lastCode(username) });
      await expect(attributesOf(auth, username)).resolves.toMatchObject({
        email: 'new@example.com',
        email_verified: 'true',
      });
      const { UserMFASettingList } = await service.sdk.send(
        new AdminGetUserCommand({ UserPoolId: auth.poolId, Username: username }),
      );
      expect(UserMFASettingList).toEqual(['EMAIL_OTP']);
    });
  });

  describe('the requested factor', () => {
    it('is the preferred one', async () => {
      const { username, client } = await userWith(
        { email: 'ann@example.com', phone_number: PHONE },
        { SMSMfaSettings: { Enabled: true }, EmailMfaSettings: { Enabled: true, PreferredMfa: true } },
      );
      await expect(client.password(username, PASSWORD)).resolves.toMatchObject({ ChallengeName: 'EMAIL_OTP' });
    });

    it('is none when MFA is optional and the user has enabled none', async () => {
      const { username, client } = await userWith({ email: 'ann@example.com', phone_number: PHONE });
      const { AuthenticationResult } = await client.password(username, PASSWORD);
      expect(AuthenticationResult).toBeDefined();
    });

    it('is the phone when MFA is required and the user has enabled none', async () => {
      const { username, client } = await userWith({ phone_number: PHONE }, {}, { pool: 'required' });
      await expect(client.password(username, PASSWORD)).resolves.toMatchObject({ ChallengeName: 'SMS_MFA' });
    });

    it('is not the account recovery channel when there is another factor', async () => {
      const { username, client } = await userWith(
        { email: 'ann@example.com', email_verified: 'true', phone_number: PHONE },
        {},
        { pool: 'required' },
      );
      await expect(client.password(username, PASSWORD)).resolves.toMatchObject({ ChallengeName: 'SMS_MFA' });
    });

    it('cannot be set up when only SMS is allowed and the user has no phone', async () => {
      const { username, client } = await userWith({}, {}, { pool: 'sms-required' });
      await expect(client.password(username, PASSWORD)).rejects.toMatchObject({
        name: 'InvalidParameterException',
        message: 'User does not have delivery config set to turn on SMS_MFA',
      });
    });

    it('comes after the new password of a user with a temporary one', async () => {
      const client = new AuthClient(service, 'public', 'required');
      await service.sdk.send(
        new AdminCreateUserCommand({
          UserPoolId: client.poolId,
          Username: 'temporary',
          TemporaryPassword: PASSWORD,
          MessageAction: 'SUPPRESS',
          UserAttributes: [{ Name: 'phone_number', Value: PHONE }],
        }),
      );
      const first = await client.password('temporary', PASSWORD);
      expect(first.ChallengeName).toBe('NEW_PASSWORD_REQUIRED');
      const second = await client.respond(first, { NEW_PASSWORD: 'Battery-Staple-7' });
      expect(second.ChallengeName).toBe('SMS_MFA');
      const { AuthenticationResult } = await client.respond(second, { SMS_MFA_CODE: lastCode('temporary') });
      expect(AuthenticationResult).toBeDefined();
    });
  });

  describe('wrong responses', () => {
    it.each([
      ['SMS_MFA', 'SMS_MFA_CODE', { SMSMfaSettings: { Enabled: true } }],
      ['EMAIL_OTP', 'EMAIL_OTP_CODE', { EmailMfaSettings: { Enabled: true } }],
    ])('rejects a wrong code for %s and accepts the right one afterwards', async (name, member, preference) => {
      const { username, client } = await userWith({ email: 'ann@example.com', phone_number: PHONE }, preference);
      const challenge = await client.password(username, PASSWORD);
      expect(challenge.ChallengeName).toBe(name);
      const wrong = lastCode(username) === '000000' ? '000001' : '000000';
      await expect(client.respond(challenge, { [member]: wrong })).rejects.toMatchObject({
        name: 'CodeMismatchException',
        message: 'Invalid code or auth state for the user.',
      });
      const { AuthenticationResult } = await client.respond(challenge, { [member]: lastCode(username) });
      expect(AuthenticationResult).toBeDefined();
    });

    it.each([
      [{ SMSMfaSettings: { Enabled: true } }, 'SMS_MFA_CODE'],
      [{ EmailMfaSettings: { Enabled: true } }, 'EMAIL_OTP_CODE'],
    ])('reports the missing code of %j', async (preference, member) => {
      const { username, client } = await userWith({ email: 'ann@example.com', phone_number: PHONE }, preference);
      await expect(client.respond(await client.password(username, PASSWORD), {})).rejects.toMatchObject({
        name: 'InvalidParameterException',
        message: `Missing required parameter ${member}`,
      });
    });

    it('rejects a code after three minutes', async () => {
      const { username, client } = await userWith({ phone_number: PHONE }, { SMSMfaSettings: { Enabled: true } });
      const challenge = await client.password(username, PASSWORD);
      service.pass(3 * MINUTE);
      await expect(client.respond(challenge, { SMS_MFA_CODE: lastCode(username) })).rejects.toMatchObject({
        name: 'NotAuthorizedException',
        message: 'Invalid session for the user, session is expired.',
      });
    });

    it('accepts a right code once', async () => {
      const { username, client } = await userWith({ phone_number: PHONE }, { SMSMfaSettings: { Enabled: true } });
      const challenge = await client.password(username, PASSWORD);
      await client.respond(challenge, { SMS_MFA_CODE: lastCode(username) });
      await expect(client.respond(challenge, { SMS_MFA_CODE: lastCode(username) })).rejects.toMatchObject({
        name: 'NotAuthorizedException',
        message: 'Invalid session for the user, session can only be used once.',
      });
    });

    it('rejects the response to another challenge', async () => {
      const { username, client } = await userWith({ phone_number: PHONE }, { SMSMfaSettings: { Enabled: true } });
      const challenge = await client.password(username, PASSWORD);
      const other = { ...challenge, ChallengeName: 'SELECT_MFA_TYPE' as const };
      await expect(client.respond(other, { ANSWER: 'SMS_MFA' })).rejects.toMatchObject({
        name: 'NotAuthorizedException',
        message: 'Invalid session for the user.',
      });
    });

    it('rejects a factor that was not offered', async () => {
      const { username, client } = await userWith(
        { email: 'ann@example.com', phone_number: PHONE },
        { SMSMfaSettings: { Enabled: true }, EmailMfaSettings: { Enabled: true } },
      );
      const choice = await client.password(username, PASSWORD);
      await expect(client.respond(choice, { ANSWER: 'SOFTWARE_TOKEN_MFA' })).rejects.toMatchObject({
        name: 'InvalidParameterException',
      });
    });

    it('rejects a response without a session', async () => {
      const { username, client } = await userWith({ phone_number: PHONE }, { SMSMfaSettings: { Enabled: true } });
      const challenge = { ...(await client.password(username, PASSWORD)), Session: undefined };
      await expect(client.respond(challenge, { SMS_MFA_CODE: '123456' })).rejects.toMatchObject({
        name: 'InvalidParameterException',
        message: 'Missing required parameter Session',
      });
    });
  });

  describe('preferences', () => {
    it.each([
      ['SMS_MFA', { SMSMfaSettings: { Enabled: true } }],
      ['EMAIL_OTP', { EmailMfaSettings: { Enabled: true } }],
    ])('reject %s without a phone number or an address', async (factor, preference) => {
      await expect(userWith({}, preference)).rejects.toMatchObject({
        name: 'InvalidParameterException',
        message: `User does not have delivery config set to turn on ${factor}`,
      });
    });

    it.each([
      [
        'two preferred factors',
        {
          SMSMfaSettings: { Enabled: true, PreferredMfa: true },
          EmailMfaSettings: { Enabled: true, PreferredMfa: true },
        },
      ],
      ['a preferred factor that is off', { SMSMfaSettings: { Enabled: false, PreferredMfa: true } }],
      ['a passkey as second factor, which is not here yet', { WebAuthnMfaSettings: { Enabled: true } }],
    ])('reject %s', async (_case, preference) => {
      await expect(userWith({ email: 'ann@example.com', phone_number: PHONE }, preference)).rejects.toMatchObject({
        name: 'InvalidParameterException',
      });
    });

    it('change one factor and keep the others', async () => {
      const { username, client } = await userWith(
        { email: 'ann@example.com', phone_number: PHONE },
        { SMSMfaSettings: { Enabled: true, PreferredMfa: true } },
      );
      const named = { UserPoolId: client.poolId, Username: username };
      await service.sdk.send(new AdminSetUserMFAPreferenceCommand({ ...named, EmailMfaSettings: { Enabled: true } }));
      await expect(service.sdk.send(new AdminGetUserCommand(named))).resolves.toMatchObject({
        UserMFASettingList: ['SMS_MFA', 'EMAIL_OTP'],
        PreferredMfaSetting: 'SMS_MFA',
      });
      await service.sdk.send(new AdminSetUserMFAPreferenceCommand({ ...named, SMSMfaSettings: { Enabled: false } }));
      const user = await service.sdk.send(new AdminGetUserCommand(named));
      expect(user.UserMFASettingList).toEqual(['EMAIL_OTP']);
      expect(user.PreferredMfaSetting).toBeUndefined();
    });

    it('reject an unknown user', async () => {
      const command = new AdminSetUserMFAPreferenceCommand({
        UserPoolId: service.cognito.pool('optional').id,
        Username: 'nobody',
      });
      await expect(service.sdk.send(command)).rejects.toMatchObject({
        name: 'UserNotFoundException',
        message: 'User does not exist.',
      });
    });

    it('reject a call without a valid token', async () => {
      const command = new SetUserMFAPreferenceCommand({ AccessToken: 'x.y.z' });
      await expect(service.sdk.send(command)).rejects.toMatchObject({
        name: 'NotAuthorizedException',
        message: 'Invalid Access Token',
      });
    });

    it('turn SMS on and off through the legacy MFAOptions, for users and administrators', async () => {
      const { username, client } = await userWith({ phone_number: PHONE });
      const named = { UserPoolId: client.poolId, Username: username };
      const on = [{ DeliveryMedium: 'SMS' as const, AttributeName: 'phone_number' }];
      const { AuthenticationResult } = await client.password(username, PASSWORD);
      const AccessToken = AuthenticationResult?.AccessToken;

      await service.sdk.send(new SetUserSettingsCommand({ AccessToken, MFAOptions: on }));
      await expect(client.password(username, PASSWORD)).resolves.toMatchObject({ ChallengeName: 'SMS_MFA' });
      await service.sdk.send(new AdminSetUserSettingsCommand({ ...named, MFAOptions: [] }));
      await expect(client.password(username, PASSWORD)).resolves.toMatchObject({
        AuthenticationResult: expect.any(Object) as object,
      });
    });
  });

  it('offers an authenticator and SMS', async () => {
    const { username, client } = await userWith({ phone_number: PHONE });
    const { AuthenticationResult } = await client.password(username, PASSWORD);
    const AccessToken = AuthenticationResult?.AccessToken;
    const { SecretCode = '' } = await service.sdk.send(new AssociateSoftwareTokenCommand({ AccessToken }));
    const UserCode = totpCode(SecretCode, totpStep(service.now()));
    await service.sdk.send(new VerifySoftwareTokenCommand({ AccessToken, UserCode }));
    await service.sdk.send(
      new SetUserMFAPreferenceCommand({
        AccessToken,
        SMSMfaSettings: { Enabled: true },
        SoftwareTokenMfaSettings: { Enabled: true },
      }),
    );
    const choice = await client.password(username, PASSWORD);
    expect(choice.ChallengeParameters).toMatchObject({
      MFAS_CAN_CHOOSE: '["SMS_MFA","SOFTWARE_TOKEN_MFA"]',
      CODE_DELIVERY_DESTINATION: '+*******0134',
    });
    const challenge = await client.respond(choice, { ANSWER: 'SOFTWARE_TOKEN_MFA' });
    expect(challenge.ChallengeName).toBe('SOFTWARE_TOKEN_MFA');
  });
});
