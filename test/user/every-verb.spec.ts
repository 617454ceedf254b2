import type { CognitoAdminService } from '../../lib/admin/cognito-admin.service.js';
import type { CognitoService } from '../../lib/user/cognito.service.js';
import { challengeOf, CLIENT_KINDS, PASSWORD, type Person, POOL_KINDS, tokensOf, World } from './world.js';

const NEW_PASSWORD = 'Battery-Staple-9';
const DAY = 24 * 60 * 60 * 1_000;

describe.each(POOL_KINDS)('a pool of %s', (pool) => {
  describe.each(CLIENT_KINDS)('by a %s client', (client) => {
    let world: World;
    let service: CognitoService;
    let admin: CognitoAdminService;

    beforeAll(async () => {
      world = await World.start();
      ({ service, admin } = world.services(pool, client));
    });

    afterAll(() => world.stop());

    const signIn = async ({ login }: Pick<Person, 'login'>, password = PASSWORD) =>
      tokensOf(await service.authenticate({ username: login, password }));

    describe('sign-up', () => {
      it('registers, confirms and signs in', async () => {
        const { username, email, login } = world.somebody(pool);

        const registration = await service.register({ username, password: PASSWORD, attributes: { email } });
        expect(registration).toMatchObject({ confirmed: false, delivery: { medium: 'EMAIL', attribute: 'email' } });
        await service.confirmSignUp({ username, code: world.code(email) });

        const { accessToken } = tokensOf(await service.authenticate({ username: login, password: PASSWORD }));
        await expect(service.getUser(accessToken)).resolves.toMatchObject({
          sub: registration.userSub,
          attributes: { email, email_verified: true },
        });
      });

      it('sends another code', async () => {
        const { username, email } = world.somebody(pool);
        await service.register({ username, password: PASSWORD, attributes: { email } });

        await expect(service.resendConfirmationCode({ username })).resolves.toMatchObject({ medium: 'EMAIL' });

        await expect(service.confirmSignUp({ username, code: world.code(email) })).resolves.toBeDefined();
      });

      it('rejects an existing username', async () => {
        const { username, email } = await world.signUp(pool, service);

        await expect(service.register({ username, password: PASSWORD, attributes: { email } })).rejects.toMatchObject({
          code: 'USERNAME_EXISTS',
          status: 409,
        });
      });

      it('rejects a weak password', async () => {
        const { username, email } = world.somebody(pool);

        await expect(
          service.register({ username, password: 'weak-weak', attributes: { email } }),
        ).rejects.toMatchObject({
          code: 'PASSWORD_INVALID',
          status: 400,
        });
      });

      it('rejects a wrong and an expired code', async () => {
        const { username, email } = world.somebody(pool);
        await service.register({ username, password: PASSWORD, attributes: { email } });
        const code = world.code(email);

        const wrong = code === '000000' ? '000001' : '000000';
        await expect(service.confirmSignUp({ username, code: wrong })).rejects.toMatchObject({ code: 'CODE_MISMATCH' });
        world.pass(2 * DAY);
        await expect(service.confirmSignUp({ username, code })).rejects.toMatchObject({ code: 'CODE_EXPIRED' });
      });
    });

    describe('sign-in', () => {
      it.each(['USER_SRP_AUTH', 'USER_PASSWORD_AUTH'] as const)('by %s', async (flow) => {
        const { login } = await world.signUp(pool, service);

        const tokens = tokensOf(await service.authenticate({ flow, username: login, password: PASSWORD }));

        expect(tokens).toMatchObject({ tokenType: 'Bearer', refreshToken: expect.any(String) as string });
        expect(Math.round((tokens.expiresAt - world.clock()) / 1_000)).toBeCloseTo(3_600, -1);
        await expect(service.verifyToken(tokens.accessToken)).resolves.toMatchObject({ token_use: 'access' });
        await expect(service.verifyToken(tokens.idToken, { tokenUse: 'id' })).resolves.toMatchObject({
          token_use: 'id',
        });
      });

      it.each(['USER_SRP_AUTH', 'USER_PASSWORD_AUTH'] as const)('rejects a wrong password by %s', async (flow) => {
        const { login } = await world.signUp(pool, service);

        await expect(service.authenticate({ flow, username: login, password: 'Wrong-Horse-9' })).rejects.toMatchObject({
          code: 'CREDENTIALS_INVALID',
          status: 401,
        });
      });

      it.each(['USER_SRP_AUTH', 'USER_PASSWORD_AUTH'] as const)('rejects an unknown user by %s', async (flow) => {
        const { login } = world.somebody(pool);

        await expect(service.authenticate({ flow, username: login, password: PASSWORD })).rejects.toMatchObject({
          code: 'USER_NOT_FOUND',
          status: 404,
        });
      });

      it('rejects an unconfirmed user', async () => {
        const { username, email } = world.somebody(pool);
        await service.register({ username, password: PASSWORD, attributes: { email } });

        await expect(service.authenticate({ username, password: PASSWORD })).rejects.toMatchObject({
          code: 'USER_NOT_CONFIRMED',
          status: 403,
        });
      });

      it('rejects a disabled user', async () => {
        const { username, login } = await world.signUp(pool, service);
        await admin.disableUser(username);

        await expect(service.authenticate({ username: login, password: PASSWORD })).rejects.toMatchObject({
          code: 'USER_DISABLED',
          status: 403,
        });
      });

      it('asks a user with a temporary password for a new one', async () => {
        const { username, email, login } = world.somebody(pool);
        await admin.createUser({
          username,
          temporaryPassword: 'Temporary-9',
          messageAction: 'SUPPRESS',
          attributes: { email, email_verified: true },
        });
        const challenge = challengeOf(
          await service.authenticate({ username: login, password: 'Temporary-9' }),
          'NEW_PASSWORD_REQUIRED',
        );

        expect(challenge.parameters.userAttributes).toMatchObject({ email });
        tokensOf(await service.respondToChallenge(challenge, { password: NEW_PASSWORD }));

        await expect(signIn({ login }, NEW_PASSWORD)).resolves.toBeDefined();
      });

      it('answers a challenge on another instance from JSON', async () => {
        const { username, email, login } = world.somebody(pool);
        const temporaryPassword = 'Temporary-9';
        await admin.createUser({ username, temporaryPassword, attributes: { email, email_verified: true } });
        const outcome = await service.authenticate({ username: login, password: temporaryPassword });

        const other = world.services(pool, client).service;
        const copy = JSON.parse(JSON.stringify(outcome)) as typeof outcome;

        tokensOf(
          await other.respondToChallenge(challengeOf(copy, 'NEW_PASSWORD_REQUIRED'), { password: NEW_PASSWORD }),
        );
      });

      it('rejects a weak new password', async () => {
        const { username, email, login } = world.somebody(pool);
        const temporaryPassword = 'Temporary-9';
        await admin.createUser({ username, temporaryPassword, attributes: { email, email_verified: true } });
        const outcome = await service.authenticate({ username: login, password: temporaryPassword });
        const challenge = challengeOf(outcome, 'NEW_PASSWORD_REQUIRED');

        await expect(service.respondToChallenge(challenge, { password: 'weak-weak' })).rejects.toMatchObject({
          code: 'PASSWORD_INVALID',
        });
      });
    });

    describe('tokens', () => {
      it.each(['GetTokensFromRefreshToken', 'REFRESH_TOKEN_AUTH'] as const)('are renewed by %s', async (method) => {
        const tokens = await signIn(await world.signUp(pool, service));
        world.pass(1_000);

        const renewed = await service.renewTokens({ ...tokens, refreshToken: tokens.refreshToken ?? '', method });

        expect(renewed.refreshToken).toBe(tokens.refreshToken);
        expect(renewed.accessToken).not.toBe(tokens.accessToken);
        await expect(service.verifyToken(renewed.accessToken)).resolves.toMatchObject({ token_use: 'access' });
      });

      it('are checked and renewed when they have expired', async () => {
        const tokens = await signIn(await world.signUp(pool, service));
        await expect(service.checkToken(tokens)).resolves.toEqual({ expired: false, tokens });
        world.pass(61 * 60 * 1_000);

        await expect(service.checkToken(tokens, { renew: false })).resolves.toEqual({ expired: true, tokens });
        const { expired, tokens: renewed } = await service.checkToken(tokens);

        expect(expired).toBe(true);
        await expect(service.verifyToken(renewed.accessToken)).resolves.toBeDefined();
        await expect(service.verifyToken(tokens.accessToken)).rejects.toMatchObject({ code: 'TOKEN_EXPIRED' });
      });

      it('are no longer renewed after logout', async () => {
        const { accessToken, refreshToken = '' } = await signIn(await world.signUp(pool, service));

        await service.logout(accessToken);

        await expect(service.renewTokens({ refreshToken })).rejects.toMatchObject({ code: 'REFRESH_TOKEN_REVOKED' });
        await expect(service.getUser(accessToken)).rejects.toMatchObject({ code: 'ACCESS_TOKEN_REVOKED' });
      });

      it('are no longer renewed after revocation, while those of other sign-ins are', async () => {
        const person = await world.signUp(pool, service);
        const one = await signIn(person);
        const other = await signIn(person);

        await service.revokeToken(one.refreshToken ?? '');

        await expect(service.renewTokens({ refreshToken: one.refreshToken ?? '' })).rejects.toMatchObject({
          code: 'REFRESH_TOKEN_REVOKED',
        });
        await expect(service.renewTokens({ refreshToken: other.refreshToken ?? '' })).resolves.toBeDefined();
      });

      it('must be a refresh token of this pool', async () => {
        await expect(service.renewTokens({ refreshToken: 'forged' })).rejects.toMatchObject({
          code: 'REFRESH_TOKEN_INVALID',
          status: 401,
        });
      });
    });

    describe('the account', () => {
      it('changes the password', async () => {
        const person = await world.signUp(pool, service);
        const { accessToken } = await signIn(person);

        await service.changePassword({ accessToken, previousPassword: PASSWORD, proposedPassword: NEW_PASSWORD });

        await expect(signIn(person, NEW_PASSWORD)).resolves.toBeDefined();
        await expect(signIn(person)).rejects.toMatchObject({ code: 'CREDENTIALS_INVALID' });
      });

      it.each([
        ['a wrong previous password', 'Wrong-Horse-9', NEW_PASSWORD, 'CREDENTIALS_INVALID'],
        ['a weak new one', PASSWORD, 'weak-weak', 'PASSWORD_INVALID'],
      ])('rejects %s', async (_, previousPassword, proposedPassword, code) => {
        const { accessToken } = await signIn(await world.signUp(pool, service));

        await expect(service.changePassword({ accessToken, previousPassword, proposedPassword })).rejects.toMatchObject(
          {
            code,
          },
        );
      });

      it('updates attributes and removes one by null', async () => {
        const { accessToken } = await signIn(await world.signUp(pool, service));

        await service.updateProfile({
          accessToken,
          attributes: { nickname: 'Annie', address: { formatted: 'Unter den Linden 1' }, updated_at: 1_700_000_000 },
        });
        const { attributes } = await service.getUser(accessToken);
        await service.updateProfile({ accessToken, attributes: { nickname: null } });

        expect(attributes).toMatchObject({
          nickname: 'Annie',
          address: { formatted: 'Unter den Linden 1' },
          updated_at: 1_700_000_000,
        });
        await expect(service.attributes.get(accessToken)).resolves.not.toHaveProperty('nickname');
      });

      it('verifies a changed e-mail address by code', async () => {
        const { accessToken } = await signIn(await world.signUp(pool, service));
        const { email } = world.somebody(pool);

        await expect(service.updateProfile({ accessToken, attributes: { email } })).resolves.toMatchObject([
          { attribute: 'email', medium: 'EMAIL' },
        ]);
        await service.validateVerification({ accessToken, code: world.code(email) });

        await expect(service.getUser(accessToken)).resolves.toMatchObject({
          attributes: { email, email_verified: true },
        });
      });

      it('is deleted by its user', async () => {
        const person = await world.signUp(pool, service);
        const { accessToken } = await signIn(person);

        await service.deleteUser(accessToken);

        await expect(signIn(person)).rejects.toMatchObject({ code: 'USER_NOT_FOUND' });
      });

      it('requires a valid access token', async () => {
        await expect(service.getUser('forged')).rejects.toMatchObject({ code: 'ACCESS_TOKEN_INVALID', status: 401 });
      });
    });

    describe('a forgotten password', () => {
      it('is replaced with the code', async () => {
        const person = await world.signUp(pool, service);

        const delivery = await service.initiateForgotPassword({ username: person.login });
        const code = world.code(person.email);
        await service.confirmForgotPassword({ username: person.login, code, password: NEW_PASSWORD });

        expect(delivery).toMatchObject({ medium: 'EMAIL', attribute: 'email' });
        await expect(signIn(person, NEW_PASSWORD)).resolves.toBeDefined();
      });

      it.each([
        ['a wrong code', 'nonsense', NEW_PASSWORD, 0, 'CODE_MISMATCH'],
        ['an expired code', undefined, NEW_PASSWORD, 2 * DAY, 'CODE_EXPIRED'],
        ['a weak password', undefined, 'weak-weak', 0, 'PASSWORD_INVALID'],
      ])('is not replaced with %s', async (_, code, password, later, expected) => {
        const { login, email } = await world.signUp(pool, service);
        await service.initiateForgotPassword({ username: login });
        const request = { username: login, code: code ?? world.code(email), password };
        world.pass(later);

        await expect(service.confirmForgotPassword(request)).rejects.toMatchObject({ code: expected, status: 400 });
      });

      it('of an unknown user cannot be replaced', async () => {
        const { login } = world.somebody(pool);

        await expect(service.initiateForgotPassword({ username: login })).rejects.toMatchObject({
          code: 'USER_NOT_FOUND',
        });
      });
    });
  });
});
