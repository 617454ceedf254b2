import { type LocalService, startLocalService } from './local-service.js';
import { call, refusal, succeed } from './wire.js';

const ROLE = 'arn:aws:iam::123456789012:role/editors';

describe('groups', () => {
  let service: LocalService;
  let endpoint: string;

  beforeAll(async () => {
    service = await startLocalService({
      pools: [
        {
          name: 'default',
          users: ['ann', 'bob', 'cat'].map((username) => ({ username })),
          groups: [
            { name: 'last' },
            { name: 'second', precedence: 2 },
            { name: 'first', precedence: 1, description: 'The first' },
          ],
        },
      ],
    });
    ({ endpoint } = service.cognito);
  });

  afterAll(() => service.stop());

  const pool = (operation: string, input: object) =>
    call(endpoint, operation, { UserPoolId: service.cognito.pool().id, ...input });

  const names = (answer: { body: Record<string, unknown> }) =>
    (answer.body['Groups'] as { GroupName: string }[]).map(({ GroupName }) => GroupName);

  it('are created, shown, changed and deleted', async () => {
    const created = await pool('CreateGroup', {
      GroupName: 'editors',
      Description: 'Write',
      RoleArn: ROLE,
      Precedence: 3,
    });
    expect(created.body).toEqual({
      Group: {
        GroupName: 'editors',
        UserPoolId: service.cognito.pool().id,
        Description: 'Write',
        RoleArn: ROLE,
        Precedence: 3,
        LastModifiedDate: expect.any(Number) as number,
        CreationDate: expect.any(Number) as number,
      },
    });
    await pool('UpdateGroup', { GroupName: 'editors', Precedence: 0 });
    await expect(pool('GetGroup', { GroupName: 'editors' })).resolves.toMatchObject({
      body: { Group: { Description: 'Write', Precedence: 0 } },
    });
    await expect(pool('DeleteGroup', { GroupName: 'editors' })).resolves.toMatchObject({ status: 200, body: {} });
    await expect(pool('GetGroup', { GroupName: 'editors' })).resolves.toMatchObject(
      refusal('ResourceNotFoundException', 'Group not found.'),
    );
  });

  it('have unique names', async () => {
    await expect(pool('CreateGroup', { GroupName: 'first' })).resolves.toMatchObject(
      refusal('GroupExistsException', 'A group with the name already exists'),
    );
    await expect(pool('CreateGroup', { GroupName: 'First' })).resolves.toMatchObject({ status: 200 });
    await pool('DeleteGroup', { GroupName: 'First' });
  });

  it('are listed in pages', async () => {
    const first = await pool('ListGroups', { Limit: 2 });
    expect(names(first)).toEqual(['last', 'second']);
    const second = await pool('ListGroups', { Limit: 2, NextToken: first.body['NextToken'] });
    expect(names(second)).toEqual(['first']);
    expect(second.body).not.toHaveProperty('NextToken');
  });

  it('add and remove users; twice is not an error', async () => {
    const ann = { Username: 'ann' };
    for (const GroupName of ['last', 'second', 'first', 'first']) {
      await expect(pool('AdminAddUserToGroup', { ...ann, GroupName })).resolves.toMatchObject({
        status: 200,
        body: {},
      });
    }
    expect(names(await pool('AdminListGroupsForUser', ann))).toEqual(['first', 'second', 'last']);
    await pool('AdminRemoveUserFromGroup', { ...ann, GroupName: 'second' });
    await expect(pool('AdminRemoveUserFromGroup', { ...ann, GroupName: 'second' })).resolves.toMatchObject({
      status: 200,
    });
    expect(names(await pool('AdminListGroupsForUser', ann))).toEqual(['first', 'last']);
  });

  it('list their users in pages', async () => {
    for (const Username of ['bob', 'cat']) {
      await pool('AdminAddUserToGroup', { Username, GroupName: 'second' });
    }
    const first = await pool('ListUsersInGroup', { GroupName: 'second', Limit: 1 });
    expect(first.body['Users']).toMatchObject([{ Username: 'bob', UserStatus: 'CONFIRMED' }]);
    const { body } = await pool('ListUsersInGroup', { GroupName: 'second', NextToken: first.body['NextToken'] });
    expect(body['Users']).toMatchObject([{ Username: 'cat' }]);
  });

  it('leave nothing behind', async () => {
    await pool('CreateGroup', { GroupName: 'passing' });
    await pool('AdminAddUserToGroup', { Username: 'cat', GroupName: 'passing' });
    await pool('DeleteGroup', { GroupName: 'passing' });
    await pool('CreateGroup', { GroupName: 'passing' });
    await expect(pool('ListUsersInGroup', { GroupName: 'passing' })).resolves.toMatchObject({ body: { Users: [] } });
  });

  it('forget a deleted user', async () => {
    service.cognito.pool().createUser({ username: 'dan', groups: ['first'] });
    await succeed(endpoint, 'AdminDeleteUser', { UserPoolId: service.cognito.pool().id, Username: 'dan' });
    const { body } = await pool('ListUsersInGroup', { GroupName: 'first' });
    expect(body['Users']).not.toContainEqual(expect.objectContaining({ Username: 'dan' }));
  });

  it.each([
    ['GetGroup', { GroupName: 'none' }],
    ['UpdateGroup', { GroupName: 'none' }],
    ['DeleteGroup', { GroupName: 'none' }],
    ['ListUsersInGroup', { GroupName: 'none' }],
    ['AdminAddUserToGroup', { Username: 'ann', GroupName: 'none' }],
    ['AdminRemoveUserFromGroup', { Username: 'ann', GroupName: 'none' }],
  ])('%s %j names a missing group', async (operation, input) => {
    await expect(pool(operation, input)).resolves.toMatchObject(
      refusal('ResourceNotFoundException', 'Group not found.'),
    );
  });

  it.each(['AdminAddUserToGroup', 'AdminRemoveUserFromGroup', 'AdminListGroupsForUser'])(
    '%s tells that there is no such user',
    async (operation) => {
      const input = operation === 'AdminListGroupsForUser' ? {} : { GroupName: 'first' };
      await expect(pool(operation, { Username: 'nobody', ...input })).resolves.toMatchObject(
        refusal('UserNotFoundException', 'User does not exist.'),
      );
    },
  );
});
