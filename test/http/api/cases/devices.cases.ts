import { PASSWORD } from '../../../user/world.js';
import { answerOf, type ApiCase, authenticated, challenged, NO_CONTENT, refusalOf } from '../support/api-case.js';
import type { ApiClient } from '../support/api-client.js';
import type { ApiWorld } from '../support/api-world.js';
import { setMfa, withPassword, withSms } from '../support/factors.js';

type Json = Readonly<Record<string, unknown>>;

const TEXT = expect.any(String) as string;
const TIME = expect.any(Number) as number;

interface OwnedDevice {
  /** What the client sends with later sign-ins; nothing where a cookie does. */
  readonly more: object;
  readonly key: string;
}

/** Signs a user in with codes by SMS, and remembers the device. */
async function remember(world: ApiWorld, client: ApiClient, newDevice: unknown): Promise<OwnedDevice> {
  const confirmed = await client.call('post', 'devices', { name: 'laptop', ...(!world.isCookie && { newDevice }) });
  const device = { key: TEXT, groupKey: TEXT, password: TEXT };
  expect(answerOf(confirmed)).toEqual(
    world.isCookie ? NO_CONTENT : { status: 200, body: { device, needsUserConsent: false } },
  );
  const listed = await client.call('get', 'devices');
  const dates = { createdAt: TIME, modifiedAt: TIME, authenticatedAt: TIME };
  const item = {
    key: TEXT,
    name: 'laptop',
    remembered: true,
    lastIpAddress: TEXT,
    ...dates,
    attributes: expect.anything() as object,
  };
  expect(answerOf(listed)).toEqual({ status: 200, body: [item] });
  const [{ key } = { key: '' }] = listed.body as { readonly key: string }[];
  const more = world.isCookie ? {} : { device: (confirmed.body as { device: object }).device };
  return { more, key };
}

async function begin(world: ApiWorld, pool: string) {
  const { person, client } = world.somebody(pool);
  const first = await withPassword(client, person.login);
  expect(answerOf(first)).toEqual(authenticated(world, { isNewDevice: true }));
  await setMfa(client, { sms: { enabled: true } });
  const answered = await withSms(world, client, person);
  expect(answerOf(answered)).toEqual(authenticated(world, { isNewDevice: true }));
  return { person, client, ...(await remember(world, client, (answered.body as Json)['newDevice'])) };
}

/** Devices that the pool tracks. */
export const DEVICE_CASES: readonly ApiCase[] = [
  ...(['devices-aliases', 'consent'] as const).map((pool): ApiCase => ({
    name: `a remembered device replaces the second factor (${pool})`,
    run: async (world) => {
      const { person, client, more } = await begin(world, pool);
      const body = { username: person.login, password: PASSWORD, ...more };
      expect(answerOf(await client.call('post', 'authenticate', body))).toEqual(authenticated(world));
    },
  })),
  {
    name: 'a remembered device replaces the second factor by the username and by the alias',
    run: async (world) => {
      const { person, client, more } = await begin(world, 'devices-aliases');
      for (const username of [person.username, person.email]) {
        const body = { username, password: PASSWORD, ...more };
        expect(answerOf(await client.call('post', 'authenticate', body))).toEqual(authenticated(world));
      }
    },
  },
  {
    name: 'a remembered device is known by a new name of its user after one sign-in with it',
    only: 'cookie',
    run: async (world) => {
      const { person, client } = world.somebody('devices-aliases');
      const byUsername = { ...person, login: person.username };
      await withPassword(client, byUsername.login);
      await setMfa(client, { sms: { enabled: true } });
      await withSms(world, client, byUsername);
      await remember(world, client, undefined);
      const first = await withSms(world, client, person);
      expect(answerOf(first)).toEqual(authenticated(world, { isNewDevice: true }));
      for (const username of [person.email, person.username]) {
        expect(answerOf(await withPassword(client, username))).toEqual(authenticated(world));
      }
    },
  },
  {
    name: 'another user of the same browser needs a second factor, and the device stays',
    only: 'cookie',
    run: async (world) => {
      const { person, client } = await begin(world, 'devices-aliases');
      const second = world.somebody('devices-aliases').person;
      const other = world.client('devices-aliases');
      await other.signIn({ username: second.login, password: PASSWORD });
      await setMfa(other, { sms: { enabled: true } });
      const asked = await withPassword(client, second.login);
      expect(answerOf(asked)).toEqual(challenged(world, 'SMS_MFA', { medium: 'SMS' }));
      expect(answerOf(await withPassword(client, person.login))).toEqual(authenticated(world));
    },
  },
  {
    name: 'a device that is not to be remembered any more needs the second factor',
    run: async (world) => {
      const { person, client, more, key } = await begin(world, 'consent');
      expect(answerOf(await client.call('patch', `devices/${key}`, { remembered: false }))).toEqual(NO_CONTENT);
      expect(answerOf(await withSms(world, client, person, more))).toEqual(authenticated(world));
      expect(answerOf(await client.call('patch', `devices/${key}`, { remembered: true }))).toEqual(NO_CONTENT);
      const body = { username: person.login, password: PASSWORD, ...more };
      expect(answerOf(await client.call('post', 'authenticate', body))).toEqual(authenticated(world));
    },
  },
  {
    name: 'a forgotten device is dropped',
    run: async (world) => {
      const { person, client, more, key } = await begin(world, 'devices-aliases');
      const cookies = client.jar.size;
      expect(answerOf(await client.call('delete', `devices/${key}`))).toEqual(NO_CONTENT);
      expect(client.jar.size).toBe(world.isCookie ? cookies - 1 : 0);
      expect(answerOf(await client.call('get', 'devices'))).toEqual({ status: 200, body: [] });
      const again = await client.call('delete', `devices/${key}`);
      expect(refusalOf(again)).toEqual({ status: 404, code: 'DEVICE_NOT_FOUND' });
      const asked = await client.call('post', 'authenticate', { username: person.login, password: PASSWORD, ...more });
      const { challenge, forgottenDeviceKey } = asked.body as { challenge: Json; forgottenDeviceKey?: string };
      expect({ status: asked.status, name: challenge['name'], forgottenDeviceKey }).toEqual({
        status: 200,
        name: 'SMS_MFA',
        forgottenDeviceKey: world.isCookie ? undefined : key,
      });
    },
  },
  {
    name: 'a device that Cognito has forgotten is dropped at the next sign-in',
    only: 'cookie',
    run: async (world) => {
      const { person, client, key } = await begin(world, 'devices-aliases');
      const other = world.client('devices-aliases');
      await withSms(world, other, person);
      expect(answerOf(await other.call('delete', `devices/${key}`))).toEqual(NO_CONTENT);
      const device = [...client.jar.keys()].find((name) => name.endsWith('-device')) ?? '';
      expect(client.jar.has(device)).toBe(true);
      const asked = await withPassword(client, person.login);
      expect(answerOf(asked)).toEqual(challenged(world, 'SMS_MFA', { medium: 'SMS' }));
      expect(client.jar.has(device)).toBe(false);
    },
  },
  {
    name: 'a device is confirmed after its sign-in only',
    only: 'cookie',
    run: async (world) => {
      const { client } = await world.signedIn('plain');
      const refused = await client.call('post', 'devices', {});
      expect(refusalOf(refused)).toEqual({ status: 400, code: 'DEVICE_KEY_INVALID' });
    },
  },
];
