import { secretHash } from '../../lib/protocol/secret-hash.js';
import { type LocalService, startLocalService } from './local-service.js';
import { call, refusal, succeed } from './wire.js';

const PASSWORD = 'Correct-Horse-9';

type Client = Record<string, unknown> & { ClientId: string; ClientSecret?: string };

describe('app clients', () => {
  let service: LocalService;
  let endpoint: string;
  let UserPoolId: string;

  beforeAll(async () => {
    service = await startLocalService({
      pools: [
        {
          name: 'default',
          Schema: [{ Name: 'email', Required: true }],
          users: [{ username: 'ann', password: PASSWORD, attributes: { email: 'ann@example.com' } }],
        },
      ],
    });
    ({ endpoint } = service.cognito);
    UserPoolId = service.cognito.pool().id;
  });

  afterAll(() => service.stop());

  const create = (more: object = {}) =>
    call(endpoint, 'CreateUserPoolClient', { UserPoolId, ClientName: 'made', ...more });

  async function created(more: object = {}): Promise<Client> {
    const { UserPoolClient } = await succeed(endpoint, 'CreateUserPoolClient', {
      UserPoolId,
      ClientName: 'made',
      ...more,
    });
    return UserPoolClient as Client;
  }

  const describeClient = async (ClientId: string) =>
    (await succeed(endpoint, 'DescribeUserPoolClient', { UserPoolId, ClientId }))['UserPoolClient'] as Client;

  it("have Cognito's defaults", async () => {
    const client = await created();
    expect(client).toEqual({
      UserPoolId,
      ClientName: 'made',
      ClientId: expect.stringMatching(/^[0-9a-z]{26}$/) as string,
      RefreshTokenValidity: 30,
      AuthSessionValidity: 3,
      EnableTokenRevocation: true,
      EnablePropagateAdditionalUserContextData: false,
      AllowedOAuthFlowsUserPoolClient: false,
      LastModifiedDate: expect.any(Number) as number,
      CreationDate: expect.any(Number) as number,
    });
    await expect(describeClient(client.ClientId)).resolves.toEqual(client);
  });

  it('have a generated secret on request, or a given one', async () => {
    await expect(created({ GenerateSecret: true })).resolves.toMatchObject({
      ClientSecret: expect.stringMatching(/^[0-9a-z]{51}$/) as string,
    });
    const own = 'abcdefghijklmnopqrstuvwx';
    await expect(created({ ClientSecret: own })).resolves.toMatchObject({ ClientSecret: own });
    await expect(create({ ClientSecret: own, GenerateSecret: true })).resolves.toMatchObject(
      refusal('InvalidParameterException'),
    );
  });

  it.each<[object, string, unknown]>([
    [
      { AccessTokenValidity: 4, TokenValidityUnits: { AccessToken: 'minutes' } },
      'InvalidParameterException',
      'Invalid range for token validity.',
    ],
    [{ IdTokenValidity: 25 }, 'InvalidParameterException', 'Invalid range for token validity.'],
    [
      { RefreshTokenValidity: 59, TokenValidityUnits: { RefreshToken: 'minutes' } },
      'InvalidParameterException',
      'Invalid range for token validity.',
    ],
    [{ RefreshTokenValidity: 3651 }, 'InvalidParameterException', 'Invalid range for token validity.'],
    [{ AuthSessionValidity: 2 }, 'InvalidParameterException', expect.stringContaining("at 'authSessionValidity'")],
    [
      { ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'USER_PASSWORD_AUTH'] },
      'InvalidParameterException',
      expect.any(String),
    ],
    [
      { WriteAttributes: ['name'] },
      'InvalidParameterException',
      'Invalid write attributes specified while creating a client',
    ],
    [
      { WriteAttributes: ['email', 'custom:none'] },
      'InvalidParameterException',
      'Invalid write attributes specified while creating a client',
    ],
    [
      { AllowedOAuthFlows: ['client_credentials', 'code'], GenerateSecret: true },
      'InvalidOAuthFlowException',
      'client_credentials flow can not be selected along with code flow or implicit flow.',
    ],
    [{ AllowedOAuthFlows: ['client_credentials'] }, 'InvalidOAuthFlowException', expect.any(String)],
    [
      { AllowedOAuthFlows: ['code'] },
      'InvalidOAuthFlowException',
      'CallbackUrls can not be empty when code flow or implicit flow is selected',
    ],
    [
      { AllowedOAuthFlowsUserPoolClient: true, AllowedOAuthFlows: ['code'], CallbackURLs: ['http://localhost/'] },
      'InvalidOAuthFlowException',
      'AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.',
    ],
    [{ AllowedOAuthScopes: ['OpenID'] }, 'ScopeDoesNotExistException', 'Invalid scope requested: OpenID'],
    [
      { CallbackURLs: ['http://localhost/'], DefaultRedirectURI: 'http://localhost/other' },
      'InvalidParameterException',
      'The default redirect URI http://localhost/other is not in the callback URIs list.',
    ],
    [
      { ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'], RefreshTokenRotation: { Feature: 'ENABLED' } },
      'InvalidParameterException',
      expect.any(String),
    ],
  ])('are rejected with %j', async (settings, exception, message) => {
    await expect(create(settings)).resolves.toMatchObject({ status: 400, body: { __type: exception, message } });
  });

  it('accept token validities at their bounds', async () => {
    const TokenValidityUnits = { AccessToken: 'minutes', IdToken: 'seconds', RefreshToken: 'minutes' };
    await expect(
      create({ AccessTokenValidity: 5, IdTokenValidity: 3600, RefreshTokenValidity: 60, TokenValidityUnits }),
    ).resolves.toMatchObject({ status: 200 });
    await expect(
      create({ AccessTokenValidity: 1440, IdTokenValidity: 300, RefreshTokenValidity: 5_256_000, TokenValidityUnits }),
    ).resolves.toMatchObject({ status: 200 });
  });

  it('are reset to the defaults that an update omits', async () => {
    const { ClientId } = await created({
      ExplicitAuthFlows: ['ALLOW_USER_AUTH'],
      AccessTokenValidity: 2,
      GenerateSecret: true,
    });
    const { UserPoolClient } = await succeed(endpoint, 'UpdateUserPoolClient', {
      UserPoolId,
      ClientId,
      IdTokenValidity: 3,
    });
    expect(UserPoolClient).toMatchObject({
      ClientName: 'made',
      IdTokenValidity: 3,
      ClientSecret: expect.any(String) as string,
    });
    expect(UserPoolClient).not.toHaveProperty('ExplicitAuthFlows');
    expect(UserPoolClient).not.toHaveProperty('AccessTokenValidity');
  });

  it('are deleted', async () => {
    const { ClientId } = await created();
    await expect(call(endpoint, 'DeleteUserPoolClient', { UserPoolId, ClientId })).resolves.toMatchObject({ body: {} });
    for (const operation of ['DescribeUserPoolClient', 'UpdateUserPoolClient', 'DeleteUserPoolClient']) {
      await expect(call(endpoint, operation, { UserPoolId, ClientId })).resolves.toMatchObject(
        refusal('ResourceNotFoundException', `User pool client ${ClientId} does not exist.`),
      );
    }
  });

  it('are listed in pages, without their secrets', async () => {
    const first = await succeed(endpoint, 'ListUserPoolClients', { UserPoolId, MaxResults: 2 });
    const { id } = service.cognito.pool().client('public');
    expect(first['UserPoolClients']).toEqual([
      { ClientId: id, UserPoolId, ClientName: 'public' },
      { ClientId: service.cognito.pool().client('secret').id, UserPoolId, ClientName: 'secret' },
    ]);
    const second = await succeed(endpoint, 'ListUserPoolClients', { UserPoolId, NextToken: first['NextToken'] });
    expect(second['UserPoolClients']).toContainEqual(expect.objectContaining({ ClientName: 'made' }));
  });

  describe('with two secrets', () => {
    const secrets = (operation: string, ClientId: string, more: object = {}) =>
      call(endpoint, operation, { UserPoolId, ClientId, ...more });

    const signIn = (clientId: string, secret: string) =>
      call(endpoint, 'InitiateAuth', {
        AuthFlow: 'USER_PASSWORD_AUTH',
        ClientId: clientId,
        AuthParameters: { USERNAME: 'ann', PASSWORD, SECRET_HASH: secretHash('ann', clientId, secret) },
      });

    it('accept both until one is deleted', async () => {
      const { ClientId, ClientSecret = '' } = await created({
        GenerateSecret: true,
        ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
      });
      const { body } = await secrets('AddUserPoolClientSecret', ClientId);
      const { ClientSecretValue } = body['ClientSecretDescriptor'] as { ClientSecretValue: string };
      await expect(signIn(ClientId, ClientSecret)).resolves.toMatchObject({ status: 200 });
      await expect(signIn(ClientId, ClientSecretValue)).resolves.toMatchObject({ status: 200 });
      await expect(secrets('AddUserPoolClientSecret', ClientId)).resolves.toMatchObject(
        refusal('LimitExceededException'),
      );

      const { body: listed } = await secrets('ListUserPoolClientSecrets', ClientId);
      const [oldest, newest] = listed['ClientSecrets'] as { ClientSecretId: string }[];
      expect(Object.keys(oldest ?? {})).toEqual(['ClientSecretId', 'ClientSecretCreateDate']);
      expect(oldest?.ClientSecretId).toMatch(new RegExp(`^${ClientId}--`));
      await secrets('DeleteUserPoolClientSecret', ClientId, { ClientSecretId: oldest?.ClientSecretId });
      await expect(signIn(ClientId, ClientSecret)).resolves.toMatchObject(
        refusal('NotAuthorizedException', `Unable to verify secret hash for client ${ClientId}`),
      );
      await expect(signIn(ClientId, ClientSecretValue)).resolves.toMatchObject({ status: 200 });
      await expect(
        secrets('DeleteUserPoolClientSecret', ClientId, { ClientSecretId: newest?.ClientSecretId }),
      ).resolves.toMatchObject(refusal('InvalidParameterException'));
    });

    it('do not return a secret that the caller provided', async () => {
      const { ClientId } = await created({ GenerateSecret: true });
      const { body } = await secrets('AddUserPoolClientSecret', ClientId, { ClientSecret: 'abcdefghijklmnopqrstuvwx' });
      expect(body['ClientSecretDescriptor']).not.toHaveProperty('ClientSecretValue');
    });

    it('only delete their own secrets', async () => {
      const { ClientId } = await created({ GenerateSecret: true });
      await expect(secrets('DeleteUserPoolClientSecret', ClientId, { ClientSecretId: 'none' })).resolves.toMatchObject(
        refusal('ResourceNotFoundException'),
      );
    });
  });
});
