import { type LocalService, startLocalService } from './local-service.js';
import { call, refusal, succeed, type WireAnswer } from './wire.js';

const SES = {
  EmailSendingAccount: 'DEVELOPER',
  SourceArn: 'arn:aws:ses:us-east-1:123456789012:identity/a@example.com',
};
const SMS = { SnsCallerArn: 'arn:aws:iam::123456789012:role/sms' };
const TOTP = { SoftwareTokenMfaConfiguration: { Enabled: true } };

const INVALID = 'InvalidParameterException';
const NO_SMS = 'SMS configuration and Auto verification for phone_number are required when MFA is required/optional';
const CODES = 'Only PASSWORD and WEB_AUTHN (if configured) can be enabled as an auth factor if MFA is enabled';
const PASSKEYS =
  'Cannot set WebAuthn factor configuration to SINGLE_FACTOR if MFA is required and WebAuthn is an allowed first auth factor';
const UNVERIFIED = 'All attributes in AttributesRequireVerificationBeforeUpdate must exist in AutoVerifiedAttributes';
const PHONE_WITHOUT_SMS = 'SMS configuration is required when phone_number is selected for auto verification';
const TWO_VALIDITIES =
  'Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays';
const ADMIN_AND_OTHERS = 'Account Recovery Setting cannot use admin_only setting with any other recovery mechanisms.';
const DUPLICATE_RECOVERY = 'Account Recovery Setting cannot have duplicate priorities or recovery mechanisms.';
const LITE = 'The following features need to be disabled for the LITE pricing tier configured:';

const firstFactors = (...AllowedFirstAuthFactors: string[]) => ({
  Policies: { SignInPolicy: { AllowedFirstAuthFactors } },
});
const recovery = (...RecoveryMechanisms: object[]) => ({ AccountRecoverySetting: { RecoveryMechanisms } });
const email = (Priority: number) => ({ Name: 'verified_email', Priority });
const phone = (Priority: number) => ({ Name: 'verified_phone_number', Priority });
const verifyBefore = (...names: string[]) => ({
  UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: names },
});
const noSender = (factor: string, kind: string) =>
  `${factor} can not be configured as AuthFactor as user pool is missing valid ${kind} configuration`;
const custom = (Name: string, more: object) => ({ Schema: [{ Name, ...more }] });
const text = (MinLength?: string, MaxLength?: string) => ({
  AttributeDataType: 'String',
  StringAttributeConstraints: { MinLength, MaxLength },
});
const number = (MinValue?: string, MaxValue?: string) => ({
  AttributeDataType: 'Number',
  NumberAttributeConstraints: { MinValue, MaxValue },
});

