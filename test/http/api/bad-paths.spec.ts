import { CHOICE } from '../../user/factor-pools.js';
import { trackSessions } from '../../user/track-sessions.js';
import { PASSWORD } from '../../user/world.js';
import { refusalOf } from './support/api-case.js';
import { ApiWorld, combinationsOf } from './support/api-world.js';
import { addPasskey } from './support/factors.js';
import { SoftwareAuthenticator } from '../../support/software-authenticator.js';

const COMBINATIONS = [...combinationsOf('express'), ...combinationsOf('fastify')].filter(({ secret }) => secret);

/** Values of a path that no id has, as they are written in a URL. */
const MALFORMED = ['%20', '%00', '%2e%2e', 'a%2Fb', '%E2%98%83', '%27%20or%201=1', '%3Cx%3E', '__proto__'];

/** What Express and Fastify cannot decode themselves. */
const UNDECODABLE = ['%', '%zz', '%E0%A4%A'];

describe.each(COMBINATIONS)(
  'paths and queries that are not valid, on $platform, tokens by $delivery',
  (combination) => {
    const { delivery } = combination;
    let world: ApiWorld;

    beforeAll(async () => {
      const pool = { ...CHOICE, name: 'all', DeviceConfiguration: { ChallengeRequiredOnNewDevice: true } };
      world = await ApiWorld.start(combination, [{ pool }]);
      await trackSessions(world.world, 'all');
    });

    afterAll(async () => {
      await world.stop();
    });

    it.each([
      { method: 'patch', path: 'devices', body: { remembered: true } },
      { method: 'delete', path: 'devices' },
      { method: 'delete', path: 'passkeys' },
      { method: 'delete', path: 'sessions' },
    ] as const)('$method $path/:id refuses what is no id', async ({ method, path, ...more }) => {
      const { client } = await world.signedIn('all');
      const body = 'body' in more ? more.body : undefined;
      for (const id of MALFORMED) {
        const { status } = await client.call(method, `${path}/${id}`, body);
        expect({ id, status }).toEqual({ id, status: status === 404 ? 404 : 400 });
      }
      for (const id of UNDECODABLE) {
        const { status } = await client.call(method, `${path}/${id}`, body);
        expect({ id, status }).toEqual({ id, status: 400 });
      }
      expect((await client.call('get', 'me')).status).toBe(200);
    });

    it('touches nothing of somebody else', async () => {
      const owner = await world.signedIn('all');
      const outcome = await world
        .client('all')
        .call('post', 'authenticate', { username: owner.person.login, password: PASSWORD });
      expect(outcome.status).toBe(200);
      const thief = await world.signedIn('all');
      await addPasskey(owner.client, new SoftwareAuthenticator());
      const { service } = world.world.services('all', 'web');
      const tokens = await service.authenticate({ username: owner.person.login, password: PASSWORD });
      if (tokens.status !== 'AUTHENTICATED' || tokens.newDevice === undefined) {
        throw new Error('Expected a new device.');
      }
      const { accessToken } = tokens.tokens;
      await service.devices.confirm({ accessToken, newDevice: tokens.newDevice });
      const ids = async (path: string, member: string) => {
        const { body } = await owner.client.call('get', path);
        return (body as Readonly<Record<string, string>>[]).map((item) => item[member] ?? '');
      };
      const [device = ''] = await ids('devices', 'key');
      const [passkey = ''] = await ids('passkeys', 'credentialId');
      const sessions = await ids('sessions', 'id');
      expect([device, passkey, ...sessions]).not.toContain('');
      const refusals = [
        await thief.client.call('patch', `devices/${device}`, { remembered: false }),
        await thief.client.call('delete', `devices/${device}`),
        await thief.client.call('delete', `passkeys/${passkey}`),
        await thief.client.call('delete', `sessions/${sessions[0] ?? ''}`),
      ];
      expect(refusals.map(refusalOf)).toEqual([
        { status: 404, code: 'DEVICE_NOT_FOUND' },
        { status: 404, code: 'DEVICE_NOT_FOUND' },
        { status: 404, code: 'PASSKEY_NOT_FOUND' },
        { status: 404, code: 'USER_SESSION_NOT_FOUND' },
      ]);
      expect(await ids('devices', 'key')).toEqual([device]);
      expect(await ids('passkeys', 'credentialId')).toEqual([passkey]);
      expect(await ids('sessions', 'id')).toEqual(sessions);
    });

    it.each([
      'revokeLinked=true&revokeLinked=false',
      'revokeLinked=yes',
      'revokeLinked=1',
      'revokeLinked=',
      'revokeLinked[]=true',
      'revokeLinked[x]=true',
      'unexpected=1',
      '__proto__[polluted]=1',
      'constructor=1',
      'sessionId=another',
    ])('refuses the query %s', async (query) => {
      const { client } = await world.signedIn('all');
      const response = await client.call('delete', `sessions/foreign?${query}`);
      const isSkipped = query.startsWith('__proto__') && response.status === 404;
      expect(isSkipped ? {} : refusalOf(response)).toEqual(isSkipped ? {} : { status: 400, code: 'REQUEST_INVALID' });
      expect(({} as { readonly polluted?: unknown }).polluted).toBeUndefined();
    });

    it('takes no member of a body for one of the path', async () => {
      const { client } = await world.signedIn('all');
      const body = { remembered: true, deviceKey: 'us-east-1_0a1b' };
      const response = await client.call('patch', 'devices/us-east-1_ffff', body);
      expect(refusalOf(response)).toEqual({ status: 400, code: 'REQUEST_INVALID' });
    });

    it('answers nothing by a fault of the server, and logs nothing', () => {
      expect(delivery).toBe(world.delivery);
      expect(world.journal.exchanges.filter(({ status }) => status >= 500)).toEqual([]);
      expect(world.log).toEqual([]);
    });
  },
);
