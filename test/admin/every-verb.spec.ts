import type { CognitoAdminService } from '../../lib/admin/cognito-admin.service.js';
import type { CognitoService } from '../../lib/user/cognito.service.js';
import { challengeOf, CLIENT_KINDS, PASSWORD, type Person, POOL_KINDS, tokensOf, World } from '../user/world.js';

const NEW_PASSWORD = 'Battery-Staple-9';

describe.each(POOL_KINDS)('administrators of a pool of %s', (pool) => {
  describe.each(CLIENT_KINDS)('by a %s client', (client) => {
    let world: World;
    let service: CognitoService;
    let admin: CognitoAdminService;

    beforeAll(async () => {
      world = await World.start();
      ({ service, admin } = world.services(pool, client));
    });

    afterAll(() => world.stop());

    const create = async (): Promise<Person> => {
      const person = world.somebody(pool);
      const attributes = { email: person.email, email_verified: true };
      await admin.createUser({ username: person.username, temporaryPassword: 'Temporary-9', attributes });
      return person;
    };

    it('create a user and send an invitation by e-mail', async () => {
      const { username, email } = world.somebody(pool);

      const user = await admin.createUser({
        username,
        attributes: { email, email_verified: true, name: 'Ann' },
        deliveryMediums: ['EMAIL'],
      });

      expect(user).toMatchObject({
        enabled: true,
        status: 'FORCE_CHANGE_PASSWORD',
        attributes: { email, email_verified: true, name: 'Ann' },
      });
      expect(user.createdAt).toBeGreaterThan(world.clock() - 60_000);
      expect(world.cognito.outbox.latest({ to: email, kind: 'AdminCreateUser' })).toBeDefined();
    });

    it('cannot create a user twice', async () => {
      const { username, email } = await create();

      await expect(admin.createUser({ username, attributes: { email } })).rejects.toMatchObject({
        code: 'USERNAME_EXISTS',
      });
    });

    it('confirm a sign-up without a code', async () => {
      const { username, email } = world.somebody(pool);
      await service.register({ username, password: PASSWORD, attributes: { email } });

      await admin.confirmSignUp({ username });

      tokensOf(await service.authenticate({ username, password: PASSWORD }));
    });

    it.each(['ADMIN_USER_PASSWORD_AUTH', 'USER_SRP_AUTH', undefined] as const)('sign in a user by %s', async (flow) => {
      const { login } = await world.signUp(pool, service);
      const credentials = { username: login, password: PASSWORD };

      const tokens = tokensOf(await admin.authenticate(flow === undefined ? credentials : { flow, ...credentials }));

      await expect(service.verifyToken(tokens.accessToken)).resolves.toMatchObject({ token_use: 'access' });
    });

    it('cannot sign in a user with a wrong password', async () => {
      const { login } = await world.signUp(pool, service);

      await expect(admin.authenticate({ username: login, password: 'Wrong-Horse-9' })).rejects.toMatchObject({
        code: 'CREDENTIALS_INVALID',
      });
    });

    it('answer the challenge NEW_PASSWORD_REQUIRED', async () => {
      const { login } = await create();
      const outcome = await admin.authenticate({ username: login, password: 'Temporary-9' });

      tokensOf(
        await admin.respondToChallenge(challengeOf(outcome, 'NEW_PASSWORD_REQUIRED'), {
          password: NEW_PASSWORD,
          attributes: { nickname: 'Annie' },
        }),
      );

      await expect(admin.getUser(login)).resolves.toMatchObject({
        status: 'CONFIRMED',
        attributes: { nickname: 'Annie' },
      });
    });

    it('read and change a user', async () => {
      const { username } = await create();

      await admin.updateProfile({ username, attributes: { nickname: 'Annie', birthdate: '1990-01-01' } });
      await admin.updateProfile({ username, attributes: { birthdate: null } });

      const { attributes } = await admin.getUser(username);
      expect(attributes.nickname).toBe('Annie');
      expect(attributes).not.toHaveProperty('birthdate');
    });

    it('list users that match a condition, page by page', async () => {
      const people = [await create(), await create(), await create()];

      const found: (string | undefined)[] = [];
      for await (const { attributes } of admin.getUsers({
        pageSize: 2,
        filter: { attribute: 'email', startsWith: 'person-' },
      })) {
        found.push(attributes.email);
      }

      expect(found).toEqual(expect.arrayContaining(people.map(({ email }) => email)));
      expect(new Set(found).size).toBe(found.length);
    });

    it('disable and enable a user', async () => {
      const { username, login } = await world.signUp(pool, service);

      await admin.disableUser(username);
      await expect(admin.getUser(username)).resolves.toMatchObject({ enabled: false });
      await admin.enableUser(username);

      tokensOf(await service.authenticate({ username: login, password: PASSWORD }));
    });

    it('set a permanent or a temporary password', async () => {
      const { username, login } = await create();

      await admin.setPassword({ username, password: NEW_PASSWORD });
      tokensOf(await service.authenticate({ username: login, password: NEW_PASSWORD }));
      await admin.setPassword({ username, password: PASSWORD, permanent: false });

      challengeOf(await service.authenticate({ username: login, password: PASSWORD }), 'NEW_PASSWORD_REQUIRED');
    });

    it('reset a password', async () => {
      const { username, login, email } = await world.signUp(pool, service);

      await admin.resetPassword({ username });
      await expect(service.authenticate({ username: login, password: PASSWORD })).rejects.toMatchObject({
        code: 'PASSWORD_RESET_REQUIRED',
      });
      await service.confirmForgotPassword({ username: login, code: world.code(email), password: NEW_PASSWORD });

      tokensOf(await service.authenticate({ username: login, password: NEW_PASSWORD }));
    });

    it('sign a user out everywhere', async () => {
      const { username, login } = await world.signUp(pool, service);
      const tokens = tokensOf(await service.authenticate({ username: login, password: PASSWORD }));

      await admin.logout(username);

      await expect(service.renewTokens({ refreshToken: tokens.refreshToken ?? '' })).rejects.toMatchObject({
        code: 'REFRESH_TOKEN_REVOKED',
      });
    });

    it('delete a user', async () => {
      const { username } = await create();

      await admin.deleteUser(username);

      await expect(admin.getUser(username)).rejects.toMatchObject({ code: 'USER_NOT_FOUND', status: 404 });
    });
  });
});
