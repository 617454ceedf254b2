import { answerOf, type ApiCase, authenticated, NO_CONTENT, refusalOf } from '../support/api-case.js';
import { PASSWORD } from '../../../user/world.js';

const CONFIRMED = { status: 200, body: { status: 'CONFIRMED' } };

/** From nothing to a user, and to a new password. */
export const SIGN_UP_CASES: readonly ApiCase[] = [
  ...(['plain', 'plain-emails'] as const).map((pool): ApiCase => ({
    name: `signs up and confirms with a code that was sent again (${pool})`,
    run: async (world) => {
      const { username, email } = world.world.somebody(pool);
      const client = world.client(pool);
      const body = { username, password: PASSWORD, attributes: { email } };
      expect(answerOf(await client.call('post', 'register', body))).toEqual({
        status: 201,
        body: { confirmed: false },
      });
      const early = await client.call('post', 'authenticate', { username, password: PASSWORD });
      expect(refusalOf(early)).toEqual({ status: 403, code: 'USER_NOT_CONFIRMED' });
      const first = world.world.code(email);
      expect(answerOf(await client.call('post', 'resend-code', { username }))).toEqual({ status: 202, body: {} });
      expect(world.world.code(email)).not.toBe(first);
      const confirmed = await client.call('post', 'confirm', { username, code: world.world.code(email) });
      expect(answerOf(confirmed)).toEqual(CONFIRMED);
      const outcome = await client.call('post', 'authenticate', { username, password: PASSWORD });
      expect(answerOf(outcome)).toEqual(authenticated(world));
    },
  })),
  {
    name: 'shows where codes go and who the user is, if asked to',
    run: async (world) => {
      const { username, email } = world.world.somebody('plain-aliases');
      const client = world.client('plain-aliases');
      const body = { username, password: PASSWORD, attributes: { email } };
      const delivery = { attribute: 'email', medium: 'EMAIL', destination: 'p***@e***' };
      const userSub = expect.any(String) as string;
      expect(answerOf(await client.call('post', 'register', body))).toEqual({
        status: 201,
        body: { confirmed: false, userSub, delivery },
      });
      expect(answerOf(await client.call('post', 'resend-code', { username }))).toEqual({
        status: 202,
        body: { delivery },
      });
      expect(refusalOf(await client.call('post', 'register', body))).toEqual({ status: 409, code: 'USERNAME_EXISTS' });
      await client.call('post', 'confirm', { username, code: world.world.code(email) });
      expect(answerOf(await client.call('post', 'forgot-password', { username: email }))).toEqual({
        status: 202,
        body: { delivery },
      });
    },
  },
  {
    name: 'signs in with the confirmation of a sign-up',
    run: async (world) => {
      const { username, email } = world.world.somebody('choice');
      const client = world.client('choice');
      const body = { username, password: PASSWORD, attributes: { email } };
      const registered = await client.call('post', 'register', body);
      const session = expect.any(String) as string;
      expect(answerOf(registered)).toEqual({
        status: 201,
        body: { confirmed: false, ...(!world.isCookie && { session }) },
      });
      const kept = world.isCookie ? {} : { session: (registered.body as { session: string }).session };
      const confirmed = await client.call('post', 'confirm', { username, code: world.world.code(email), ...kept });
      expect(answerOf(confirmed)).toEqual(authenticated(world));
      expect((await client.call('get', 'me')).status).toBe(200);
    },
  },
  {
    name: 'sets a new password for one that was forgotten',
    run: async (world) => {
      const { person, client } = world.somebody('plain-emails');
      // Without AccountRecoverySetting SMS comes before e-mail.
      const { login: username, phone } = person;
      expect(answerOf(await client.call('post', 'forgot-password', { username }))).toEqual({ status: 202, body: {} });
      const body = { username, code: world.world.code(phone), password: 'Another-Horse-7' };
      expect(answerOf(await client.call('post', 'confirm-forgot-password', body))).toEqual(NO_CONTENT);
      const old = await client.call('post', 'authenticate', { username, password: PASSWORD });
      expect(refusalOf(old)).toEqual({ status: 401, code: 'CREDENTIALS_INVALID' });
      await client.signIn({ username, password: 'Another-Horse-7' });
    },
  },
];
