import { OPTIONAL_MFA } from '../../user/factor-pools.js';
import { answerOf, authenticated, refusalOf } from './support/api-case.js';
import type { ApiClient } from './support/api-client.js';
import { ApiWorld, combinationsOf } from './support/api-world.js';
import { setMfa, withPassword } from './support/factors.js';

const COMBINATIONS = [...combinationsOf('express'), ...combinationsOf('fastify')];
const MINUTES = 60_000;

type Json = Readonly<Record<string, unknown>>;

describe.each(COMBINATIONS)(
  'answers to challenges that are not one’s own, on $platform, tokens by $delivery, secret: $secret',
  (combination) => {
    const isCookie = combination.delivery === 'cookie';
    let world: ApiWorld;

    beforeAll(async () => {
      world = await ApiWorld.start(combination, [{ pool: OPTIONAL_MFA }, { pool: { name: 'plain' } }]);
    });

    afterAll(async () => {
      await world.stop();
    });

    /** A client who is asked for a code by SMS. */
    async function asked() {
      const { person, client: first } = await world.signedIn('optional');
      await setMfa(first, { sms: { enabled: true } });
      const client = world.client('optional');
      const { body } = await withPassword(client, person.login);
      const { challenge } = body as { readonly challenge: Json };
      expect(challenge).toMatchObject({ name: 'SMS_MFA' });
      return { person, client, challenge, code: world.world.code(person.phone) };
    }

    it('refuses an answer that comes too late', async () => {
      const { client, challenge, code } = await asked();
      world.world.pass(11 * MINUTES);
      expect(refusalOf(await client.respond(challenge, { code }))).toEqual({ status: 401, code: 'SESSION_EXPIRED' });
    });

    it('refuses an answer that is sent again', async () => {
      const { client, challenge, code } = await asked();
      const cookie = client.cookie;
      expect(answerOf(await client.respond(challenge, { code }))).toEqual(authenticated(world));
      const replayed = world.client('optional');
      copy(cookie, replayed);
      expect(refusalOf(await replayed.respond(challenge, { code }))).toEqual({ status: 401, code: 'SESSION_USED' });
      expect((await replayed.call('get', 'me')).status).toBe(401);
    });

    it('refuses an answer without a challenge', async () => {
      const answer = { code: '123456' };
      const challenge = { name: 'SMS_MFA', username: 'nobody', session: 'A-Session-Of-Nobody-At-All' };
      const refused = await world.client('optional').respond(challenge, answer);
      expect(refusalOf(refused)).toEqual({ status: 401, code: isCookie ? 'SESSION_EXPIRED' : 'SESSION_INVALID' });
    });

    it('refuses an answer to another challenge than the one that was posed', async () => {
      const { client, challenge, code } = await asked();
      const other = await client.respond({ ...challenge, name: 'EMAIL_OTP' }, { code });
      expect(refusalOf(other)).toEqual({ status: 401, code: 'SESSION_INVALID' });
      const fresh = await asked();
      const setUp = await fresh.client.call(
        'post',
        'respond/totp',
        isCookie ? {} : { challenge: { ...fresh.challenge, name: 'MFA_SETUP' } },
      );
      expect(refusalOf(setUp)).toEqual({ status: 401, code: 'SESSION_INVALID' });
    });

    it('refuses the challenge of another app client', async () => {
      const { client, challenge, code } = await asked();
      const other = world.client('plain');
      copy(client.cookie.replaceAll('mandate-optional', 'mandate-plain'), other);
      const refused = await other.respond(challenge, { code });
      expect(refusalOf(refused)).toEqual({ status: 401, code: isCookie ? 'SESSION_EXPIRED' : 'SESSION_INVALID' });
    });

    if (isCookie) {
      it('goes on with the sign-in whose answer was sent twice, whichever of the two is answered last', async () => {
        const { client, challenge, code } = await asked();
        const flow = [...client.jar].find(([name]) => name.endsWith('-flow'));
        await client.respond(challenge, { code });
        client.jar.set(...(flow ?? ['', '']));
        const late = await client.respond(challenge, { code });
        expect(refusalOf(late)).toEqual({ status: 401, code: 'SESSION_USED' });
        // The cookie may hold the next step by now: a challenge, or a new device.
        expect(late.headers['set-cookie']).toBeUndefined();
      });

      it('refuses a cookie that was changed', async () => {
        const { client, challenge, code } = await asked();
        const [name = '', value = ''] = [...client.jar].find(([one]) => one.endsWith('-flow')) ?? [];
        const middle = Math.floor(value.length / 2);
        const changed = [
          value.slice(0, -4),
          value.slice(4),
          '',
          'x',
          `${value.slice(0, middle)}${value[middle] === 'A' ? 'B' : 'A'}${value.slice(middle + 1)}`,
        ];
        for (const one of changed) {
          const thief = world.client('optional');
          thief.jar.set(name, one);
          expect(refusalOf(await thief.respond(challenge, { code }))).toEqual({ status: 401, code: 'SESSION_EXPIRED' });
        }
        expect(answerOf(await client.respond(challenge, { code }))).toEqual(authenticated(world));
      });

      it('refuses one sealed cookie in the place of another', async () => {
        const { client, challenge, code } = await asked();
        const [, flow = ''] = [...client.jar].find(([one]) => one.endsWith('-flow')) ?? [];
        const thief = world.client('optional');
        thief.jar.set('__Host-Http-mandate-optional', flow);
        thief.jar.set('__Host-Http-mandate-optional-device', flow);
        expect((await thief.call('get', 'me')).status).toBe(401);
        expect(refusalOf(await thief.respond(challenge, { code }))).toEqual({ status: 401, code: 'SESSION_EXPIRED' });
      });

      it('keeps the challenges of two browsers apart', async () => {
        const [ann, eve] = [await asked(), await asked()];
        const crossed = await eve.client.respond(ann.challenge, { code: ann.code });
        expect(refusalOf(crossed)).toEqual({ status: 400, code: 'CODE_MISMATCH' });
        expect(answerOf(await eve.client.respond(eve.challenge, { code: eve.code }))).toEqual(authenticated(world));
        const { username } = (await eve.client.call('get', 'me')).body as { readonly username: string };
        expect(username).toBe(eve.person.username);
      });
    } else {
      it('refuses the session of one user with the name of another', async () => {
        const [ann, eve] = [await asked(), await asked()];
        const { session } = ann.challenge;
        for (const code of [ann.code, eve.code]) {
          const crossed = await eve.client.respond({ ...eve.challenge, session }, { code });
          expect(refusalOf(crossed)).toMatchObject({ status: 401 });
        }
        const renamed = await eve.client.respond(
          { ...ann.challenge, username: eve.person.username },
          { code: eve.code },
        );
        expect(refusalOf(renamed)).toMatchObject({ status: 401 });
        expect((await eve.client.call('get', 'me')).status).toBe(401);
      });
    }

    it('answers nothing by a fault of the server, and logs nothing', () => {
      expect(world.journal.exchanges.filter(({ status }) => status >= 500)).toEqual([]);
      expect(world.log).toEqual([]);
    });
  },
);

function copy(cookie: string, client: ApiClient): void {
  for (const pair of cookie === '' ? [] : cookie.split('; ')) {
    const at = pair.indexOf('=');
    client.jar.set(pair.slice(0, at), pair.slice(at + 1));
  }
}
