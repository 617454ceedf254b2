import { type LocalService, startLocalService } from '../local/local-service.js';
import { succeed } from '../local/wire.js';

/*
 * What the resources aws_cognito_user_pool and aws_cognito_user_pool_client of Terraform's provider for AWS read back after
 * they wrote a configuration, and what CloudFormation's drift detection reads. A member that differs from the configuration,
 * or that is there although nobody configured it, is a change that the next plan shows.
 */

type Members = Readonly<Record<string, unknown>>;

const SES = {
  EmailSendingAccount: 'DEVELOPER',
  SourceArn: 'arn:aws:ses:us-east-1:123456789012:identity/a@example.com',
};
const SMS = { ExternalId: 'test', SnsCallerArn: 'arn:aws:iam::123456789012:role/sms' };
const LAMBDA = 'arn:aws:lambda:us-east-1:123456789012:function:one';

/** What every pool shows, by the names of the attributes that Terraform computes. */
const COMPUTED_OF_POOL: Members = {
  AdminCreateUserConfig: { AllowAdminCreateUserOnly: false, UnusedAccountValidityDays: 7 },
  DeletionProtection: 'INACTIVE',
  EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT' },
  EstimatedNumberOfUsers: 0,
  IssuerConfiguration: { Type: 'ORIGINAL' },
  KeyConfiguration: { KeyType: 'AWS_OWNED_KEY' },
  LambdaConfig: {},
  MfaConfiguration: 'OFF',
  Policies: {
    PasswordPolicy: {
      MinimumLength: 8,
      RequireLowercase: true,
      RequireNumbers: true,
      RequireSymbols: true,
      RequireUppercase: true,
      TemporaryPasswordValidityDays: 7,
    },
    SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD'] },
  },
  UserPoolTier: 'ESSENTIALS',
  VerificationMessageTemplate: { DefaultEmailOption: 'CONFIRM_WITH_CODE' },
};

/** A configuration, what it changes in the members above, and the MFA that Terraform sets by a second request. */
interface PoolExpectation {
  readonly configuration: Members;
  readonly shown?: Members;
  readonly mfa?: Members;
}

const POOLS: Readonly<Record<string, PoolExpectation>> = {
  'a name alone': { configuration: {} },
  account_recovery_setting: {
    configuration: {
      AccountRecoverySetting: {
        RecoveryMechanisms: [
          { Name: 'verified_email', Priority: 1 },
          { Name: 'verified_phone_number', Priority: 2 },
        ],
      },
    },
  },
  admin_create_user_config: {
    configuration: {
      AdminCreateUserConfig: {
        AllowAdminCreateUserOnly: true,
        InviteMessageTemplate: {
          EmailMessage: '{username} {####}',
          EmailSubject: 'Welcome',
          SMSMessage: '{username} {####}',
        },
      },
    },
    shown: {
      AdminCreateUserConfig: {
        AllowAdminCreateUserOnly: true,
        InviteMessageTemplate: {
          EmailMessage: '{username} {####}',
          EmailSubject: 'Welcome',
          SMSMessage: '{username} {####}',
        },
        UnusedAccountValidityDays: 7,
      },
    },
  },
  alias_attributes: { configuration: { AliasAttributes: ['preferred_username'] } },
  username_attributes: { configuration: { UsernameAttributes: ['email'] } },
  username_configuration: { configuration: { UsernameConfiguration: { CaseSensitive: true } } },
  auto_verified_attributes: { configuration: { AutoVerifiedAttributes: ['email'] } },
  deletion_protection: { configuration: { DeletionProtection: 'ACTIVE' } },
  device_configuration: {
    configuration: {
      DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: false },
    },
  },
  'email_configuration in part': {
    configuration: { EmailConfiguration: { ReplyToEmailAddress: 'a@example.com' } },
    shown: { EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT', ReplyToEmailAddress: 'a@example.com' } },
  },
  email_configuration: { configuration: { EmailConfiguration: SES } },
  'email_verification_message and _subject': {
    configuration: { EmailVerificationMessage: 'Code {####}', EmailVerificationSubject: 'Code' },
    shown: {
      VerificationMessageTemplate: {
        DefaultEmailOption: 'CONFIRM_WITH_CODE',
        EmailMessage: 'Code {####}',
        EmailSubject: 'Code',
      },
    },
  },
  'lambda_config with pre_token_generation alone': {
    configuration: { LambdaConfig: { PreTokenGeneration: LAMBDA, PreSignUp: LAMBDA } },
    shown: {
      LambdaConfig: {
        PreTokenGeneration: LAMBDA,
        PreTokenGenerationConfig: { LambdaArn: LAMBDA, LambdaVersion: 'V1_0' },
        PreSignUp: LAMBDA,
      },
    },
  },
  password_policy: {
    configuration: {
      Policies: {
        PasswordPolicy: {
          MinimumLength: 7,
          RequireLowercase: true,
          RequireNumbers: false,
          RequireSymbols: true,
          RequireUppercase: false,
          TemporaryPasswordValidityDays: 3,
        },
      },
    },
    shown: {
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: false, UnusedAccountValidityDays: 3 },
      Policies: {
        PasswordPolicy: {
          MinimumLength: 7,
          RequireLowercase: true,
          RequireNumbers: false,
          RequireSymbols: true,
          RequireUppercase: false,
          TemporaryPasswordValidityDays: 3,
        },
        SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD'] },
      },
    },
  },
  sign_in_policy: {
    configuration: { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] } } },
    shown: {
      Policies: {
        ...(COMPUTED_OF_POOL['Policies'] as object),
        SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] },
      },
    },
  },
  sms_configuration: { configuration: { SmsConfiguration: SMS } },
  sms_authentication_message: { configuration: { SmsAuthenticationMessage: 'Code {####}' } },
  sms_verification_message: {
    configuration: { SmsVerificationMessage: 'Code {####}' },
    shown: { VerificationMessageTemplate: { DefaultEmailOption: 'CONFIRM_WITH_CODE', SmsMessage: 'Code {####}' } },
  },
  tags: { configuration: { UserPoolTags: { key1: 'value1' } } },
  user_attribute_update_settings: {
    configuration: {
      AutoVerifiedAttributes: ['email'],
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
    },
  },
  user_pool_add_ons: { configuration: { UserPoolAddOns: { AdvancedSecurityMode: 'OFF' } } },
  user_pool_tier: { configuration: { UserPoolTier: 'PLUS' } },
  verification_message_template: {
    configuration: {
      VerificationMessageTemplate: {
        DefaultEmailOption: 'CONFIRM_WITH_LINK',
        EmailMessage: 'Code {####}',
        EmailMessageByLink: '{##Click##}',
        EmailSubject: 'Code',
        EmailSubjectByLink: 'Link',
        SmsMessage: 'Sms {####}',
      },
    },
    shown: {
      EmailVerificationMessage: 'Code {####}',
      EmailVerificationSubject: 'Code',
      SmsVerificationMessage: 'Sms {####}',
    },
  },
  software_token_mfa_configuration: {
    configuration: {},
    mfa: { MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } },
  },
  'mfa_configuration with sms_configuration': {
    configuration: { SmsConfiguration: SMS, SmsAuthenticationMessage: 'Code {####}' },
    mfa: {
      MfaConfiguration: 'OPTIONAL',
      SmsMfaConfiguration: { SmsConfiguration: SMS, SmsAuthenticationMessage: 'Code {####}' },
    },
  },
  web_authn_configuration: {
    configuration: {},
    mfa: {
      MfaConfiguration: 'OFF',
      WebAuthnConfiguration: { RelyingPartyId: 'auth.example.com', UserVerification: 'required' },
    },
  },
};

