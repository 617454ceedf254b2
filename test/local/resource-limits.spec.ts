import { type LocalService, startLocalService } from './local-service.js';
import { call, refusal, succeed } from './wire.js';

describe('the limits of a pool', () => {
  let service: LocalService;
  let endpoint: string;
  let UserPoolId: string;

  beforeAll(async () => {
    service = await startLocalService({ pools: [{ name: 'default', users: [{ username: 'ann' }] }] });
    ({ endpoint } = service.cognito);
    UserPoolId = service.cognito.pool().id;
  });

  afterAll(() => service.stop());

  it.each([
    ['CreateResourceServer', 25, (number: number) => ({ Identifier: `api-${number}`, Name: 'api' })],
    [
      'CreateIdentityProvider',
      300,
      (number: number) => ({
        ...{ ProviderName: `Corp${number}`, ProviderType: 'OIDC' },
        ProviderDetails: {
          client_id: 'id',
          attributes_request_method: 'GET',
          oidc_issuer: 'https://idp.example',
          authorize_scopes: 'openid',
        },
      }),
    ],
  ])('%s works %i times', async (operation, limit, inputOf) => {
    for (let number = 0; number < limit; number += 1) {
      await succeed(endpoint, operation, { UserPoolId, ...inputOf(number) });
    }
    await expect(call(endpoint, operation, { UserPoolId, ...inputOf(limit) })).resolves.toMatchObject(
      refusal('LimitExceededException'),
    );
  });

  it('let a user be in a hundred groups', async () => {
    const join = async (number: number) => {
      const group = { UserPoolId, GroupName: `group-${number}` };
      await succeed(endpoint, 'CreateGroup', group);
      return call(endpoint, 'AdminAddUserToGroup', { ...group, Username: 'ann' });
    };
    for (let number = 0; number < 100; number += 1) {
      await expect(join(number)).resolves.toMatchObject({ status: 200 });
    }
    await expect(join(100)).resolves.toMatchObject(refusal('InvalidParameterException'));
  });
});
