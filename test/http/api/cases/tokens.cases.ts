import { trackSessions } from '../../../user/track-sessions.js';
import { answerOf, type ApiCase, NO_CONTENT, refusalOf } from '../support/api-case.js';

const TEXT = expect.any(String) as string;
const TIME = expect.any(Number) as number;
const SESSION = { sub: TEXT, claims: { sub: TEXT }, createdAt: TIME, expiresAt: TIME };
const UNUSABLE = { status: 401, code: expect.stringMatching(/^(ACCESS_)?TOKEN_/) as string };

/** Milliseconds after which an access token has expired. */
const EXPIRED = 61 * 60_000;

/** Renewals, and the ends of sign-ins. */
export const TOKEN_CASES: readonly ApiCase[] = [
  {
    name: 'renews tokens, and the refresh token stays',
    only: 'body',
    run: async (world) => {
      const { client } = await world.signedIn('plain');
      const { refreshToken, accessToken } = client;
      const tokens = { accessToken: TEXT, idToken: TEXT, expiresAt: TIME, tokenType: 'Bearer', refreshToken };
      world.world.pass(EXPIRED);
      expect(refusalOf(await client.call('get', 'me'))).toEqual({ status: 401, code: 'TOKEN_EXPIRED' });
      const renewed = await client.call('post', 'renew', { refreshToken, accessToken });
      expect(answerOf(renewed)).toEqual({ status: 200, body: tokens });
      expect((await client.call('get', 'me')).status).toBe(200);
    },
  },
  {
    name: 'renews tokens, and the refresh token is replaced',
    only: 'body',
    run: async (world) => {
      const { client } = await world.signedIn('rotation');
      const { refreshToken = '' } = client;
      expect((await client.call('post', 'renew', { refreshToken })).status).toBe(200);
      expect(client.refreshToken).not.toBe(refreshToken);
      world.world.pass(61_000);
      const replayed = await world.client('rotation').call('post', 'renew', { refreshToken });
      expect(refusalOf(replayed)).toEqual({ status: 401, code: 'REFRESH_TOKEN_REUSED' });
    },
  },
  ...(['plain', 'rotation'] as const).map((pool): ApiCase => ({
    name: `shows the session, and renews its tokens unseen (${pool})`,
    only: 'cookie',
    run: async (world) => {
      expect(answerOf(await world.client(pool).call('get', 'session'))).toEqual({ status: 200, body: null });
      const { client } = await world.signedIn(pool);
      expect(answerOf(await client.call('get', 'session'))).toEqual({ status: 200, body: SESSION });
      world.world.pass(EXPIRED);
      expect(answerOf(await client.call('get', 'session'))).toEqual({ status: 200, body: SESSION });
      expect((await client.call('get', 'me')).status).toBe(200);
    },
  })),
  {
    name: 'signs this client out, and no other',
    run: async (world) => {
      const { person, client } = await world.signedIn('plain');
      const other = world.client('plain');
      await other.signIn({ username: person.login, password: 'Correct-Horse-9' });
      const body = world.isCookie ? {} : { refreshToken: client.refreshToken };
      expect(answerOf(await client.call('post', 'logout', body))).toEqual(NO_CONTENT);
      expect(client.jar.size).toBe(0);
      expect(refusalOf(await client.call('get', 'me'))).toEqual(UNUSABLE);
      expect((await other.call('get', 'me')).status).toBe(200);
    },
  },
  {
    name: 'signs all clients of the user out',
    run: async (world) => {
      const { person, client } = await world.signedIn('plain');
      const other = world.client('plain');
      await other.signIn({ username: person.login, password: 'Correct-Horse-9' });
      expect(answerOf(await client.call('post', 'logout', { everywhere: true }))).toEqual(NO_CONTENT);
      expect(refusalOf(await client.call('get', 'me'))).toEqual(UNUSABLE);
      expect(refusalOf(await other.call('get', 'me'))).toEqual(UNUSABLE);
      // Whoever is signed out already may say so again.
      const body = world.isCookie ? {} : { refreshToken: other.refreshToken };
      expect(answerOf(await other.call('post', 'logout', body))).toEqual(NO_CONTENT);
      expect(other.jar.size).toBe(0);
    },
  },
  {
    name: 'signs out although the access token has expired',
    run: async (world) => {
      const { client } = await world.signedIn('plain');
      world.world.pass(EXPIRED);
      const body = world.isCookie ? {} : { refreshToken: client.refreshToken };
      expect(answerOf(await client.call('post', 'logout', body))).toEqual(NO_CONTENT);
    },
  },
  {
    name: 'lists the sessions of the user, and ends another one',
    run: async (world) => {
      await trackSessions(world.world, 'plain-emails');
      const { person, client } = await world.signedIn('plain-emails');
      const other = world.client('plain-emails');
      await other.signIn({ username: person.login, password: 'Correct-Horse-9' });
      const listed = await client.call('get', 'sessions');
      const item = expect.objectContaining({ id: TEXT, clientId: TEXT, createdAt: TIME }) as object;
      expect(answerOf(listed)).toEqual({ status: 200, body: [item, item] });
      const items = listed.body as { readonly id: string; readonly current?: boolean }[];
      const [current, foreign] = [items.find((one) => one.current), items.find((one) => !one.current)];
      expect(refusalOf(await client.call('delete', `sessions/${current?.id ?? ''}`))).toEqual({
        status: 409,
        code: 'USER_SESSION_CURRENT',
      });
      const path = `sessions/${foreign?.id ?? ''}?revokeLinked=true`;
      expect(answerOf(await client.call('delete', path))).toEqual(NO_CONTENT);
      expect(answerOf(await client.call('get', 'sessions'))).toEqual({ status: 200, body: [item] });
      expect(refusalOf(await other.call('get', 'me'))).toEqual(UNUSABLE);
      expect((await client.call('get', 'me')).status).toBe(200);
    },
  },
];
