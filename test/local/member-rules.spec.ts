import { type LocalService, startLocalService } from './local-service.js';
import { call, refusal } from './wire.js';

const one = (text: string) => `1 validation error detected: ${text}`;

describe('the rules for members of a request', () => {
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
      { UserPoolId: 'us-east-1_x', ClientName: 'c', RefreshTokenRotation: { RetryGracePeriodSeconds: 61 } },
      one(
        "Value '61' at 'refreshTokenRotation.retryGracePeriodSeconds' failed to satisfy constraint: Member must have value less than or equal to 60",
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
});
