import { type LocalService, startLocalService } from '../local-service.js';
import { succeed } from '../wire.js';

describe('members that the API does not know', () => {
  let service: LocalService;

  beforeAll(async () => {
    service = await startLocalService();
  });

  afterAll(() => service.stop());

  it('are neither stored nor shown, on any level', async () => {
    const { endpoint } = service.cognito;
    const { UserPool } = await succeed(endpoint, 'CreateUserPool', {
      PoolName: 'odd',
      Unknown: { a: 1 },
      Id: 'us-east-1_abc',
      constructor: 'x',
      EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT', Unknown: 1 },
      Schema: [{ Name: 'x', AttributeDataType: 'String', Unknown: 1 }],
      UserPoolTags: { Unknown: 'kept' },
    });
    const { Id: UserPoolId } = UserPool as { Id: string };
    const { UserPoolClient } = await succeed(endpoint, 'CreateUserPoolClient', {
      UserPoolId,
      ClientName: 'odd',
      Unknown: 1,
      TokenValidityUnits: { AccessToken: 'hours', Unknown: 1 },
    });
    const shown = await succeed(endpoint, 'DescribeUserPool', { UserPoolId });
    expect(shown).toMatchObject({ UserPool: { UserPoolTags: { Unknown: 'kept' } } });
    expect(
      JSON.stringify([shown, UserPool, UserPoolClient]).match(/"Unknown":1|"Unknown":\{|"constructor"/g),
    ).toBeNull();
  });

  it('of a document are kept', async () => {
    const { endpoint } = service.cognito;
    const pool = service.cognito.pool();
    const Settings = { components: { form: { anything: [1, { deep: true }] } } };
    const created = await succeed(endpoint, 'CreateManagedLoginBranding', {
      UserPoolId: pool.id,
      ClientId: pool.client().id,
      Settings,
    });
    expect(created).toMatchObject({ ManagedLoginBranding: { Settings } });
  });
});
