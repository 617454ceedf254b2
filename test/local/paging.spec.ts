import { type LocalService, startLocalService } from './local-service.js';
import { call, refusal, succeed } from './wire.js';

const HOUR = 3_600_000;

describe('paging', () => {
  let service: LocalService;
  let UserPoolId: string;

  beforeEach(async () => {
    service = await startLocalService({
      pools: [
        {
          name: 'default',
          groups: [{ name: 'staff' }],
          users: Array.from({ length: 150 }, (_, index) => ({
            username: `user-${index}`,
            groups: ['staff'],
            attributes: { email: `user-${index}@example.com`, family_name: index % 2 === 0 ? 'Even' : 'Odd' },
          })),
        },
      ],
    });
    UserPoolId = service.cognito.pool().id;
  });

  afterEach(() => service.stop());

  type List = Readonly<Record<string, unknown>>;
  const ask = (operation: string, input: object = {}) =>
    succeed(service.cognito.endpoint, operation, { UserPoolId, ...input });
  const usersOf = (body: List) => (body['Users'] as { Username: string }[]).map(({ Username }) => Username);

  it.each([
    ['ListUsers', {}, 'PaginationToken', 150],
    ['ListUsers', { Filter: 'email ^= "user-"' }, 'PaginationToken', 150],
    ['ListUsers', { Filter: 'family_name = "Odd"' }, 'PaginationToken', 75],
    ['ListUsers', { Filter: 'cognito:user_status = "CONFIRMED"' }, 'PaginationToken', 150],
    ['ListUsers', { Filter: 'status = "Enabled"' }, 'PaginationToken', 150],
    ['ListUsersInGroup', { GroupName: 'staff' }, 'NextToken', 150],
  ])('%s %j visits everyone while a clean-up deletes page after page', async (operation, input, member, count) => {
    const visited: string[] = [];
    let token: unknown;
    do {
      const page = await ask(operation, { ...input, Limit: 20, ...(token === undefined ? {} : { [member]: token }) });
      for (const Username of usersOf(page)) {
        visited.push(Username);
        await ask('AdminDeleteUser', { Username });
      }
      token = page[member];
    } while (token !== undefined);
    expect(new Set(visited).size).toBe(count);
    expect(visited).toHaveLength(count);
    expect(usersOf(await ask(operation, input))).toEqual([]);
  });

  it.each([
    ['ListGroups', 'CreateGroup', 'DeleteGroup', 'GroupName', 'Groups', 'Limit'],
    [
      'ListUserPoolClients',
      'CreateUserPoolClient',
      'DeleteUserPoolClient',
      'ClientName',
      'UserPoolClients',
      'MaxResults',
    ],
  ])('%s visits everything while it is deleted', async (list, create, remove, name, items, limit) => {
    const before = ((await ask(list))[items] as object[]).length;
    for (let index = 0; index < 7; index++) {
      await ask(create, { [name]: `item-${index}` });
    }
    let visited = 0;
    let NextToken: unknown;
    do {
      const page = await ask(list, { [limit]: 2, ...(NextToken === undefined ? {} : { NextToken }) });
      for (const item of page[items] as Record<string, string>[]) {
        visited += 1;
        await ask(remove, { GroupName: item['GroupName'], ClientId: item['ClientId'] });
      }
      NextToken = page['NextToken'];
    } while (NextToken !== undefined);
    expect(visited).toBe(before + 7);
  });

  it('follows the changes of a page: an attribute, a group, a status', async () => {
    const named = { Username: 'user-7' };
    await ask('AdminUpdateUserAttributes', { ...named, UserAttributes: [{ Name: 'family_name', Value: 'New' }] });
    await expect(ask('ListUsers', { Filter: 'family_name = "New"' }).then(usersOf)).resolves.toEqual(['user-7']);
    await ask('AdminDisableUser', named);
    await expect(ask('ListUsers', { Filter: 'status = "Disabled"' }).then(usersOf)).resolves.toEqual(['user-7']);
    await ask('DeleteGroup', { GroupName: 'staff' });
    await ask('CreateGroup', { GroupName: 'staff' });
    await expect(ask('ListUsersInGroup', { GroupName: 'staff' }).then(usersOf)).resolves.toEqual([]);
  });

  it('refuses tokens of other lists, other parameters, an hour ago, and garbage', async () => {
    const { PaginationToken } = await ask('ListUsers', { Limit: 1 });
    const refused = refusal('InvalidParameterException', 'Invalid pagination token');
    const list = (operation: string, input: object) =>
      call(service.cognito.endpoint, operation, { UserPoolId, ...input });
    await expect(list('ListUsers', { PaginationToken, Limit: 2 })).resolves.toMatchObject({ status: 200 });
    await expect(list('ListUsers', { PaginationToken, Filter: 'sub = "x"' })).resolves.toMatchObject(refused);
    await expect(list('ListGroups', { NextToken: PaginationToken })).resolves.toMatchObject(refused);
    await expect(list('ListUsers', { PaginationToken: 'garbage' })).resolves.toMatchObject(refused);
    await expect(list('ListUsers', { PaginationToken: `${String(PaginationToken)}A` })).resolves.toMatchObject(refused);
    service.pass(HOUR);
    await expect(list('ListUsers', { PaginationToken })).resolves.toMatchObject(refused);
  });
});
