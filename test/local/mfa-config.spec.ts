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

  it('is off at first', async () => {
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

  it.each(['EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN'] as const)('cannot be required beside %s', async (factor) => {
    const id = await newPool({ Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', factor] } } });
    await expect(configure(id, { MfaConfiguration: 'ON', ...TOTP })).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: `MFA cannot be required while ${factor} is an allowed first authentication factor.`,
    });
    await expect(configure(id, { MfaConfiguration: 'OPTIONAL', ...TOTP })).resolves.toBeDefined();
  });

  it('can be required beside passkeys that verify the user', async () => {
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

  it('rejects a pool that does not exist', async () => {
    await expect(configurationOf('us-east-1_nothere')).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'User pool us-east-1_nothere does not exist.',
    });
  });
});
