import {
  CreateUserPoolCommand,
  type CreateUserPoolCommandInput,
  GetUserPoolMfaConfigCommand,
  SetUserPoolMfaConfigCommand,
  type SetUserPoolMfaConfigCommandInput,
} from '@aws-sdk/client-cognito-identity-provider';

import { type LocalService, startLocalService } from './local-service.js';

type Config = Omit<SetUserPoolMfaConfigCommandInput, 'UserPoolId'>;

const TOTP = { SoftwareTokenMfaConfiguration: { Enabled: true } };
const SMS = { SmsMfaConfiguration: { SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::123456789012:role/sms' } } };

const SES = {
  EmailSendingAccount: 'DEVELOPER',
  SourceArn: 'arn:aws:ses:us-east-1:123456789012:identity/a@example.com',
} as const;

function withoutMetadata(answer: object): object {
  return Object.fromEntries(Object.entries(answer).filter(([name]) => name !== '$metadata'));
}

describe("a pool's MFA configuration", () => {
  let service: LocalService;

  beforeAll(async () => {
    service = await startLocalService();
  });

  afterAll(() => service.stop());

  async function newPool(options: Partial<CreateUserPoolCommandInput> = {}): Promise<string> {
    const { UserPool } = await service.sdk.send(new CreateUserPoolCommand({ PoolName: 'p', ...options }));
    return UserPool?.Id ?? '';
  }

  function configure(id: string, config: Config): Promise<object> {
    return service.sdk.send(new SetUserPoolMfaConfigCommand({ UserPoolId: id, ...config })).then(withoutMetadata);
  }

  function configurationOf(id: string): Promise<object> {
    return service.sdk.send(new GetUserPoolMfaConfigCommand({ UserPoolId: id })).then(withoutMetadata);
  }

  it('is off by default', async () => {
    await expect(configurationOf(await newPool())).resolves.toEqual({ MfaConfiguration: 'OFF' });
  });

  it('is returned as it was set', async () => {
    const id = await newPool();
    const config: Config = { MfaConfiguration: 'OPTIONAL', ...TOTP, ...SMS };
    await expect(configure(id, config)).resolves.toEqual(config);
    await expect(configurationOf(id)).resolves.toEqual(config);
  });

  it('is replaced as a whole, except for passkeys', async () => {
    const id = await newPool();
    await configure(id, { MfaConfiguration: 'ON', ...TOTP, WebAuthnConfiguration: { RelyingPartyId: 'localhost' } });
    await configure(id, { MfaConfiguration: 'OPTIONAL', ...SMS });
    await expect(configurationOf(id)).resolves.toEqual({
      MfaConfiguration: 'OPTIONAL',
      ...SMS,
      WebAuthnConfiguration: { RelyingPartyId: 'localhost' },
    });
  });

  it.each<[string, Config, string]>([
    [
      'no factor',
      { MfaConfiguration: 'ON' },
      'At least one of [SmsMfaConfiguration] or [SoftwareTokenMfaConfiguration] must be provided.',
    ],
    [
      'a factor that is off',
      { MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: false } },
      'At least one of [SmsMfaConfiguration] or [SoftwareTokenMfaConfiguration] must be provided.',
    ],
    [
      'a factor while MFA is off',
      { MfaConfiguration: 'OFF', ...TOTP },
      "Invalid MFA configuration given, can't turn off MFA and configure an MFA together.",
    ],
    [
      'a factor that is off while MFA is off',
      { MfaConfiguration: 'OFF', SoftwareTokenMfaConfiguration: { Enabled: false } },
      "Invalid MFA configuration given, can't turn off MFA and configure an MFA together.",
    ],
    [
      'an e-mail factor while MFA is off, before the sender',
      { MfaConfiguration: 'OFF', EmailMfaConfiguration: {} },
      "Invalid MFA configuration given, can't turn off MFA and configure an MFA together.",
    ],
    [
      "e-mail from Cognito's own sender",
      { MfaConfiguration: 'OPTIONAL', EmailMfaConfiguration: {} },
      'Cannot set EmailMfaConfiguration when user pool EmailConfiguration contains an EmailSendingAccount of COGNITO_DEFAULT.',
    ],
    [
      'SMS without a sender',
      { MfaConfiguration: 'ON', SmsMfaConfiguration: {} },
      '[SmsConfiguration] is a required member of [SmsMfaConfiguration].',
    ],
    [
      'a level that is none',
      { MfaConfiguration: 'MAYBE' as 'ON', ...TOTP },
      "1 validation error detected: Value 'MAYBE' at 'mfaConfiguration' failed to satisfy constraint: Member must satisfy enum value set: [OFF, ON, OPTIONAL]",
    ],
  ])('rejects %s', async (_case, config, message) => {
    await expect(configure(await newPool(), config)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message,
    });
  });

  const CODES = 'Only PASSWORD and WEB_AUTHN (if configured) can be enabled as an auth factor if MFA is enabled';
  const PASSKEYS =
    'Cannot set WebAuthn factor configuration to SINGLE_FACTOR if MFA is required and WebAuthn is an allowed first auth factor';

  it.each([
    ['EMAIL_OTP', { EmailConfiguration: SES }, CODES],
    ['SMS_OTP', { SmsConfiguration: SMS.SmsMfaConfiguration.SmsConfiguration }, CODES],
    ['WEB_AUTHN', {}, PASSKEYS],
  ] as const)('cannot be required with the first factor %s', async (factor, sender, message) => {
    const SignInPolicy = { AllowedFirstAuthFactors: ['PASSWORD' as const, factor] };
    const id = await newPool({ Policies: { SignInPolicy }, ...sender });
    await expect(configure(id, { MfaConfiguration: 'ON', ...TOTP })).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message,
    });
    await expect(configure(id, { MfaConfiguration: 'OPTIONAL', ...TOTP })).resolves.toBeDefined();
  });

  it('can be required with passkeys that verify the user', async () => {
    const id = await newPool({ Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] } } });
    const WebAuthnConfiguration = {
      RelyingPartyId: 'localhost',
      UserVerification: 'required',
      FactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION',
    } as const;
    await expect(configure(id, { MfaConfiguration: 'ON', ...TOTP, WebAuthnConfiguration })).resolves.toMatchObject({
      MfaConfiguration: 'ON',
    });
  });

  it('is of e-mail in a pool with its own sender and a way back', async () => {
    const id = await newPool({ EmailConfiguration: SES });
    const email: Config = { MfaConfiguration: 'ON', EmailMfaConfiguration: { Message: '{####}', Subject: 'Code' } };
    await expect(configure(id, email)).resolves.toEqual(email);
    const mechanisms = [{ Name: 'verified_email' as const, Priority: 1 }];
    const stuck = await newPool({
      EmailConfiguration: SES,
      AccountRecoverySetting: { RecoveryMechanisms: mechanisms },
    });
    await expect(configure(stuck, email)).rejects.toMatchObject({ name: 'InvalidParameterException' });
    const lite = await newPool({ EmailConfiguration: SES, UserPoolTier: 'LITE' });
    await expect(configure(lite, email)).rejects.toMatchObject({ name: 'FeatureUnavailableInTierException' });
  });

  it('is off with passkeys', async () => {
    const id = await newPool();
    const WebAuthnConfiguration = { RelyingPartyId: 'localhost' };
    await expect(configure(id, { MfaConfiguration: 'OFF', WebAuthnConfiguration })).resolves.toEqual({
      MfaConfiguration: 'OFF',
      WebAuthnConfiguration,
    });
  });

  it('rejects an unknown pool', async () => {
    await expect(configurationOf('us-east-1_nothere')).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'User pool us-east-1_nothere does not exist.',
    });
  });
});
