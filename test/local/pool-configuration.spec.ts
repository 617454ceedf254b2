import { X509Certificate } from 'node:crypto';

import { type LocalService, startLocalService } from './local-service.js';
import { call, refusal, succeed } from './wire.js';

const GROUP = 'arn:aws:logs:us-east-1:123456789012:log-group:cognito';
const PNG = Buffer.from('89504e470d0a1a0a', 'hex').toString('base64');
const CSS =
  '.submitButton-customizable:hover { color: #fff }\n.label-customizable, .banner-customizable { padding: 1px }';

describe('the configuration of pools', () => {
  let service: LocalService;
  let endpoint: string;
  let UserPoolId: string;
  let ClientId: string;

  beforeEach(async () => {
    service = await startLocalService({
      pools: [
        { name: 'default', domain: 'looks' },
        { name: 'lite', UserPoolTier: 'LITE' },
        { name: 'plus', UserPoolTier: 'PLUS' },
      ],
    });
    ({ endpoint } = service.cognito);
    UserPoolId = service.cognito.pool().id;
    ClientId = service.cognito.pool().client().id;
  });

  afterEach(() => service.stop());

  const pool = (operation: string, input: object = {}) => call(endpoint, operation, { UserPoolId, ...input });
  const refusedPool = { UserPoolId: 'us-east-1_nowhere' };

  it.each([
    ['GetLogDeliveryConfiguration', {}],
    ['SetLogDeliveryConfiguration', { LogConfigurations: [] }],
    ['GetUICustomization', {}],
    ['SetUICustomization', {}],
    ['GetSigningCertificate', {}],
    ['ListUserPoolReplicas', {}],
    ['CreateUserPoolReplica', { RegionName: 'eu-west-1' }],
  ])('is unknown for an unknown pool: %s', async (operation, input) => {
    await expect(pool(operation, { ...input, ...refusedPool })).resolves.toMatchObject(
      refusal('ResourceNotFoundException', 'User pool us-east-1_nowhere does not exist.'),
    );
  });

  describe('where logs are delivered', () => {
    const errors = {
      LogLevel: 'ERROR',
      EventSource: 'userNotification',
      CloudWatchLogsConfiguration: { LogGroupArn: GROUP },
    };
    const activity = {
      LogLevel: 'INFO',
      EventSource: 'userAuthEvents',
      S3Configuration: { BucketArn: 'arn:aws:s3:::logs' },
    };

    it('is nowhere until it is set, and replaced as a whole', async () => {
      const configuration = (LogConfigurations: object[]) => ({
        body: { LogDeliveryConfiguration: { UserPoolId, LogConfigurations } },
      });
      await expect(pool('GetLogDeliveryConfiguration')).resolves.toMatchObject(configuration([]));
      await expect(pool('SetLogDeliveryConfiguration', { LogConfigurations: [errors] })).resolves.toMatchObject(
        configuration([errors]),
      );
      await expect(pool('GetLogDeliveryConfiguration')).resolves.toMatchObject(configuration([errors]));
      await pool('SetLogDeliveryConfiguration', { LogConfigurations: [] });
      await expect(pool('GetLogDeliveryConfiguration')).resolves.toMatchObject(configuration([]));
    });

    it('may have the activity of users in the Plus tier', async () => {
      const plus = { UserPoolId: service.cognito.pool('plus').id };
      const LogConfigurations = [errors, activity];
      await expect(pool('SetLogDeliveryConfiguration', { ...plus, LogConfigurations })).resolves.toMatchObject({
        body: { LogDeliveryConfiguration: { LogConfigurations } },
      });
    });

    it.each([
      ['two of one source', [errors, errors], 'InvalidParameterException'],
      ['no destination', [{ LogLevel: 'ERROR', EventSource: 'userNotification' }], 'InvalidParameterException'],
      ['two destinations', [{ ...errors, ...activity }], 'InvalidParameterException'],
      ['another level', [{ ...errors, LogLevel: 'INFO' }], 'InvalidParameterException'],
      ['the activity of users in another tier', [activity], 'FeatureUnavailableInTierException'],
    ])('refuses %s', async (_case, LogConfigurations, exception) => {
      await expect(pool('SetLogDeliveryConfiguration', { LogConfigurations })).resolves.toMatchObject(
        refusal(exception),
      );
    });
  });

  describe('the look of the classic pages', () => {
    it('is empty, then that of all clients, then that of one', async () => {
      await expect(pool('GetUICustomization', { ClientId })).resolves.toMatchObject({ body: { UICustomization: {} } });
      const shared = await pool('SetUICustomization', { CSS });
      expect(shared.body['UICustomization']).toEqual({
        ...{ UserPoolId, ClientId: 'ALL', CSS, CSSVersion: expect.stringMatching(/^\d{14}$/) as string },
        CreationDate: expect.any(Number) as number,
        LastModifiedDate: expect.any(Number) as number,
      });
      await expect(pool('GetUICustomization', { ClientId })).resolves.toMatchObject({
        body: { UICustomization: { ClientId: 'ALL', CSS } },
      });
      await expect(pool('SetUICustomization', { ClientId, ImageFile: PNG })).resolves.toMatchObject({
        body: {
          UICustomization: {
            ClientId,
            ImageUrl: `${endpoint}/${UserPoolId}/${ClientId}/assets/images/image.png`,
          },
        },
      });
      await pool('SetUICustomization', { ClientId });
      await expect(pool('GetUICustomization', { ClientId })).resolves.toMatchObject({
        body: { UICustomization: { ClientId: 'ALL' } },
      });
    });

    it('has its image at its address', async () => {
      const { body } = await pool('SetUICustomization', { ImageFile: PNG });
      const response = await fetch((body['UICustomization'] as { ImageUrl: string }).ImageUrl);
      expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/png']);
      expect(Buffer.from(await response.arrayBuffer()).toString('base64')).toBe(PNG);
      await pool('SetUICustomization');
      await expect(fetch(response.url)).resolves.toMatchObject({ status: 404 });
    });

    it.each([
      ['a class of its own', { CSS: '.mine { color: red }' }],
      ['an element', { CSS: 'body { display: none }' }],
      ['something to load', { CSS: '.logo-customizable { background: url(https://evil.example) }' }],
      ['an import', { CSS: '@import "x";' }],
      ['a block that is not closed', { CSS: '.logo-customizable { color: red' }],
      ['another kind of image', { ImageFile: Buffer.from('<svg/>').toString('base64') }],
    ])('refuses %s', async (_case, input) => {
      await expect(pool('SetUICustomization', input)).resolves.toMatchObject(refusal('InvalidParameterException'));
    });

    it('needs a domain and a known client', async () => {
      const lite = { UserPoolId: service.cognito.pool('lite').id, CSS };
      await expect(pool('SetUICustomization', lite)).resolves.toMatchObject(
        refusal('InvalidParameterException', 'There has to be an existing domain associated with this user pool'),
      );
      await expect(pool('SetUICustomization', { ClientId: 'nobody', CSS })).resolves.toMatchObject(
        refusal('ResourceNotFoundException'),
      );
    });

    it('is checked in linear time', async () => {
      const started = performance.now();
      for (const text of ['{', '/*', '.logo-customizable{', 'background-color :']) {
        await pool('SetUICustomization', { CSS: text.repeat(Math.floor(131_000 / text.length)) });
      }
      expect(performance.now() - started).toBeLessThan(3000);
    });
  });

  describe('replicas', () => {
    const RegionName = 'eu-west-1';

    it('are created inactive, opened, listed with the pool, and deleted', async () => {
      const arn = (region: string) => `arn:aws:cognito-idp:${region}:123456789012:userpool/${UserPoolId}`;
      const replica = { RegionName, Role: 'SECONDARY', UserPoolArn: arn(RegionName) };
      const answer = (Status: string) => ({ body: { UserPoolReplica: { ...replica, Status } } });
      await expect(pool('CreateUserPoolReplica', { RegionName })).resolves.toMatchObject(answer('CREATING'));
      const primary = { RegionName: 'us-east-1', Role: 'PRIMARY', Status: 'ACTIVE', UserPoolArn: arn('us-east-1') };
      await expect(pool('ListUserPoolReplicas')).resolves.toMatchObject({
        body: { UserPoolReplicas: [primary, { ...replica, Status: 'INACTIVE' }] },
      });
      const active = { RegionName, Status: 'ACTIVE' };
      await expect(pool('UpdateUserPoolReplica', active)).resolves.toMatchObject(answer('ACTIVE'));
      await expect(pool('DeleteUserPoolReplica', { RegionName })).resolves.toMatchObject(answer('DELETING'));
      await expect(pool('DeleteUserPoolReplica', { RegionName })).resolves.toMatchObject(
        refusal('ResourceNotFoundException'),
      );
    });

    it('are refused twice in a region, in the region of the pool, in none, and in the Lite tier', async () => {
      await pool('CreateUserPoolReplica', { RegionName });
      for (const name of [RegionName, 'us-east-1', 'nowhere']) {
        await expect(pool('CreateUserPoolReplica', { RegionName: name })).resolves.toMatchObject(
          refusal('InvalidParameterException'),
        );
      }
      const lite = { UserPoolId: service.cognito.pool('lite').id, RegionName };
      await expect(pool('CreateUserPoolReplica', lite)).resolves.toMatchObject(
        refusal('FeatureUnavailableInTierException'),
      );
      const tagged = { RegionName: 'eu-west-2', UserPoolTags: { 'aws:x': '' } };
      await expect(pool('CreateUserPoolReplica', tagged)).resolves.toMatchObject(refusal('UserPoolTaggingException'));
    });
  });

  describe('provisioned limits', () => {
    const limit = (Category: string, more: object = {}) => ({
      LimitDefinition: { LimitClass: 'API_CATEGORY', Attributes: { Category } },
      ...more,
    });

    it('are the defaults until they are raised', async () => {
      const definition = limit('UserCreation');
      await expect(succeed(endpoint, 'GetProvisionedLimit', definition)).resolves.toEqual({
        Limit: { ...definition, ProvisionedLimitValue: 50, FreeLimitValue: 50 },
      });
      const raise = { ...definition, RequestedLimitValue: 70 };
      await expect(succeed(endpoint, 'UpdateProvisionedLimit', raise)).resolves.toMatchObject({
        Limit: { ProvisionedLimitValue: 70, FreeLimitValue: 50 },
      });
      await expect(succeed(endpoint, 'GetProvisionedLimit', definition)).resolves.toMatchObject({
        Limit: { ProvisionedLimitValue: 70 },
      });
    });

    it.each([
      ['less than the default', limit('UserCreation', { RequestedLimitValue: 49 }), 'InvalidParameterException'],
      ['a fixed category', limit('UserUpdate', { RequestedLimitValue: 26 }), 'InvalidParameterException'],
      ['too much', limit('UserCreation', { RequestedLimitValue: 1_000_000 }), 'ServiceQuotaExceededException'],
      ['an unknown category', limit('Coffee', { RequestedLimitValue: 1 }), 'ResourceNotFoundException'],
    ])('refuse %s', async (_case, input, exception) => {
      await expect(call(endpoint, 'UpdateProvisionedLimit', input)).resolves.toMatchObject(refusal(exception));
    });
  });

  it('has a certificate that signs itself, the same each time', async () => {
    const certificate = async () => String((await pool('GetSigningCertificate')).body['Certificate']);
    const text = await certificate();
    await expect(certificate()).resolves.toBe(text);
    const parsed = new X509Certificate(Buffer.from(text, 'base64'));
    expect(parsed.subject).toBe(`CN=${UserPoolId}`);
    expect(parsed.verify(parsed.publicKey)).toBe(true);
    expect(Date.parse(parsed.validTo) - Date.parse(parsed.validFrom)).toBe(3650 * 86_400_000);
  });
});
