import type { CognitoAdminService } from '../../lib/admin/cognito-admin.service.js';
import type { UserFilter } from '../../lib/admin/user-filter.js';
import type { ListPage, PagedList } from '../../lib/client/paged-list.js';
import { World } from '../user/world.js';
import { all } from './all.js';

const NAMES = ['ann', 'bob', 'cid', 'dan', 'eve'];

describe('lists', () => {
  let world: World;
  let admin: CognitoAdminService;

  beforeAll(async () => {
    world = await World.start([
      {
        name: 'pool',
        groups: NAMES.map((name) => ({ name: `group-${name}` })),
        users: NAMES.map((username) => ({
          username,
          groups: ['group-ann', ...(username === 'ann' ? NAMES.slice(1).map((name) => `group-${name}`) : [])],
          attributes: { email: `${username}@example.com`, name: 'a "quoted" \\ name' },
        })),
      },
    ]);
    ({ admin } = world.services('pool', 'public'));
  });

  afterAll(() => world.stop());

  /** The sizes of all pages, and what they have. */
  async function inPages<Item>(list: PagedList<Item>, limit: number) {
    const pages: ListPage<Item>[] = [];
    let cursor: string | undefined;
    do {
      const page = await list.page({ limit, cursor });
      pages.push(page);
      ({ cursor } = page);
    } while (cursor !== undefined);
    return { sizes: pages.map(({ items }) => items.length), items: pages.flatMap(({ items }) => items) };
  }

  it.each<[string, (admin: CognitoAdminService) => PagedList<unknown>]>([
    ['users', () => admin.getUsers()],
    ['users with a filter', () => admin.getUsers({ filter: { attribute: 'email', startsWith: '' } })],
    ['groups', () => admin.groups.list()],
    ['groups of a user', () => admin.groups.groupsOf('ann')],
    ['members of a group', () => admin.groups.usersIn('group-ann')],
  ])('of %s are the same in pages as in one go', async (_, list) => {
    const whole = await all(list(admin));
    const { sizes, items } = await inPages(list(admin), 2);

    expect(whole).toHaveLength(NAMES.length);
    expect(items).toEqual(whole);
    expect(sizes.slice(0, 3)).toEqual([2, 2, 1]);
  });

  it('may be gone through again', async () => {
    const users = admin.getUsers({ pageSize: 3 });

    await expect(all(users)).resolves.toHaveLength(NAMES.length);
    await expect(all(users)).resolves.toHaveLength(NAMES.length);
  });

  it.each<[UserFilter, number]>([
    [{ attribute: 'name', equals: 'a "quoted" \\ name' }, NAMES.length],
    [{ attribute: 'name', startsWith: 'a "' }, NAMES.length],
    [{ attribute: 'username', equals: 'ann" or username ^= "' }, 0],
    [{ attribute: 'username', startsWith: '\\' }, 0],
    [{ attribute: 'username', startsWith: '"' }, 0],
  ])('take a value of a filter as the value that it is: %j', async (filter, count) => {
    await expect(all(admin.getUsers({ filter }))).resolves.toHaveLength(count);
  });

  it.each([
    [{ limit: 0 }, /"limit" must be an integer from 1 to 60/],
    [{ limit: 61 }, /"limit" must be an integer from 1 to 60/],
    [{ limit: 1.5 }, /"limit" must be an integer from 1 to 60/],
    [{ limit: '5' as unknown as number }, /"limit" must be an integer from 1 to 60/],
    [{ cursor: '' }, /"cursor" must be a non-empty string/],
    [{ cursor: 5 as unknown as string }, /"cursor" must be a non-empty string/],
    [null as never, /"request" must be an object/],
  ])('refuse the page %j before anything is sent', async (request, message) => {
    await expect(admin.getUsers().page(request)).rejects.toThrow(message);
  });

  it.each([0, 61])('refuse pages of %p items while they are gone through', async (pageSize) => {
    await expect(all(admin.groups.list({ pageSize }))).rejects.toThrow(/"pageSize" must be an integer from 1 to 60/);
  });

  it('refuse a cursor of another list, and one that is none', async () => {
    const { cursor } = await admin.getUsers({ filter: { attribute: 'email', startsWith: '' } }).page({ limit: 1 });

    const refused = { code: 'PARAMETER_INVALID', status: 400 };
    await expect(admin.getUsers().page({ cursor })).rejects.toMatchObject(refused);
    await expect(admin.groups.list().page({ cursor })).rejects.toMatchObject(refused);
    const { cursor: ofAnn } = await admin.groups.groupsOf('ann').page({ limit: 1 });
    await expect(admin.groups.groupsOf('bob').page({ cursor: ofAnn })).rejects.toMatchObject(refused);
    await expect(admin.groups.usersIn('group-ann').page({ cursor: ofAnn })).rejects.toMatchObject(refused);
    await expect(admin.groups.list().page({ cursor: 'invented' })).rejects.toMatchObject({ code: 'PARAMETER_INVALID' });
  });
});
