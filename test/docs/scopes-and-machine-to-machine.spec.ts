import { Controller, Get, Injectable, type INestApplication } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { CognitoAuthGuard, CognitoClient, CognitoOAuthService, MandateModule, Scopes } from 'mandate';
import { LocalCognito } from 'mandate/testing';

import { signingKeysPem } from '../local/signing-keys.js';
import { CallingClient } from './files/calling-client.js';
import { answerOf, caller, startApp } from './support/start-app.js';

// #region controller
@Controller('photos')
export class PhotosController {
  @Scopes('photos/read') // all that are listed, as Scopes.all(...)
  @Get()
  list() {
    return { photos: 2 };
  }

  @Scopes.any('photos/write', 'photos/admin')
  @Scopes.none('photos/preview-only')
  @Get('drafts')
  drafts() {
    return { photos: 1 };
  }

  @Scopes('photos/admin')
  @Get('usage')
  usage(@CallingClient() client: string) {
    return { client };
  }
}
// #endregion

describe('scopes and machine to machine', () => {
  let local: LocalCognito;
  let api: INestApplication;
  let backup: INestApplication;

  beforeAll(async () => {
    local = await LocalCognito.start({
      pools: [
        {
          name: 'shop',
          keys: signingKeysPem(),
          clients: [
            { name: 'web' },
            {
              name: 'backup',
              secret: true,
              AllowedOAuthFlowsUserPoolClient: true,
              AllowedOAuthFlows: ['client_credentials'],
              AllowedOAuthScopes: ['photos/read', 'photos/admin'],
            },
          ],
          users: [{ username: 'ann', password: 'Correct-Horse-9' }],
        },
      ],
    });
    const pool = local.pool().moduleOptions({ client: 'web' });
    const [webClientId, backupClientId] = [local.pool().client('web').id, local.pool().client('backup').id];
    // #region clients
    const registration = MandateModule.forRoot({ ...pool, acceptedClientIds: [webClientId, backupClientId] });
    // #endregion
    api = await startApp({
      imports: [registration],
      controllers: [PhotosController],
      providers: [{ provide: APP_GUARD, useClass: CognitoAuthGuard }],
    });
    const machine = local.pool().moduleOptions({ client: 'backup' });
    const domain = local.endpoint;
    // #region caller
    const calling = MandateModule.forRoot({ ...machine, oauth: { domain } }); // with the client's secret
    // #endregion
    backup = await startApp({ imports: [calling] });
  });

  afterAll(async () => {
    await Promise.all([api.close(), backup.close()]);
    await local.stop();
  });

  it('lets services in by their scopes', async () => {
    const oauth = backup.get(CognitoOAuthService);
    const { accessToken } = await oauth.clientToken({ scopes: ['photos/read'] });
    expect(await answerOf(api, '/photos', accessToken)).toEqual([200, { photos: 2 }]);
    expect(await answerOf(api, '/photos/drafts', accessToken)).toEqual([403, 'SCOPE_INSUFFICIENT']);
    const { headers } = await caller(api, '/photos/usage', accessToken).expect(403);
    expect(headers['www-authenticate']).toContain('error="insufficient_scope"');
    expect(headers['www-authenticate']).toContain('scope="photos/admin"');

    const admin = await oauth.clientToken({ scopes: ['photos/admin'] });
    expect(await answerOf(api, '/photos/usage', admin.accessToken)).toEqual([
      200,
      { client: local.pool().client('backup').id },
    ]);
    expect(await answerOf(api, '/photos/drafts', admin.accessToken)).toEqual([200, { photos: 1 }]);
  });

  it('calls again with a fresh token', async () => {
    const photos = await api.getUrl();
    // #region call
    @Injectable()
    class PhotosClient {
      constructor(private readonly oauth: CognitoOAuthService) {}

      async list(): Promise<unknown> {
        const response = await this.get('/photos', false);
        // Such as after the client's tokens were revoked.
        return (response.status === 401 ? await this.get('/photos', true) : response).json();
      }

      private async get(path: string, fresh: boolean): Promise<Response> {
        const { accessToken } = await this.oauth.clientToken({ scopes: ['photos/read'], fresh });
        return fetch(`${photos}${path}`, { headers: { authorization: `Bearer ${accessToken}` } });
      }
    }
    // #endregion
    const oauth = backup.get(CognitoOAuthService);
    const client = new PhotosClient(oauth);
    expect(await client.list()).toEqual({ photos: 2 });
    const asked = jest.spyOn(oauth, 'clientToken');
    asked.mockResolvedValueOnce({ accessToken: 'refused.by.everybody', expiresAt: 0, tokenType: 'Bearer' });
    expect(await client.list()).toEqual({ photos: 2 });
    expect(asked.mock.calls.map(([options]) => options?.fresh)).toEqual([false, true]);
  });

  it('refuses users without the scope, and users where only services may call', async () => {
    const plain = await local.pool().signToken({ username: 'ann' });
    expect(await answerOf(api, '/photos', plain)).toEqual([403, 'SCOPE_INSUFFICIENT']);
    const scoped = await local.pool().signToken({ username: 'ann', scopes: ['photos/admin'] });
    expect(await answerOf(api, '/photos/usage', scoped)).toEqual([
      403,
      expect.objectContaining({ message: 'Only services may call this.' }),
    ]);
  });

  it('needs an app client that the other service accepts, and that allows the scope', async () => {
    await expect(backup.get(CognitoOAuthService).clientToken({ scopes: ['photos/write'] })).rejects.toMatchObject({
      code: 'OAUTH_SCOPE_INVALID',
    });
    const stranger = local.pool().createClient({
      name: 'stranger',
      secret: true,
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ['client_credentials'],
      AllowedOAuthScopes: ['photos/read'],
    });
    const app = await startApp({
      imports: [
        MandateModule.forRoot({
          ...local.pool().moduleOptions({ client: stranger.name }),
          oauth: { domain: local.endpoint },
        }),
      ],
    });
    const { accessToken } = await app.get(CognitoOAuthService).clientToken();
    expect(await answerOf(api, '/photos', accessToken)).toEqual([401, 'TOKEN_CLIENT_REFUSED']);
    await app.close();
  });

  it('creates the resource server by code', async () => {
    const cognito = backup.get(CognitoClient);
    const userPoolId = local.pool().id;
    // #region server
    await cognito.send('CreateResourceServer', {
      UserPoolId: userPoolId,
      Identifier: 'albums',
      Name: 'Albums',
      Scopes: [{ ScopeName: 'read', ScopeDescription: 'Read albums' }],
    });
    // #endregion
    const { ResourceServer } = await cognito.send('DescribeResourceServer', {
      UserPoolId: userPoolId,
      Identifier: 'albums',
    });
    expect(ResourceServer?.Scopes?.map(({ ScopeName }) => ScopeName)).toEqual(['read']);
  });
});
