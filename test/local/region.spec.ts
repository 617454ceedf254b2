import {
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  DescribeUserPoolCommand,
  InitiateAuthCommand,
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
} from '@aws-sdk/client-cognito-identity-provider';

import { type LocalService, startLocalService } from './local-service.js';
import { call } from './wire.js';

const PASSWORD = 'Correct-Horse-9';
const SIGNATURE = 'SignedHeaders=host, Signature=0';

const scope = (region: string, service = 'cognito-idp') => `AKID/20261127/${region}/${service}/aws4_request`;
const signed = (region: string, service?: string) => ({
  Authorization: `AWS4-HMAC-SHA256 Credential=${scope(region, service)}, ${SIGNATURE}`,
});

describe('the Region of a pool', () => {
  let service: LocalService;
  let endpoint: string;

  beforeAll(async () => {
    service = await startLocalService();
    ({ endpoint } = service.cognito);
  });

  afterAll(() => service.stop());

  async function idFor(headers: Record<string, string>, url = endpoint): Promise<unknown> {
    const { body } = await call(url, 'CreateUserPool', { PoolName: 'made' }, headers);
    const { Id, Arn } = body['UserPool'] as { Id: string; Arn: string };
    expect(Arn).toBe(`arn:aws:cognito-idp:${Id.split('_')[0] ?? ''}:123456789012:userpool/${Id}`);
    return Id;
  }

  it.each([
    ['eu-central-1', signed('eu-central-1')],
    ['us-gov-west-1', signed('us-gov-west-1')],
    ['ap-southeast-2', { Authorization: `AWS4-HMAC-SHA256 ${SIGNATURE},Credential=${scope('ap-southeast-2')}` }],
    ['us-east-1', {}],
    ['us-east-1', { Authorization: 'Bearer eu-central-1' }],
    ['us-east-1', signed('local')],
    ['us-east-1', signed('eu-central-1', 'sts')],
    ['us-east-1', signed('eu-central-1_x')],
  ])('is %s for a request with %j', async (region, headers) => {
    await expect(idFor(headers)).resolves.toMatch(new RegExp(`^${region}_[0-9A-Za-z]{9}$`));
  });

  it('is that of a presigned request', async () => {
    const query = new URLSearchParams({ 'X-Amz-Credential': scope('eu-west-3'), 'X-Amz-Signature': '0' });
    await expect(idFor({}, `${endpoint}/?${query.toString()}`)).resolves.toMatch(/^eu-west-3_/);
  });

  it("is that of the SDK's client, and of the tokens, which anybody may ask for", async () => {
    const client = (region: string) =>
      new CognitoIdentityProviderClient({
        endpoint,
        region,
        credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      });
    const [european, american] = [client('eu-central-1'), client('us-east-1')];
    try {
      const { UserPool } = await european.send(new CreateUserPoolCommand({ PoolName: 'european' }));
      const UserPoolId = UserPool?.Id ?? '';
      expect(UserPoolId).toMatch(/^eu-central-1_/);
      // A pool is found by its id, whatever Region a later request is signed for.
      await expect(american.send(new DescribeUserPoolCommand({ UserPoolId }))).resolves.toMatchObject({
        UserPool: { Id: UserPoolId },
      });
      const { UserPoolClient } = await european.send(
        new CreateUserPoolClientCommand({
          UserPoolId,
          ClientName: 'web',
          ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
        }),
      );
      await european.send(new AdminCreateUserCommand({ UserPoolId, Username: 'ann' }));
      const user = { UserPoolId, Username: 'ann', Password: PASSWORD, Permanent: true };
      await european.send(new AdminSetUserPasswordCommand(user));
      const { AuthenticationResult } = await american.send(
        new InitiateAuthCommand({
          AuthFlow: 'USER_PASSWORD_AUTH',
          ClientId: UserPoolClient?.ClientId,
          AuthParameters: { USERNAME: 'ann', PASSWORD },
        }),
      );
      const claims = AuthenticationResult?.AccessToken?.split('.')[1] ?? '';
      expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
        iss: expect.stringContaining(UserPoolId) as string,
      });
    } finally {
      european.destroy();
      american.destroy();
    }
  });
});
