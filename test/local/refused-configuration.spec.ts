import { MandateArgumentError } from '../../lib/errors/argument-error.js';
import type { LocalPoolOptions } from '../../lib/testing/index.js';
import { type LocalService, startLocalService } from './local-service.js';
import { succeed } from './wire.js';

const start = (pool: Partial<LocalPoolOptions>) => startLocalService({ pools: [{ name: 'main', ...pool }] });

const refused = 'is refused as Cognito refuses it';

describe('a configuration that Cognito would refuse', () => {
  it.each<[Partial<LocalPoolOptions>, string]>([
    [
      { MfaConfiguration: 'ON' },
      `"pools[0].MfaConfiguration" ${refused}: SMS configuration and Auto verification for phone_number are required when MFA is required/optional.`,
    ],
    [
      { mfa: { MfaConfiguration: 'ON' } },
      `"pools[0].mfa.MfaConfiguration" ${refused}: At least one of [SmsMfaConfiguration] or [SoftwareTokenMfaConfiguration] must be provided.`,
    ],
    [
      { AliasAttributes: ['email'], UsernameAttributes: ['email'] },
      `"pools[0].UsernameAttributes" ${refused}: Only one of the aliasAttributes or usernameAttributes can be set in a User pool.`,
    ],
    [
      {
        Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } },
        mfa: { MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } },
      },
      `"pools[0].mfa.MfaConfiguration" ${refused}: Only PASSWORD and WEB_AUTHN (if configured) can be enabled as an auth factor if MFA is enabled.`,
    ],
    [
      { Schema: [{ Name: 'x', AttributeDataType: 'String', Required: true }] },
      `"pools[0].Schema" ${refused}: Required custom attributes are not supported currently.`,
    ],
    [
      {
        EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT' },
        mfa: { MfaConfiguration: 'OPTIONAL', EmailMfaConfiguration: {} },
      },
      `"pools[0].mfa.EmailMfaConfiguration" ${refused}: Cannot set EmailMfaConfiguration when user pool EmailConfiguration contains an EmailSendingAccount of COGNITO_DEFAULT.`,
    ],
    [
      { clients: [{ name: 'ok' }, { name: 'web', AllowedOAuthFlows: ['code'] }] },
      `"pools[0].clients[1].CallbackURLs" ${refused}: CallbackUrls can not be empty when code flow or implicit flow is selected.`,
    ],
    [
      { clients: [{ name: 'web', AllowedOAuthScopes: ['OpenID'] }] },
      `"pools[0].clients[0].AllowedOAuthScopes" ${refused}: Invalid scope requested: OpenID.`,
    ],
    [
      { clients: [{ name: 'web', CallbackURLs: ['http://app.test/'] }] },
      `"pools[0].clients[0].CallbackURLs" ${refused}: http://app.test/ cannot use the HTTP protocol.`,
    ],
    [
      { clients: [{ name: 'web', AccessTokenValidity: 25 }] },
      `"pools[0].clients[0].AccessTokenValidity" ${refused}: Invalid range for token validity.`,
    ],
    [
      { MfaConfiguration: 'MAYBE' as 'ON' },
      `"pools[0]" ${refused}: 1 validation error detected: Value 'MAYBE' at 'mfaConfiguration' failed to satisfy constraint: Member must satisfy enum value set: [OFF, ON, OPTIONAL].`,
    ],
    [
      { Policies: { PasswordPolicy: { MinimumLength: 5 } } },
      `"pools[0]" ${refused}: 1 validation error detected: Value '5' at 'policies.passwordPolicy.minimumLength' failed to satisfy constraint: Member must have value greater than or equal to 6.`,
    ],
    [
      { Policies: { SignInPolicy: { AllowedFirstAuthFactors: 'EMAIL_OTP' as unknown as [] } } },
      `"pools[0]" ${refused}: a member has the wrong type.`,
    ],
    [
      { mfa: { MfaConfiguration: 'MAYBE' as 'ON' } },
      `"pools[0].mfa" ${refused}: 1 validation error detected: Value 'MAYBE' at 'mfaConfiguration' failed to satisfy constraint: Member must satisfy enum value set: [OFF, ON, OPTIONAL].`,
    ],
    [
      { clients: [{ name: 'web', AuthSessionValidity: 2 }] },
      `"pools[0].clients[0]" ${refused}: 1 validation error detected: Value '2' at 'authSessionValidity' failed to satisfy constraint: Member must have value greater than or equal to 3.`,
    ],
  ])('is refused in one sentence: %j', async (pool, message) => {
    const error: unknown = await start(pool).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(MandateArgumentError);
    expect((error as Error).message).toBe(message);
  });

  describe('for the want of a sender', () => {
    let service: LocalService;

    afterEach(() => service.stop());

    it.each<[Partial<LocalPoolOptions>, object]>([
      [
        { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } } },
        { EmailConfiguration: { EmailSendingAccount: 'DEVELOPER', SourceArn: expect.any(String) as string } },
      ],
      [
        { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'SMS_OTP'] } } },
        { SmsConfiguration: { SnsCallerArn: expect.any(String) as string } },
      ],
      [
        { AutoVerifiedAttributes: ['phone_number'] },
        { SmsConfiguration: { SnsCallerArn: expect.any(String) as string } },
      ],
      [
        {
          mfa: { MfaConfiguration: 'OPTIONAL', EmailMfaConfiguration: {} },
          EmailConfiguration: { From: 'a@example.com' },
        },
        { EmailConfiguration: { EmailSendingAccount: 'DEVELOPER', From: 'a@example.com' } },
      ],
      [
        { mfa: { MfaConfiguration: 'ON', SmsMfaConfiguration: {} } },
        { MfaConfiguration: 'ON', SmsConfiguration: { SnsCallerArn: expect.any(String) as string } },
      ],
      [
        {
          MfaConfiguration: 'OPTIONAL',
          mfa: { SoftwareTokenMfaConfiguration: { Enabled: true } },
        },
        { MfaConfiguration: 'OPTIONAL' },
      ],
    ])('gets one: %j', async (pool, described) => {
      service = await start(pool);
      const { endpoint } = service.cognito;
      const input = { UserPoolId: service.cognito.pool().id };
      await expect(succeed(endpoint, 'DescribeUserPool', input)).resolves.toMatchObject({ UserPool: described });
    });
  });
});