/** Settings that CreateUserPool refuses, and UpdateUserPool too. */
const CONTRADICTIONS: [object, string][] = [
  [verifyBefore('email'), UNVERIFIED],
  [{ ...verifyBefore('email'), AutoVerifiedAttributes: ['phone_number'], SmsConfiguration: SMS }, UNVERIFIED],
  [{ ...verifyBefore('email', 'phone_number'), AutoVerifiedAttributes: ['email'] }, UNVERIFIED],
  [{ AutoVerifiedAttributes: ['phone_number'] }, PHONE_WITHOUT_SMS],
  [{ AutoVerifiedAttributes: ['email', 'phone_number'] }, PHONE_WITHOUT_SMS],
  [firstFactors('EMAIL_OTP'), 'Password should be configured as one of the allowed first auth factors.'],
  [firstFactors('PASSWORD', 'SMS_OTP'), noSender('SMS_OTP', 'SMS')],
  [firstFactors('PASSWORD', 'EMAIL_OTP'), noSender('EMAIL_OTP', 'email')],
  [
    { ...firstFactors('PASSWORD', 'EMAIL_OTP'), EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT' } },
    noSender('EMAIL_OTP', 'email'),
  ],
  [
    { EmailConfiguration: { EmailSendingAccount: 'DEVELOPER' } },
    'Source ARN is required to use DEVELOPER email sending owner',
  ],
  [recovery({ Name: 'admin_only', Priority: 1 }, email(2)), ADMIN_AND_OTHERS],
  [recovery(email(1), phone(1)), DUPLICATE_RECOVERY],
  [recovery(email(1), email(2)), DUPLICATE_RECOVERY],
  [
    {
      AdminCreateUserConfig: { UnusedAccountValidityDays: 7 },
      Policies: { PasswordPolicy: { TemporaryPasswordValidityDays: 7 } },
    },
    TWO_VALIDITIES,
  ],
  [
    {
      LambdaConfig: {
        PreTokenGeneration: 'arn:aws:lambda:us-east-1:123456789012:function:one',
        PreTokenGenerationConfig: {
          LambdaVersion: 'V2_0',
          LambdaArn: 'arn:aws:lambda:us-east-1:123456789012:function:two',
        },
      },
    },
    "Cannot use PreTokenGenerationLambda and PreTokenGeneration with different Lambda function ARN's",
  ],
];

/** Settings that only CreateUserPool has, or refuses with these words. */
const REFUSED_AT_CREATION: [object, string][] = [
  [
    { AliasAttributes: ['email'], UsernameAttributes: ['phone_number'] },
    'Only one of the aliasAttributes or usernameAttributes can be set in a User pool.',
  ],
  [{ MfaConfiguration: 'ON' }, NO_SMS],
  [{ MfaConfiguration: 'OPTIONAL' }, NO_SMS],
  [{ MfaConfiguration: 'OPTIONAL', AutoVerifiedAttributes: ['email'], EmailConfiguration: SES }, NO_SMS],
  [{ MfaConfiguration: 'ON', SmsConfiguration: SMS, ...firstFactors('PASSWORD', 'SMS_OTP') }, CODES],
  [
    {
      MfaConfiguration: 'ON',
      SmsConfiguration: SMS,
      EmailConfiguration: SES,
      ...firstFactors('PASSWORD', 'EMAIL_OTP'),
    },
    CODES,
  ],
  [{ MfaConfiguration: 'ON', SmsConfiguration: SMS, ...firstFactors('PASSWORD', 'WEB_AUTHN') }, PASSKEYS],
  [custom('x', text('a')), 'Invalid StringAttributeConstraints for schema attribute custom:x'],
  [custom('x', text('-1')), 'Invalid StringAttributeConstraints for schema attribute custom:x'],
  [custom('x', text('1', '1.5')), 'Invalid StringAttributeConstraints for schema attribute custom:x'],
  [custom('name', text('', '9')), 'Invalid StringAttributeConstraints for schema attribute name'],
  [custom('x', number('one')), 'Invalid NumberAttributeConstraints for schema attribute custom:x'],
  [custom('x', number('2', '1')), 'user.custom:x: Max value cannot be less than min value.'],
  [custom('x', number('-1', '-2')), 'user.custom:x: Max value cannot be less than min value.'],
  [custom('name', text('9', '8')), 'user.name: Max length cannot be less than min length.'],
];

/** Settings that look like the ones above, and are accepted. */
const ACCEPTED: object[] = [
  { ...verifyBefore('email'), AutoVerifiedAttributes: ['email'] },
  { AutoVerifiedAttributes: ['email', 'phone_number'], SmsConfiguration: SMS },
  { ...firstFactors('PASSWORD', 'SMS_OTP'), SmsConfiguration: SMS },
  { ...firstFactors('PASSWORD', 'EMAIL_OTP'), EmailConfiguration: SES },
  { ...firstFactors('PASSWORD', 'EMAIL_OTP'), EmailConfiguration: SES, MfaConfiguration: 'OFF' },
  { MfaConfiguration: 'ON', SmsConfiguration: SMS },
  { MfaConfiguration: 'OPTIONAL', SmsConfiguration: SMS, ...firstFactors('PASSWORD', 'WEB_AUTHN') },
  recovery(email(2), phone(1)),
  recovery({ Name: 'admin_only', Priority: 1 }),
  { AliasAttributes: ['email'], UsernameAttributes: [] },
  { UserPoolTier: 'LITE' },
  custom('x', number('-5', '5')),
  custom('x', text('0', '2048')),
];

describe('the configuration of a user pool', () => {
  let service: LocalService;
  let endpoint: string;

  beforeAll(async () => {
    service = await startLocalService();
    ({ endpoint } = service.cognito);
  });

  afterAll(() => service.stop());

  const create = (settings: object) => call(endpoint, 'CreateUserPool', { PoolName: 'made', ...settings });
  const update = (UserPoolId: string, settings: object) =>
    call(endpoint, 'UpdateUserPool', { UserPoolId, ...settings });
  const setMfa = (UserPoolId: string, settings: object) =>
    call(endpoint, 'SetUserPoolMfaConfig', { UserPoolId, ...settings });
  const poolOf = ({ body }: WireAnswer) => body['UserPool'] as Record<string, unknown> & { Id: string };

  async function created(settings: object = {}): Promise<string> {
    const answer = await create(settings);
    expect(answer).toMatchObject({ status: 200 });
    return poolOf(answer).Id;
  }

  const describePool = async (UserPoolId: string) => poolOf(await call(endpoint, 'DescribeUserPool', { UserPoolId }));

  async function describesAfterCreation(settings: object): Promise<Record<string, unknown>> {
    return describePool(await created(settings));
  }

  describe('that contradicts itself', () => {
    it.each([...CONTRADICTIONS, ...REFUSED_AT_CREATION])('is refused at creation: %j', async (settings, message) => {
      await expect(create(settings)).resolves.toMatchObject(refusal(INVALID, message));
    });

    it.each(CONTRADICTIONS)('is refused at an update: %j', async (settings, message) => {
      const id = await created();
      const before = await describePool(id);
      await expect(update(id, settings)).resolves.toMatchObject(refusal(INVALID, message));
      await expect(describePool(id)).resolves.toEqual(before);
    });

    it.each(ACCEPTED)('differs from %j', async (settings) => {
      await expect(create(settings)).resolves.toMatchObject({ status: 200 });
    });
  });

  describe('beyond the feature plan', () => {
    const passwordless = firstFactors('PASSWORD', 'WEB_AUTHN');
    const tokens = {
      LambdaConfig: {
        PreTokenGenerationConfig: {
          LambdaVersion: 'V2_0',
          LambdaArn: 'arn:aws:lambda:us-east-1:123456789012:function:two',
        },
      },
    };

    it.each([
      [passwordless, `${LITE} Passwordless Sign-In`],
      [tokens, `${LITE} Token Customization with Pre-Token Generation Lambda V2_0`],
    ])('is refused: %j', async (settings, message) => {
      await expect(create({ UserPoolTier: 'LITE', ...settings })).resolves.toMatchObject(
        refusal('FeatureUnavailableInTierException', message),
      );
      const lite = await created({ UserPoolTier: 'LITE' });
      await expect(update(lite, settings)).resolves.toMatchObject(
        refusal('FeatureUnavailableInTierException', message),
      );
      const essentials = await created(settings);
      await expect(update(essentials, { ...settings, UserPoolTier: 'LITE' })).resolves.toMatchObject(
        refusal('TierChangeNotAllowedException', message),
      );
    });
  });

  describe('given in part', () => {
    it.each<[object, object]>([
      [
        { Policies: { PasswordPolicy: { MinimumLength: 12 } } },
        {
          Policies: {
            PasswordPolicy: {
              MinimumLength: 12,
              RequireUppercase: false,
              RequireLowercase: false,
              RequireNumbers: false,
              RequireSymbols: false,
              TemporaryPasswordValidityDays: 7,
            },
            SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD'] },
          },
        },
      ],
      [
        { Policies: { PasswordPolicy: { RequireNumbers: true, TemporaryPasswordValidityDays: 3 } } },
        {
          Policies: { PasswordPolicy: { MinimumLength: 8, RequireNumbers: true, RequireSymbols: false } },
          AdminCreateUserConfig: { AllowAdminCreateUserOnly: false, UnusedAccountValidityDays: 3 },
        },
      ],
      [
        { AdminCreateUserConfig: { UnusedAccountValidityDays: 2 } },
        {
          AdminCreateUserConfig: { AllowAdminCreateUserOnly: false, UnusedAccountValidityDays: 2 },
          Policies: { PasswordPolicy: { RequireSymbols: true, TemporaryPasswordValidityDays: 2 } },
        },
      ],
      [
        { AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } },
        { AdminCreateUserConfig: { AllowAdminCreateUserOnly: true, UnusedAccountValidityDays: 7 } },
      ],
      [
        firstFactors('PASSWORD', 'WEB_AUTHN'),
        {
          Policies: {
            PasswordPolicy: { MinimumLength: 8, RequireSymbols: true },
            SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] },
          },
        },
      ],
      [
        { EmailConfiguration: { ReplyToEmailAddress: 'a@example.com' } },
        { EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT', ReplyToEmailAddress: 'a@example.com' } },
      ],
      [
        { VerificationMessageTemplate: { EmailMessage: 'Code {####}', SmsMessage: 'Sms {####}' } },
        {
          VerificationMessageTemplate: {
            DefaultEmailOption: 'CONFIRM_WITH_CODE',
            EmailMessage: 'Code {####}',
            SmsMessage: 'Sms {####}',
          },
          EmailVerificationMessage: 'Code {####}',
          SmsVerificationMessage: 'Sms {####}',
        },
      ],
      [
        { EmailVerificationMessage: 'Code {####}', EmailVerificationSubject: 'Hi', SmsVerificationMessage: '{####}' },
        {
          VerificationMessageTemplate: {
            DefaultEmailOption: 'CONFIRM_WITH_CODE',
            EmailMessage: 'Code {####}',
            EmailSubject: 'Hi',
            SmsMessage: '{####}',
          },
        },
      ],
      [
        { VerificationMessageTemplate: { DefaultEmailOption: 'CONFIRM_WITH_LINK' } },
        { VerificationMessageTemplate: { DefaultEmailOption: 'CONFIRM_WITH_LINK' } },
      ],
      [
        { LambdaConfig: { PreTokenGeneration: 'arn:aws:lambda:us-east-1:123456789012:function:one' } },
        {
          LambdaConfig: {
            PreTokenGeneration: 'arn:aws:lambda:us-east-1:123456789012:function:one',
            PreTokenGenerationConfig: {
              LambdaVersion: 'V1_0',
              LambdaArn: 'arn:aws:lambda:us-east-1:123456789012:function:one',
            },
          },
        },
      ],
    ])('%j is completed', async (settings, described) => {
      await expect(describesAfterCreation(settings)).resolves.toMatchObject(described);
    });

    it.each([
      'AccountRecoverySetting',
      'AutoVerifiedAttributes',
      'AliasAttributes',
      'UsernameAttributes',
      'UsernameConfiguration',
      'SmsConfiguration',
      'SmsVerificationMessage',
      'EmailVerificationMessage',
      'DeviceConfiguration',
      'UserPoolAddOns',
      'Domain',
      'CustomDomain',
    ])('it has no %s unless it is given', async (member) => {
      await expect(describesAfterCreation({})).resolves.not.toHaveProperty(member);
    });

    it.each(['AutoVerifiedAttributes', 'AliasAttributes', 'UsernameAttributes'])(
      'it shows no empty %s',
      async (member) => {
        await expect(describesAfterCreation({ [member]: [] })).resolves.not.toHaveProperty(member);
      },
    );
  });

  describe('of attributes', () => {
    it('has the attribute identities, which nobody sets', async () => {
      const id = await created();
      const { SchemaAttributes } = await describePool(id);
      expect((SchemaAttributes as { Name: string }[]).at(20)).toEqual({
        Name: 'identities',
        AttributeDataType: 'String',
        DeveloperOnlyAttribute: false,
        Mutable: true,
        Required: false,
        StringAttributeConstraints: {},
      });
      const UserAttributes = [{ Name: 'identities', Value: '[]' }];
      await expect(
        call(endpoint, 'AdminCreateUser', { UserPoolId: id, Username: 'ann', UserAttributes }),
      ).resolves.toMatchObject(refusal(INVALID));
      await succeed(endpoint, 'AdminCreateUser', { UserPoolId: id, Username: 'ann' });
      await expect(
        call(endpoint, 'AdminUpdateUserAttributes', { UserPoolId: id, Username: 'ann', UserAttributes }),
      ).resolves.toMatchObject(refusal(INVALID));
    });

    it('has up to 50 custom ones', async () => {
      const Schema = Array.from({ length: 50 }, (_, index) => ({ Name: `a${index}`, AttributeDataType: 'String' }));
      const id = await created({ Schema });
      const CustomAttributes = [{ Name: 'more', AttributeDataType: 'String' }];
      await expect(call(endpoint, 'AddCustomAttributes', { UserPoolId: id, CustomAttributes })).resolves.toMatchObject(
        refusal(INVALID),
      );
    });
  });

  describe('by an update', () => {
    it('keeps what no update resets', async () => {
      const kept = {
        DeletionProtection: 'ACTIVE',
        UserPoolTier: 'PLUS',
        UserPoolTags: { team: 'a' },
        UsernameAttributes: ['email'],
        UsernameConfiguration: { CaseSensitive: false },
      };
      const id = await created({ ...kept, DeviceConfiguration: {}, EmailConfiguration: SES });
      await update(id, {});
      const pool = await describePool(id);
      expect(pool).toMatchObject({ ...kept, EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT' } });
      expect(pool).not.toHaveProperty('DeviceConfiguration');
    });

    it('keeps the policy that the request leaves out', async () => {
      const id = await created({
        Policies: {
          PasswordPolicy: { MinimumLength: 10, RequireSymbols: true },
          SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] },
        },
      });
      await update(id, { Policies: { PasswordPolicy: { MinimumLength: 9 } } });
      const SignInPolicy = { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] };
      await expect(describePool(id)).resolves.toMatchObject({
        Policies: { PasswordPolicy: { MinimumLength: 9, RequireSymbols: false }, SignInPolicy },
      });
      await update(id, firstFactors('PASSWORD'));
      await expect(describePool(id)).resolves.toMatchObject({
        Policies: {
          PasswordPolicy: { MinimumLength: 9 },
          SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD'] },
        },
      });
    });

    it('finds the sender that the pool has', async () => {
      const id = await created({ EmailConfiguration: SES, SmsConfiguration: SMS });
      await expect(update(id, firstFactors('PASSWORD', 'EMAIL_OTP', 'SMS_OTP'))).resolves.toMatchObject({
        status: 200,
      });
    });

    it('turns MFA on for nobody who had none', async () => {
      const id = await created();
      await expect(update(id, { MfaConfiguration: 'ON', SmsConfiguration: SMS })).resolves.toMatchObject(
        refusal(INVALID, 'Cannot turn MFA functionality ON, once the user pool has been created'),
      );
      await expect(update(id, { MfaConfiguration: 'OPTIONAL' })).resolves.toMatchObject(refusal(INVALID, NO_SMS));
      await setMfa(id, { MfaConfiguration: 'OPTIONAL', ...TOTP });
      await expect(update(id, { MfaConfiguration: 'ON' })).resolves.toMatchObject({ status: 200 });
      await expect(succeed(endpoint, 'GetUserPoolMfaConfig', { UserPoolId: id })).resolves.toEqual({
        MfaConfiguration: 'ON',
        ...TOTP,
      });
      await update(id, { MfaConfiguration: 'OFF' });
      await expect(succeed(endpoint, 'GetUserPoolMfaConfig', { UserPoolId: id })).resolves.toEqual({
        MfaConfiguration: 'OFF',
      });
    });

    it('allows no first factor that contradicts required MFA', async () => {
      const id = await created({ EmailConfiguration: SES });
      await setMfa(id, { MfaConfiguration: 'ON', ...TOTP });
      await expect(
        update(id, { ...firstFactors('PASSWORD', 'EMAIL_OTP'), EmailConfiguration: SES }),
      ).resolves.toMatchObject(refusal(INVALID, CODES));
      await expect(update(id, firstFactors('PASSWORD', 'WEB_AUTHN'))).resolves.toMatchObject(
        refusal(INVALID, PASSKEYS),
      );
    });
  });

  it('shows the sender of MFA by SMS as its own', async () => {
    const id = await created();
    const SmsMfaConfiguration = { SmsConfiguration: SMS, SmsAuthenticationMessage: 'Code {####}' };
    await setMfa(id, { MfaConfiguration: 'OPTIONAL', SmsMfaConfiguration });
    await expect(describePool(id)).resolves.toMatchObject(SmsMfaConfiguration);
    await update(id, {});
    await expect(describePool(id)).resolves.toMatchObject({ MfaConfiguration: 'OPTIONAL', SmsConfiguration: SMS });
  });
});
