import { type LocalService, startLocalService } from '../local-service.js';
import { call, refusal } from '../wire.js';

const one = (text: string) => `1 validation error detected: ${text}`;

describe('the messages about constraints', () => {
  let service: LocalService;

  beforeAll(async () => {
    service = await startLocalService();
  });

  afterAll(() => service.stop());

  it.each<[string, object, string]>([
    [
      'DescribeUserPool',
      { UserPoolId: 'x' },
      one(
        "Value 'x' at 'userPoolId' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w-]+_[0-9a-zA-Z]+",
      ),
    ],
    ['DescribeUserPool', {}, one("Value null at 'userPoolId' failed to satisfy constraint: Member must not be null")],
    [
      'SignUp',
      { ClientId: 'abc', Username: 'ann', Password: 'short' },
      one("Value at 'password' failed to satisfy constraint: Member must have length greater than or equal to 6"),
    ],
    [
      'SignUp',
      { ClientId: 'abc', Username: 'ann', Password: ' leading' },
      one(
        "Value at 'password' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[\\S]+.*[\\S]+$",
      ),
    ],
    [
      'SignUp',
      { ClientId: 'abc', Username: 'two words', Password: 'Correct-Horse-9' },
      one(
        "Value at 'username' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+",
      ),
    ],
    [
      'InitiateAuth',
      { ClientId: 'abc', AuthFlow: 'MAGIC' },
      one(
        "Value 'MAGIC' at 'authFlow' failed to satisfy constraint: Member must satisfy enum value set: [USER_SRP_AUTH, REFRESH_TOKEN_AUTH, REFRESH_TOKEN, CUSTOM_AUTH, ADMIN_NO_SRP_AUTH, USER_PASSWORD_AUTH, ADMIN_USER_PASSWORD_AUTH, USER_AUTH]",
      ),
    ],
    [
      'RespondToAuthChallenge',
      { ClientId: 'abc', ChallengeName: 'SMS_MFA', Session: 'tooshort' },
      one("Value at 'session' failed to satisfy constraint: Member must have length greater than or equal to 20"),
    ],
    [
      'ListUsers',
      { UserPoolId: 'us-east-1_x', Limit: 61 },
      one("Value '61' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 60"),
    ],
    [
      'ListUserPools',
      { MaxResults: 0 },
      one("Value '0' at 'maxResults' failed to satisfy constraint: Member must have value greater than or equal to 1"),
    ],
    [
      'CreateGroup',
      { UserPoolId: 'us-east-1_x', GroupName: 'g'.repeat(129) },
      one(
        `Value '${'g'.repeat(129)}' at 'groupName' failed to satisfy constraint: Member must have length less than or equal to 128`,
      ),
    ],
    [
      'CreateGroup',
      { UserPoolId: 'bad', GroupName: 'g', Precedence: -1 },
      "2 validation errors detected: Value 'bad' at 'userPoolId' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w-]+_[0-9a-zA-Z]+; Value '-1' at 'precedence' failed to satisfy constraint: Member must have value greater than or equal to 0",
    ],
    [
      'GetUser',
      { AccessToken: 'not a token' },
      one(
        "Value at 'accessToken' failed to satisfy constraint: Member must satisfy regular expression pattern: [A-Za-z0-9-_=.]+",
      ),
    ],
    [
      'CreateUserPool',
      { PoolName: 'p', Policies: { PasswordPolicy: { MinimumLength: 5 } } },
      one(
        "Value '5' at 'policies.passwordPolicy.minimumLength' failed to satisfy constraint: Member must have value greater than or equal to 6",
      ),
    ],
    [
      'CreateUserPoolClient',
      {
        UserPoolId: 'us-east-1_x',
        ClientName: 'c',
        RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 61 },
      },
      one(
        "Value '61' at 'refreshTokenRotation.retryGracePeriodSeconds' failed to satisfy constraint: Member must have value less than or equal to 60",
      ),
    ],
    [
      'SignUp',
      { ClientId: 'abc', Username: '', Password: '' },
      "4 validation errors detected: Value at 'username' failed to satisfy constraint: Member must have length greater than or equal to 1; Value at 'username' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+; Value at 'password' failed to satisfy constraint: Member must have length greater than or equal to 6; Value at 'password' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[\\S]+.*[\\S]+$",
    ],
    ['SignUp', { ClientId: 'abc' }, one("Value at 'username' failed to satisfy constraint: Member must not be null")],
    [
      'SignUp',
      { ClientId: 'abc', Username: 'ann', UserAttributes: [{ Name: 'email' }, { Value: 'x' }] },
      one("Value null at 'userAttributes.2.member.name' failed to satisfy constraint: Member must not be null"),
    ],
    [
      'SignUp',
      { ClientId: 'abc', Username: 'ann', UserAttributes: [{ Name: 'email', Value: 'v'.repeat(2049) }] },
      one(
        "Value at 'userAttributes.1.member.value' failed to satisfy constraint: Member must have length less than or equal to 2048",
      ),
    ],
    [
      'CreateUserPool',
      { PoolName: 'p', VerificationMessageTemplate: { EmailSubject: '' } },
      "2 validation errors detected: Value '' at 'verificationMessageTemplate.emailSubject' failed to satisfy constraint: Member must have length greater than or equal to 1; Value '' at 'verificationMessageTemplate.emailSubject' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s]+",
    ],
    [
      'CreateUserPoolClient',
      { UserPoolId: 'us-east-1_x', ClientName: 'c', AllowedOAuthFlows: ['code', 'token'] },
      one(
        "Value '[code, token]' at 'allowedOAuthFlows' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [code, implicit, client_credentials]]",
      ),
    ],
    [
      'CreateUserPoolClient',
      { UserPoolId: 'us-east-1_x', ClientName: 'c', CallbackURLs: ['https://app.example/a b'] },
      one(
        "Value '[https://app.example/a b]' at 'callbackURLs' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 1024, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: [\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+]",
      ),
    ],
    [
      'CreateUserPool',
      { PoolName: 'p', UserPoolTags: { team: 't'.repeat(257) } },
      one(
        `Value '{team=${'t'.repeat(257)}}' at 'userPoolTags' failed to satisfy constraint: Map value must satisfy constraint: [Member must have length less than or equal to 256, Member must have length greater than or equal to 0]`,
      ),
    ],
  ])('%s %j', async (operation, input, message) => {
    await expect(call(service.cognito.endpoint, operation, input)).resolves.toMatchObject(
      refusal('InvalidParameterException', message),
    );
  });

  it('apply before any lookup', async () => {
    const { body } = await call(service.cognito.endpoint, 'AdminGetUser', { UserPoolId: 'us-east-1_none' });
    expect(body['message']).toContain("at 'username'");
  });

  it('never print what is sensitive, at any depth', async () => {
    const secret = 'hunter2'.repeat(20_000);
    for (const [operation, input] of [
      ['SignUp', { ClientId: secret, Username: secret, Password: secret, SecretHash: secret }],
      ['InitiateAuth', { ClientId: 'a', AuthFlow: 'USER_AUTH', AuthParameters: { PASSWORD: secret, [secret]: 'x' } }],
      [
        'AdminUpdateUserAttributes',
        { UserPoolId: 'a_b', Username: 'a', UserAttributes: [{ Name: 'a', Value: secret }] },
      ],
    ] as const) {
      const { body } = await call(service.cognito.endpoint, operation, input);
      expect(body['__type']).toBe('InvalidParameterException');
      expect(JSON.stringify(body)).not.toContain('hunter2');
    }
  });

  it('are written for a null in a message as for a member that is not there', async () => {
    const { body } = await call(service.cognito.endpoint, 'ListUserPools', { MaxResults: null });
    expect(body['message']).toBe(
      one("Value null at 'maxResults' failed to satisfy constraint: Member must not be null"),
    );
  });

  it('are bounded, in the body and in the header, whatever was sent', async () => {
    const many = Array.from({ length: 100_000 }, () => ({}));
    const requests = [
      ['CreateUserPool', { PoolName: 'p'.repeat(1_000_000) }],
      ['CreateUserPool', { PoolName: 'p', Schema: many }],
      ['CreateUserPool', { PoolName: 'p', UserPoolTags: { ['t'.repeat(1_000_000)]: 'x' } }],
      ['CreateUserPoolClient', { UserPoolId: 'a_b', ClientName: 'c', CallbackURLs: many.map(() => 'a b') }],
      ['SignUp', { ClientId: 'a', Username: 'ann', UserAttributes: many }],
    ] as const;
    for (const [operation, input] of requests) {
      const { status, headers, body } = await call(service.cognito.endpoint, operation, input);
      expect(status).toBe(400);
      expect(headers.get('x-amzn-ErrorMessage')?.length).toBeLessThan(2000);
      expect(String(body['message']).length).toBeLessThan(70_000);
      expect(body['message']).toMatch(/^\d+ validation errors? detected: /);
    }
  });

  it.each([6_000, 1_000_000])('are found at once in a password of %d characters', async (length) => {
    const start = performance.now();
    const passwords = ['x'.repeat(length), ' '.repeat(length), `${'x '.repeat(length / 2)}\n`];
    for (const Password of passwords) {
      const { body } = await call(service.cognito.endpoint, 'SignUp', { ClientId: 'a', Username: 'ann', Password });
      expect(body['message']).toContain(
        "Value at 'password' failed to satisfy constraint: Member must have length less",
      );
    }
    // A busy machine may take a while. The pattern tried by backtracking takes hours.
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});
