import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { LocalCognito } from '../../../lib/local/local-cognito.js';
import type {
  LocalCognitoOptions,
  LocalIdentityProviderOptions,
  LocalPoolOptions,
} from '../../../lib/testing/index.js';
import { startLocalService } from '../local-service.js';
import { signingKeysPem } from '../signing-keys.js';
import { succeed } from '../wire.js';

describe('the option identityProviders', () => {
  it('adds a social provider in one line, and all clients support it', async () => {
    const service = await startLocalService({
      pools: [{ name: 'default', identityProviders: ['Google', 'Facebook'] }],
    });
    const pool = service.cognito.pool();
    const provider = await succeed(service.cognito.endpoint, 'DescribeIdentityProvider', {
      UserPoolId: pool.id,
      ProviderName: 'Facebook',
    });
    expect(provider['IdentityProvider']).toMatchObject({
      ProviderType: 'Facebook',
      AttributeMapping: { username: 'id', email: 'email', email_verified: 'email_verified', name: 'name' },
    });
    const client = await succeed(service.cognito.endpoint, 'DescribeUserPoolClient', {
      UserPoolId: pool.id,
      ClientId: pool.client().id,
    });
    expect(client['UserPoolClient']).toMatchObject({ SupportedIdentityProviders: ['COGNITO', 'Google', 'Facebook'] });
    await service.stop();
  });

  it.each<[unknown, string]>([
    ['Twitter', 'must be an object, or one of Google, Facebook, LoginWithAmazon, SignInWithApple'],
    [{ ProviderName: '' }, 'identityProviders[0].ProviderName'],
    [{ ProviderName: 'Corp', Secret: 'x' }, 'identityProviders[0].Secret'],
    [{ ProviderName: 'Corp' }, 'identityProviders[0].ProviderType'],
    [{ ProviderName: 'Corp', ProviderType: 'Google' }, 'Provider Corp cannot be of type Google.'],
    [7, 'identityProviders[0]'],
  ])('rejects %j', async (provider, message) => {
    const identityProviders = [provider as LocalIdentityProviderOptions];
    await expect(LocalCognito.start({ pools: [{ name: 'default', identityProviders }] })).rejects.toThrow(message);
  });

  it('must be a list', async () => {
    const options = { pools: [{ name: 'default', identityProviders: 'Google' }] } as unknown as LocalCognitoOptions;
    await expect(LocalCognito.start(options)).rejects.toThrow('identityProviders');
  });
});

describe('a data directory', () => {
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'mandate-federation-'));
  });

  afterEach(() => rm(directory, { recursive: true }));

  const pools = (): LocalPoolOptions[] => [
    { name: 'default', keys: signingKeysPem(), identityProviders: ['Google'], users: [{ username: 'ann' }] },
  ];
  const start = () => LocalCognito.start({ dataDirectory: directory, pools: pools() });
  const SUBJECT = {
    ProviderName: 'Google',
    ProviderAttributeName: 'Cognito_Subject',
    ProviderAttributeValue: '1',
  };

  it('keeps providers, links, domains, scopes and branding across a restart', async () => {
    const first = await start();
    const UserPoolId = first.pool().id;
    const ClientId = first.pool().client().id;
    await succeed(first.endpoint, 'AdminLinkProviderForUser', {
      UserPoolId,
      DestinationUser: { ProviderName: 'Cognito', ProviderAttributeValue: 'ann' },
      SourceUser: SUBJECT,
    });
    await succeed(first.endpoint, 'CreateUserPoolDomain', { UserPoolId, Domain: 'acme', ManagedLoginVersion: 2 });
    await succeed(first.endpoint, 'CreateResourceServer', { UserPoolId, Identifier: 'api', Name: 'API' });
    await succeed(first.endpoint, 'CreateManagedLoginBranding', { UserPoolId, ClientId, Settings: { a: 1 } });
    const asked: [string, object][] = [
      ['DescribeIdentityProvider', { UserPoolId, ProviderName: 'Google' }],
      ['AdminGetUser', { UserPoolId, Username: 'ann' }],
      ['DescribeUserPoolDomain', { Domain: 'acme' }],
      ['DescribeResourceServer', { UserPoolId, Identifier: 'api' }],
      ['DescribeManagedLoginBrandingByClient', { UserPoolId, ClientId }],
    ];
    const before = [];
    for (const [operation, input] of asked) {
      before.push(await succeed(first.endpoint, operation, input));
    }
    await first.stop();

    const second = await start();
    for (const [index, [operation, input]] of asked.entries()) {
      await expect(succeed(second.endpoint, operation, input)).resolves.toEqual(before[index]);
    }
    await succeed(second.endpoint, 'AdminDisableProviderForUser', { UserPoolId, User: SUBJECT });
    await second.stop();
  });
});