const SCHEMA: readonly [Members, Members][] = [
  [
    {
      Name: 'email',
      AttributeDataType: 'String',
      DeveloperOnlyAttribute: false,
      Mutable: false,
      Required: true,
      StringAttributeConstraints: { MinLength: '7', MaxLength: '10' },
    },
    {},
  ],
  [
    { Name: 'name', AttributeDataType: 'String', Required: true },
    {
      DeveloperOnlyAttribute: false,
      Mutable: true,
      StringAttributeConstraints: { MinLength: '0', MaxLength: '2048' },
    },
  ],
  [
    { Name: 'flag', AttributeDataType: 'Boolean', DeveloperOnlyAttribute: false, Mutable: true, Required: false },
    { Name: 'custom:flag' },
  ],
  [
    {
      Name: 'count',
      AttributeDataType: 'Number',
      DeveloperOnlyAttribute: true,
      Mutable: true,
      Required: false,
      NumberAttributeConstraints: { MinValue: '2', MaxValue: '6' },
    },
    { Name: 'dev:custom:count' },
  ],
  [
    { Name: 'text', AttributeDataType: 'String' },
    {
      Name: 'custom:text',
      DeveloperOnlyAttribute: false,
      Mutable: true,
      Required: false,
      StringAttributeConstraints: {},
    },
  ],
];

const COMPUTED_OF_CLIENT: Members = {
  AllowedOAuthFlowsUserPoolClient: false,
  AuthSessionValidity: 3,
  EnablePropagateAdditionalUserContextData: false,
  EnableTokenRevocation: true,
  RefreshTokenValidity: 30,
};

