import { type LocalService, startLocalService } from './local-service.js';
import { call, refusal, succeed } from './wire.js';

describe('user pools', () => {
  let service: LocalService;
  let endpoint: string;

  beforeAll(async () => {
    service = await startLocalService();
    ({ endpoint } = service.cognito);
  });

  afterAll(() => service.stop());

  const create = (more: object = {}) => call(endpoint, 'CreateUserPool', { PoolName: 'made', ...more });

  async function created(more: object = {}): Promise<Record<string, unknown> & { Id: string }> {
    const { UserPool } = await succeed(endpoint, 'CreateUserPool', { PoolName: 'made', ...more });
    return UserPool as Record<string, unknown> & { Id: string };
  }

  const describePool = async (UserPoolId: string) =>
    (await succeed(endpoint, 'DescribeUserPool', { UserPoolId }))['UserPool'] as Record<string, unknown>;

  it("have Cognito's defaults", async () => {
    const pool = await created();
    expect(pool).toMatchObject({
      Id: expect.stringMatching(/^us-east-1_[0-9A-Za-z]{9}$/) as string,
      Arn: `arn:aws:cognito-idp:us-east-1:123456789012:userpool/${pool.Id}`,
      Name: 'made',
      Policies: {
        PasswordPolicy: {
          MinimumLength: 8,
          RequireUppercase: true,
          RequireLowercase: true,
          RequireNumbers: true,
          RequireSymbols: true,
          TemporaryPasswordValidityDays: 7,
        },
        SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD'] },
      },
      DeletionProtection: 'INACTIVE',
      MfaConfiguration: 'OFF',
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: false, UnusedAccountValidityDays: 7 },
      EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT' },
      VerificationMessageTemplate: { DefaultEmailOption: 'CONFIRM_WITH_CODE' },
      UserPoolTier: 'ESSENTIALS',
      LambdaConfig: {},
      EstimatedNumberOfUsers: 0,
    });
    await expect(describePool(pool.Id)).resolves.toEqual(pool);
  });

  it('have 21 standard attributes', async () => {
    const attributes = (await created())['SchemaAttributes'] as { Name: string }[];
    expect(attributes).toHaveLength(21);
    expect(attributes[0]).toEqual({
      Name: 'sub',
      AttributeDataType: 'String',
      DeveloperOnlyAttribute: false,
      Mutable: false,
      Required: true,
      StringAttributeConstraints: { MinLength: '1', MaxLength: '2048' },
    });
    expect(attributes.find(({ Name }) => Name === 'birthdate')).toMatchObject({
      StringAttributeConstraints: { MinLength: '10', MaxLength: '10' },
    });
    expect(attributes.find(({ Name }) => Name === 'updated_at')).toMatchObject({
      AttributeDataType: 'Number',
      NumberAttributeConstraints: { MinValue: '0' },
    });
  });

  it('accept custom attributes', async () => {
    const attributes = (
      await created({
        Schema: [
          { Name: 'email', Required: true },
          { Name: 'tier', AttributeDataType: 'String', Mutable: false },
          { Name: 'secret', AttributeDataType: 'Boolean', DeveloperOnlyAttribute: true },
        ],
      })
    )['SchemaAttributes'] as { Name: string }[];
    expect(attributes.find(({ Name }) => Name === 'email')).toMatchObject({ Required: true, Mutable: true });
    expect(attributes.slice(21)).toMatchObject([
      { Name: 'custom:tier', Mutable: false },
      { Name: 'dev:custom:secret', AttributeDataType: 'Boolean', DeveloperOnlyAttribute: true },
    ]);
  });

  it.each<[object[], string]>([
    [
      [{ Name: 'x', AttributeDataType: 'String', Required: true }],
      'Required custom attributes are not supported currently.',
    ],
    [
      [
        { Name: 'x', AttributeDataType: 'String' },
        { Name: 'x', AttributeDataType: 'String' },
      ],
      'custom:x: Existing attribute already has name custom:x.',
    ],
    [[{ Name: 'x' }], 'Invalid AttributeDataType input, consider using the provided AttributeDataType enum.'],
    [
      [{ Name: 'x', AttributeDataType: 'Text' }],
      "1 validation error detected: Value 'Text' at 'schema.1.member.attributeDataType' failed to satisfy constraint: Member must satisfy enum value set: [String, Number, DateTime, Boolean]",
    ],
    [
      [{ Name: 'email', AttributeDataType: 'Number' }],
      'You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute email',
    ],
    [
      [{ Name: 'x', AttributeDataType: 'String', StringAttributeConstraints: { MaxLength: '2049' } }],
      'user.custom:x: String attributes cannot have a length of more than 2048',
    ],
    [
      [{ Name: 'x', AttributeDataType: 'String', StringAttributeConstraints: { MinLength: '3', MaxLength: '2' } }],
      'user.custom:x: Max length cannot be less than min length.',
    ],
    ...(['', 'three', '-1', '1.5', '1e2', ' 1'] as const).map((MinLength): [object[], string] => [
      [{ Name: 'x', AttributeDataType: 'String', StringAttributeConstraints: { MinLength } }],
      'Invalid StringAttributeConstraints for schema attribute custom:x',
    ]),
    ...(['', 'three', '1e2', '0x10', 'Infinity'] as const).map((MaxValue): [object[], string] => [
      [{ Name: 'x', AttributeDataType: 'Number', NumberAttributeConstraints: { MaxValue } }],
      'Invalid NumberAttributeConstraints for schema attribute custom:x',
    ]),
    [
      [{ Name: 'x', AttributeDataType: 'Number', NumberAttributeConstraints: { MinValue: '3', MaxValue: '-2' } }],
      'user.custom:x: Max value cannot be less than min value.',
    ],
    [
      [{ Name: 'email', AttributeDataType: 'String', StringAttributeConstraints: { MinLength: '3', MaxLength: '2' } }],
      'user.email: Max length cannot be less than min length.',
    ],
  ])('reject the schema %j', async (Schema, message) => {
    await expect(create({ Schema })).resolves.toMatchObject(refusal('InvalidParameterException', message));
  });

  it('accept more attributes later, all or none', async () => {
    const { Id } = await created({ Schema: [{ Name: 'old', AttributeDataType: 'String' }] });
    const add = (...CustomAttributes: object[]) =>
      call(endpoint, 'AddCustomAttributes', { UserPoolId: Id, CustomAttributes });
    const names = async () =>
      ((await describePool(Id))['SchemaAttributes'] as { Name: string }[]).slice(21).map(({ Name }) => Name);

    await expect(
      add({ Name: 'new', AttributeDataType: 'Number' }, { Name: 'old', AttributeDataType: 'String' }),
    ).resolves.toMatchObject(
      refusal('InvalidParameterException', 'custom:old: Existing attribute already has name custom:old.'),
    );
    await expect(names()).resolves.toEqual(['custom:old']);
    await expect(add({ Name: 'new', AttributeDataType: 'Number' })).resolves.toMatchObject({ status: 200, body: {} });
    await expect(names()).resolves.toEqual(['custom:old', 'custom:new']);
    await expect(add()).resolves.toMatchObject(refusal('InvalidParameterException'));
  });

  it('keep MFA and both policies when an update omits them, and reset the rest', async () => {
    const { Id } = await created({
      AutoVerifiedAttributes: ['email'],
      UsernameAttributes: ['email'],
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'admin_only', Priority: 1 }] },
      Policies: {
        PasswordPolicy: { MinimumLength: 12 },
        SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] },
      },
    });
    const mfa = { MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } };
    await succeed(endpoint, 'SetUserPoolMfaConfig', { UserPoolId: Id, ...mfa });
    await expect(
      call(endpoint, 'UpdateUserPool', { UserPoolId: Id, EmailVerificationSubject: 'Hi' }),
    ).resolves.toMatchObject({ status: 200, body: {} });
    const pool = await describePool(Id);
    expect(pool).not.toHaveProperty('AutoVerifiedAttributes');
    expect(pool).not.toHaveProperty('AccountRecoverySetting');
    expect(pool).toMatchObject({
      EmailVerificationSubject: 'Hi',
      UsernameAttributes: ['email'],
      Policies: {
        PasswordPolicy: { MinimumLength: 12 },
        SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] },
      },
      MfaConfiguration: 'OPTIONAL',
    });
    await expect(succeed(endpoint, 'GetUserPoolMfaConfig', { UserPoolId: Id })).resolves.toEqual(mfa);
  });

  it('complete a password policy that is given in part', async () => {
    const policy = async (PasswordPolicy: object) =>
      ((await created({ Policies: { PasswordPolicy } }))['Policies'] as { PasswordPolicy: object }).PasswordPolicy;
    const rest = { RequireLowercase: false, RequireSymbols: false, RequireUppercase: false };
    await expect(policy({ RequireNumbers: true })).resolves.toEqual({
      ...rest,
      RequireNumbers: true,
      MinimumLength: 8,
      TemporaryPasswordValidityDays: 7,
    });
    await expect(policy({ MinimumLength: 20, PasswordHistorySize: 3 })).resolves.toEqual({
      ...rest,
      RequireNumbers: false,
      MinimumLength: 20,
      PasswordHistorySize: 3,
      TemporaryPasswordValidityDays: 7,
    });
  });

  it('reject MFA that is turned on by an update, which SetUserPoolMfaConfig is for', async () => {
    const sms = { SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::123456789012:role/sms' } };
    const { Id } = await created();
    await expect(
      call(endpoint, 'UpdateUserPool', { UserPoolId: Id, MfaConfiguration: 'ON', ...sms }),
    ).resolves.toMatchObject(
      refusal('InvalidParameterException', 'Cannot turn MFA functionality ON, once the user pool has been created'),
    );
    expect(await describePool(Id)).toMatchObject({ MfaConfiguration: 'OFF' });
  });

  it('can be renamed', async () => {
    const { Id } = await created();
    await call(endpoint, 'UpdateUserPool', { UserPoolId: Id, PoolName: 'renamed' });
    await expect(describePool(Id)).resolves.toMatchObject({ Name: 'renamed' });
  });

  it('are deleted unless they are protected', async () => {
    const { Id } = await created({ DeletionProtection: 'ACTIVE' });
    await expect(call(endpoint, 'DeleteUserPool', { UserPoolId: Id })).resolves.toMatchObject(
      refusal('InvalidParameterException'),
    );
    await call(endpoint, 'UpdateUserPool', { UserPoolId: Id, DeletionProtection: 'INACTIVE' });
    await succeed(endpoint, 'DeleteUserPool', { UserPoolId: Id });
    await expect(call(endpoint, 'DescribeUserPool', { UserPoolId: Id })).resolves.toMatchObject(
      refusal('ResourceNotFoundException', `User pool ${Id} does not exist.`),
    );
  });

  it('are listed in pages', async () => {
    const names = new Set<string>();
    let NextToken: unknown;
    do {
      const { body } = await call(endpoint, 'ListUserPools', { MaxResults: 2, NextToken });
      const pools = body['UserPools'] as { Name: string }[];
      expect(Object.keys(pools[0] ?? {}).sort()).toEqual([
        'CreationDate',
        'Id',
        'LambdaConfig',
        'LastModifiedDate',
        'Name',
      ]);
      pools.forEach(({ Name }) => names.add(Name));
      ({ NextToken } = body);
    } while (NextToken !== undefined);
    expect(names).toEqual(new Set(['default', 'made', 'renamed']));
  });
});
