import { type LocalService, startLocalService } from '../local-service.js';
import { call, refusal } from '../wire.js';

const SCOPES = [{ ScopeName: 'read', ScopeDescription: 'Read orders' }];

describe('resource servers', () => {
  let service: LocalService;

  beforeEach(async () => {
    service = await startLocalService({
      pools: [{ name: 'default', clients: [{ name: 'web', AllowedOAuthScopes: ['https://api.example/v1/write'] }] }],
    });
  });

  afterEach(() => service.stop());

  const pool = (operation: string, input: object) =>
    call(service.cognito.endpoint, operation, { UserPoolId: service.cognito.pool().id, ...input });
  const create = (input: object = {}) =>
    pool('CreateResourceServer', { Identifier: 'orders', Name: 'Orders', Scopes: SCOPES, ...input });

  it('are created, described, changed, listed and deleted', async () => {
    const created = await create();
    expect(created.body).toEqual({
      ResourceServer: {
        UserPoolId: service.cognito.pool().id,
        Identifier: 'orders',
        Name: 'Orders',
        Scopes: SCOPES,
      },
    });
    const described = await pool('DescribeResourceServer', { Identifier: 'orders' });
    expect(described.body).toEqual(created.body);
    await pool('UpdateResourceServer', { Identifier: 'orders', Name: 'All orders' });
    const listed = await pool('ListResourceServers', {});
    expect(listed.body['ResourceServers']).toMatchObject([
      { Identifier: 'https://api.example/v1', Scopes: [{ ScopeName: 'write' }] },
      { Identifier: 'orders', Name: 'All orders', Scopes: [] },
    ]);
    await expect(pool('DeleteResourceServer', { Identifier: 'orders' })).resolves.toMatchObject({ body: {} });
    await expect(pool('DescribeResourceServer', { Identifier: 'orders' })).resolves.toMatchObject(
      refusal('ResourceNotFoundException', 'Resource server orders does not exist.'),
    );
  });

  it('own the scopes that an app client may name', async () => {
    const client = (scope: string) =>
      pool('CreateUserPoolClient', { ClientName: 'web', AllowedOAuthScopes: ['openid', scope] });
    await expect(client('orders/read')).resolves.toMatchObject(
      refusal('ScopeDoesNotExistException', 'Invalid scope requested: orders/read'),
    );
    await create();
    await expect(client('orders/read')).resolves.toMatchObject({ status: 200 });
    await expect(client('orders/Read')).resolves.toMatchObject(refusal('ScopeDoesNotExistException'));
    await expect(client('nonsense')).resolves.toMatchObject(refusal('ScopeDoesNotExistException'));
  });

  it.each<[string, object]>([
    ['a duplicate scope', { Scopes: [...SCOPES, ...SCOPES] }],
    ['a slash in the name of a scope', { Scopes: [{ ScopeName: 'a/b', ScopeDescription: 'x' }] }],
    ['a scope without a description', { Scopes: [{ ScopeName: 'a' }] }],
    ['a space in the identifier', { Identifier: 'the orders' }],
  ])('refuse %s', async (_case, input) => {
    await expect(create(input)).resolves.toMatchObject(refusal('InvalidParameterException'));
  });

  it('have unique identifiers', async () => {
    await create();
    await expect(create()).resolves.toMatchObject(
      refusal('InvalidParameterException', `orders already exists in user pool ${service.cognito.pool().id}.`),
    );
  });
});