const CLIENTS: Readonly<Record<string, Members>> = {
  'a name alone': {},
  explicit_auth_flows: { ExplicitAuthFlows: ['ADMIN_NO_SRP_AUTH'] },
  access_token_validity: { AccessTokenValidity: 5 },
  id_token_validity: { IdTokenValidity: 5 },
  refresh_token_validity: { RefreshTokenValidity: 60 },
  token_validity_units: {
    TokenValidityUnits: { AccessToken: 'days', IdToken: 'days', RefreshToken: 'days' },
    AccessTokenValidity: 1,
    IdTokenValidity: 1,
    RefreshTokenValidity: 1,
  },
  auth_session_validity: { AuthSessionValidity: 15 },
  prevent_user_existence_errors: { PreventUserExistenceErrors: 'LEGACY' },
  enable_token_revocation: { EnableTokenRevocation: false },
  refresh_token_rotation: { RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 10 } },
  'allowed_oauth_flows and what belongs to them': {
    AllowedOAuthFlowsUserPoolClient: true,
    AllowedOAuthFlows: ['code', 'implicit'],
    AllowedOAuthScopes: ['email', 'openid', 'phone', 'profile'],
    CallbackURLs: ['https://www.example.com/callback', 'https://www.example.com/redirect'],
    DefaultRedirectURI: 'https://www.example.com/redirect',
    LogoutURLs: ['https://www.example.com/login'],
    SupportedIdentityProviders: ['COGNITO'],
  },
  'read_attributes and write_attributes': { ReadAttributes: ['email'], WriteAttributes: ['email'] },
};

describe("what Terraform's provider reads", () => {
  let service: LocalService;
  let endpoint: string;

  beforeAll(async () => {
    service = await startLocalService();
    ({ endpoint } = service.cognito);
  });

  afterAll(() => service.stop());

  async function make(configuration: Members): Promise<string> {
    const { UserPool } = await succeed(endpoint, 'CreateUserPool', { PoolName: 'made', ...configuration });
    return (UserPool as { Id: string }).Id;
  }

  async function readPool(UserPoolId: string): Promise<Members> {
    const { UserPool } = await succeed(endpoint, 'DescribeUserPool', { UserPoolId });
    const mfa = await succeed(endpoint, 'GetUserPoolMfaConfig', { UserPoolId });
    return without({ ...(UserPool as Members), ...mfa }, ['LastModifiedDate']);
  }

  describe.each(Object.entries(POOLS))('of a pool with %s', (_name, { configuration, shown = {}, mfa }) => {
    async function apply(): Promise<string> {
      const id = await make(configuration);
      if (mfa !== undefined) {
        await succeed(endpoint, 'SetUserPoolMfaConfig', { UserPoolId: id, ...mfa });
      }
      return id;
    }

    it('is the configuration, its computed attributes, and nothing else', async () => {
      const id = await apply();
      const read = without(await readPool(id), ['CreationDate', 'SchemaAttributes']);
      expect(read).toEqual({
        ...COMPUTED_OF_POOL,
        ...configuration,
        ...shown,
        ...mfa,
        Id: id,
        Name: 'made',
        Arn: `arn:aws:cognito-idp:us-east-1:123456789012:userpool/${id}`,
      });
    });

    it('stays the same when the configuration is applied again', async () => {
      const id = await apply();
      const before = await readPool(id);
      await succeed(endpoint, 'UpdateUserPool', {
        UserPoolId: id,
        ...without(configuration, ['AliasAttributes', 'UsernameAttributes', 'UsernameConfiguration']),
        MfaConfiguration: mfa?.['MfaConfiguration'] ?? 'OFF',
      });
      await expect(readPool(id)).resolves.toEqual(before);
    });
  });

  it.each(SCHEMA)('of the schema attribute %j adds its defaults', async (attribute, shown) => {
    const { SchemaAttributes } = await readPool(await make({ Schema: [attribute] }));
    const { Name } = { ...attribute, ...shown };
    const read = (SchemaAttributes as Members[]).find((candidate) => candidate['Name'] === Name);
    expect(read).toEqual({ ...attribute, ...shown });
  });

  describe.each(Object.entries(CLIENTS))('of an app client with %s', (_name, configuration) => {
    async function apply(): Promise<{ UserPoolId: string; read: Members }> {
      const UserPoolId = await make({});
      const { UserPoolClient } = await succeed(endpoint, 'CreateUserPoolClient', {
        UserPoolId,
        ClientName: 'made',
        ...configuration,
      });
      return { UserPoolId, read: UserPoolClient as Members };
    }

    it('is the configuration, its computed attributes, and nothing else', async () => {
      const { UserPoolId, read } = await apply();
      expect(without(read, ['CreationDate', 'LastModifiedDate'])).toEqual({
        ...COMPUTED_OF_CLIENT,
        ...configuration,
        UserPoolId,
        ClientName: 'made',
        ClientId: expect.any(String) as string,
      });
    });

    it('stays the same when the configuration, or what was read, is applied again', async () => {
      const { UserPoolId, read } = await apply();
      const { ClientId } = read;
      const before = without(read, ['LastModifiedDate']);
      for (const settings of [configuration, without(read, ['CreationDate', 'LastModifiedDate'])]) {
        await succeed(endpoint, 'UpdateUserPoolClient', { UserPoolId, ClientId, ...settings });
        const { UserPoolClient } = await succeed(endpoint, 'DescribeUserPoolClient', { UserPoolId, ClientId });
        expect(without(UserPoolClient as Members, ['LastModifiedDate'])).toEqual(before);
      }
    });
  });
});

function without(members: Members, names: readonly string[]): Members {
  return Object.fromEntries(Object.entries(members).filter(([name]) => !names.includes(name)));
}
