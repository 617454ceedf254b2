import { get } from 'node:http';

import { type LocalService, startLocalService } from '../local-service.js';
import { call, refusal, succeed } from '../wire.js';

const CERTIFICATE = 'arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-4333-8444-555555555555';

describe('domains', () => {
  let service: LocalService;
  let endpoint: string;

  beforeEach(async () => {
    service = await startLocalService({ pools: [{ name: 'default' }, { name: 'other' }] });
    ({ endpoint } = service.cognito);
  });

  afterEach(() => service.stop());

  const pool = (operation: string, input: object, name = 'default') =>
    call(endpoint, operation, { UserPoolId: service.cognito.pool(name).id, ...input });

  it('with a prefix are created, described, updated and deleted', async () => {
    await expect(pool('CreateUserPoolDomain', { Domain: 'acme' })).resolves.toMatchObject({
      status: 200,
      body: { ManagedLoginVersion: 1 },
    });
    const classic = await call(endpoint, 'DescribeUserPoolDomain', { Domain: 'acme' });
    expect(classic.body).toEqual({
      DomainDescription: {
        UserPoolId: service.cognito.pool().id,
        AWSAccountId: '123456789012',
        Domain: 'acme',
        S3Bucket: 'aws-cognito-prod-us-east-1-assets',
        CloudFrontDistribution: expect.stringMatching(/\.cloudfront\.net$/) as string,
        Version: expect.any(String) as string,
        Status: 'ACTIVE',
        CustomDomainConfig: {},
        ManagedLoginVersion: 1,
      },
    });
    await pool('UpdateUserPoolDomain', { Domain: 'acme', ManagedLoginVersion: 2 });
    const managed = await call(endpoint, 'DescribeUserPoolDomain', { Domain: 'acme' });
    expect(managed.body).toMatchObject({ DomainDescription: { ManagedLoginVersion: 2 } });
    expect(managed.body['DomainDescription']).not.toHaveProperty('CloudFrontDistribution');
    await expect(pool('DeleteUserPoolDomain', { Domain: 'acme' })).resolves.toMatchObject({ status: 200, body: {} });
    await expect(call(endpoint, 'DescribeUserPoolDomain', { Domain: 'acme' })).resolves.toMatchObject({
      status: 200,
      body: { DomainDescription: {} },
    });
  });

  it('of one’s own have a distribution, beside a prefix', async () => {
    await pool('CreateUserPoolDomain', { Domain: 'acme' });
    const custom = await pool('CreateUserPoolDomain', {
      Domain: 'auth.acme.example',
      CustomDomainConfig: { CertificateArn: CERTIFICATE },
    });
    expect(custom.body).toEqual({
      ManagedLoginVersion: 1,
      CloudFrontDomain: expect.stringMatching(/\.cloudfront\.net$/) as string,
    });
    await expect(pool('DescribeUserPool', {})).resolves.toMatchObject({
      body: { UserPool: { Domain: 'acme', CustomDomain: 'auth.acme.example' } },
    });
    const described = await call(endpoint, 'DescribeUserPoolDomain', { Domain: 'auth.acme.example' });
    expect(described.body).toMatchObject({
      DomainDescription: { CustomDomainConfig: { CertificateArn: CERTIFICATE } },
    });
  });

  it.each<[string, object, string | undefined]>([
    [
      'an upper-case letter',
      { Domain: 'Acme' },
      'The domain name contains an invalid character. Domain names can only contain lower-case letters, numbers, and hyphens. Please enter a different name that follows this format: ^[a-z0-9](?:[a-z0-9\\-]{0,61}[a-z0-9])?$',
    ],
    ['a reserved word', { Domain: 'my-cognito' }, 'Domain cannot contain reserved word: cognito'],
    [
      'a custom domain that is no subdomain',
      { Domain: 'acme', CustomDomainConfig: { CertificateArn: CERTIFICATE } },
      'Custom domain is not a valid subdomain',
    ],
    ['a custom domain without a certificate', { Domain: 'auth.acme.example', CustomDomainConfig: {} }, undefined],
    ['an unknown version', { Domain: 'acme', ManagedLoginVersion: 3 }, undefined],
  ])('refuse %s', async (_case, input, message) => {
    await expect(pool('CreateUserPoolDomain', input)).resolves.toMatchObject(
      refusal('InvalidParameterException', message),
    );
  });

  it('with a prefix lead to the pages of their pool alone', async () => {
    await pool('CreateUserPoolDomain', { Domain: 'acme' });
    const { port } = new URL(endpoint);
    const status = (host: string) =>
      new Promise<number | undefined>((resolve, reject) => {
        get({ host: '127.0.0.1', port, path: '/error', headers: { host } }, (response) => {
          response.resume();
          resolve(response.statusCode);
        }).once('error', reject);
      });
    await expect(status(`acme.auth.localhost:${port}`)).resolves.toBe(400);
    await expect(status(`other.auth.localhost:${port}`)).resolves.toBe(404);
  });

  it('are unique, and one of a kind for each pool', async () => {
    await pool('CreateUserPoolDomain', { Domain: 'acme' });
    await expect(pool('CreateUserPoolDomain', { Domain: 'acme' }, 'other')).resolves.toMatchObject(
      refusal('InvalidParameterException', 'Domain already associated with another user pool.'),
    );
    await expect(pool('CreateUserPoolDomain', { Domain: 'acme-2' })).resolves.toMatchObject(
      refusal('InvalidParameterException', 'User pool already has a domain configured.'),
    );
    for (const operation of ['UpdateUserPoolDomain', 'DeleteUserPoolDomain']) {
      await expect(pool(operation, { Domain: 'acme' }, 'other')).resolves.toMatchObject(
        refusal('InvalidParameterException', 'No such domain or user pool exists.'),
      );
    }
    await expect(
      pool('UpdateUserPoolDomain', { Domain: 'acme', CustomDomainConfig: { CertificateArn: CERTIFICATE } }),
    ).resolves.toMatchObject(refusal('InvalidParameterException'));
  });

  it('keep a pool from being deleted', async () => {
    await pool('CreateUserPoolDomain', { Domain: 'acme' });
    await expect(pool('DeleteUserPool', {})).resolves.toMatchObject(
      refusal(
        'InvalidParameterException',
        'User pool cannot be deleted. It has a domain configured that should be deleted first.',
      ),
    );
  });

  it('of managed login are no feature of the Lite tier', async () => {
    const { UserPool } = await succeed(endpoint, 'CreateUserPool', { PoolName: 'lite', UserPoolTier: 'LITE' });
    await expect(
      pool('CreateUserPoolDomain', {
        UserPoolId: (UserPool as { Id: string }).Id,
        Domain: 'acme',
        ManagedLoginVersion: 2,
      }),
    ).resolves.toMatchObject(refusal('FeatureUnavailableInTierException'));
  });
});
