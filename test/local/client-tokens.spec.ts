import {
  CreateResourceServerCommand,
  type CreateUserPoolClientCommandInput,
  CreateUserPoolClientCommand,
  type ExplicitAuthFlowsType,
  GetClientTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';

import { claimsOf } from './choice-service.js';
import { type LocalService, startLocalService } from './local-service.js';

const FLOW = 'ALLOW_CLIENT_TOKEN_AUTH' as ExplicitAuthFlowsType;
const SCOPES = ['solar/read', 'solar/write'];

describe('GetClientToken', () => {
  let service: LocalService;

  beforeAll(async () => {
    service = await startLocalService();
    await service.sdk.send(
      new CreateResourceServerCommand({
        UserPoolId: service.cognito.pool().id,
        Identifier: 'solar',
        Name: 'Solar',
        Scopes: ['read', 'write'].map((ScopeName) => ({ ScopeName, ScopeDescription: ScopeName })),
      }),
    );
  });

  afterAll(() => service.stop());

  async function newClient(settings: Partial<CreateUserPoolClientCommandInput> = {}) {
    const { UserPoolClient } = await service.sdk.send(
      new CreateUserPoolClientCommand({
        UserPoolId: service.cognito.pool().id,
        ClientName: 'machine',
        GenerateSecret: true,
        ExplicitAuthFlows: [FLOW],
        AllowedOAuthScopes: [...SCOPES, 'openid'],
        ...settings,
      }),
    );
    return { ClientId: UserPoolClient?.ClientId, Secret: UserPoolClient?.ClientSecret ?? 'x'.repeat(24) };
  }

  it('issues a machine-to-machine token', async () => {
    const client = await newClient({ AccessTokenValidity: 10, TokenValidityUnits: { AccessToken: 'minutes' } });
    const { ClientAuthenticationResult } = await service.sdk.send(new GetClientTokenCommand(client));
    expect(ClientAuthenticationResult).toMatchObject({ ExpiresIn: 600, TokenType: 'Bearer' });
    const claims = claimsOf(ClientAuthenticationResult?.AccessToken);
    expect(claims).toEqual({
      sub: client.ClientId,
      client_id: client.ClientId,
      token_use: 'access',
      scope: 'solar/read solar/write',
      iss: service.cognito.pool().issuer,
      auth_time: claims['iat'],
      iat: expect.any(Number),
      exp: Number(claims['iat']) + 600,
      version: 2,
      jti: expect.any(String),
    });
  });

  it('limits the token to the requested scopes', async () => {
    const { ClientAuthenticationResult } = await service.sdk.send(
      new GetClientTokenCommand({ ...(await newClient()), Scopes: ['solar/read'] }),
    );
    expect(claimsOf(ClientAuthenticationResult?.AccessToken)).toMatchObject({ scope: 'solar/read' });
  });

  it('omits the scope if there is none', async () => {
    const { ClientAuthenticationResult } = await service.sdk.send(
      new GetClientTokenCommand(await newClient({ AllowedOAuthScopes: [] })),
    );
    expect(claimsOf(ClientAuthenticationResult?.AccessToken)).not.toHaveProperty('scope');
  });

  it.each<[string, Partial<CreateUserPoolClientCommandInput>, object, string, string]>([
    ['a wrong secret', {}, { Secret: 'y'.repeat(24) }, 'NotAuthorizedException', 'Invalid client or secret'],
    ['a client without a secret', { GenerateSecret: false }, {}, 'NotAuthorizedException', 'Invalid client or secret'],
    [
      'a client for users',
      { ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] },
      {},
      'InvalidParameterException',
      'CLIENT_TOKEN_AUTH flow not enabled for this client',
    ],
    [
      'a scope that the client does not have',
      {},
      { Scopes: ['moon/read'] },
      'InvalidParameterException',
      'The scope moon/read is not allowed for this client.',
    ],
    [
      'a scope of users',
      {},
      { Scopes: ['openid'] },
      'InvalidParameterException',
      'The scope openid is not allowed for this client.',
    ],
    [
      'an unknown client',
      {},
      { ClientId: 'nobody' },
      'ResourceNotFoundException',
      'User pool client nobody does not exist.',
    ],
  ])('rejects %s', async (_case, settings, change, name, message) => {
    const client = await newClient(settings);
    await expect(service.sdk.send(new GetClientTokenCommand({ ...client, ...change }))).rejects.toMatchObject({
      name,
      message,
    });
  });
});
