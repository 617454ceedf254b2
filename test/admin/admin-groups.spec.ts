import type { CognitoAdminService } from '../../lib/admin/cognito-admin.service.js';
import type { CognitoService } from '../../lib/user/cognito.service.js';
import { signIn } from '../user/factors.js';
import { CLIENT_KINDS, POOL_KINDS, World } from '../user/world.js';
import { all } from './all.js';

const ROLE = 'arn:aws:iam::123456789012:role/readers';

describe.each(POOL_KINDS)('groups of a pool of %s', (pool) => {
  describe.each(CLIENT_KINDS)('by a %s client', (kind) => {
    let world: World;
    let service: CognitoService;
    let admin: CognitoAdminService;
    let count = 0;

    beforeAll(async () => {
      world = await World.start();
      ({ service, admin } = world.services(pool, kind));
    });

    afterAll(() => world.stop());

    const newGroup = async (precedence?: number): Promise<string> => {
      count += 1;
      return (await admin.groups.create({ name: `group-${count}`, precedence })).name;
    };

    it('are created, read, changed and deleted', async () => {
      const name = 'readers';
      const created = await admin.groups.create({ name, description: 'May read', precedence: 5, roleArn: ROLE });
      expect(created).toEqual({
        name,
        description: 'May read',
        precedence: 5,
        roleArn: ROLE,
        createdAt: expect.any(Number) as number,
        modifiedAt: expect.any(Number) as number,
      });
      expect(created.createdAt).toBeGreaterThan(world.clock() - 60_000);

      await expect(admin.groups.update({ name, precedence: 1 })).resolves.toMatchObject({
        precedence: 1,
        description: 'May read',
      });
      await expect(admin.groups.get(name)).resolves.toMatchObject({ name, precedence: 1 });
      await expect(admin.groups.create({ name })).rejects.toMatchObject({ code: 'GROUP_EXISTS', status: 409 });

      await admin.groups.delete(name);
      await expect(admin.groups.get(name)).rejects.toMatchObject({ code: 'GROUP_NOT_FOUND', status: 404 });
    });

    it('are listed page by page', async () => {
      const names = [await newGroup(), await newGroup(), await newGroup()];

      const listed = (await all(admin.groups.list({ pageSize: 2 }))).map(({ name }) => name);

      expect(listed).toEqual(expect.arrayContaining(names));
      expect(new Set(listed).size).toBe(listed.length);
    });

    it('have members, whose tokens contain the groups', async () => {
      const [first, second] = [await newGroup(2), await newGroup(1)];
      const person = world.resident(pool);
      const other = world.resident(pool);
      const { username } = await admin.getUser(person.login);

      await admin.groups.addUser({ username: person.login, group: first });
      await admin.groups.addUser({ username, group: second });
      await admin.groups.addUser({ username, group: second });
      await admin.groups.addUser({ username: other.login, group: first });

      expect((await all(admin.groups.groupsOf(person.login, { pageSize: 1 }))).map(({ name }) => name)).toEqual([
        second,
        first,
      ]);
      const members = await all(admin.groups.usersIn(first, { pageSize: 1 }));
      expect(members.map(({ attributes }) => attributes.email).sort()).toEqual([person.email, other.email].sort());
      const { accessToken } = await signIn(service, person);
      await expect(service.verifyToken(accessToken)).resolves.toMatchObject({ 'cognito:groups': [second, first] });

      await admin.groups.removeUser({ username, group: second });
      await admin.groups.removeUser({ username, group: second });
      expect((await all(admin.groups.groupsOf(username))).map(({ name }) => name)).toEqual([first]);
    });

    it('reject unknown users and unknown groups', async () => {
      const group = await newGroup();
      const { login: username } = world.resident(pool);

      await expect(admin.groups.addUser({ username: 'nobody', group })).rejects.toMatchObject({
        code: 'USER_NOT_FOUND',
      });
      await expect(admin.groups.addUser({ username, group: 'no-such-group' })).rejects.toMatchObject({
        code: 'GROUP_NOT_FOUND',
      });
    });
  });
});
