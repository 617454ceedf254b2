import type { INestApplication } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';

import { ANN, ApiApp, type ApiSettings, EVE, type Platform } from '../support/api-app.js';
import type { ApiClient } from '../support/api-client.js';

const MINUTE = 60_000;
/** Limits that a test reaches with few calls. */
const few = (calls: number) => ({ limit: calls, ttl: MINUTE });
const onlyUsers = (calls: number) => ({ address: null, user: few(calls) });
const onlyAddresses = (calls: number) => ({ address: few(calls), user: null });
const forgot = async (client: ApiClient, username: string, headers: Record<string, string> = {}) =>
  (await client.call('post', 'forgot-password', { username }, { headers })).status;

describe.each(['express', 'fastify'] as const)('the limits of the auth API on %s', (platform: Platform) => {
  let api: ApiApp;
  const start = async (settings: ApiSettings = {}) => (api = await ApiApp.start({ platform, ...settings })).client();
  const limited = async (limits: object, settings: ApiSettings = {}) =>
    start({ ...settings, api: { throttle: { limits }, ...settings.api } });

  beforeEach(() => {
    // Only the date: the storage of @nestjs/throttler reads it, and everything else goes on.
    jest.useFakeTimers({ advanceTimers: true, doNotFake: [...TIMERS] });
  });

  afterEach(async () => {
    await api.stop();
    jest.useRealTimers();
  });

  it('answer 429 with Retry-After and a code, and nothing of the user', async () => {
    const client = await limited({ authenticate: onlyUsers(2) });
    const wrong = { username: 'eve', password: 'Wrong-Horse-1' };
    const statuses: number[] = [];
    for (let call = 0; call < 2; call++) {
      statuses.push((await client.call('post', 'authenticate', wrong)).status);
    }
    expect(statuses).toEqual([401, 401]);
    const refused = await client.call('post', 'authenticate', { ...wrong, password: EVE.password });
    expect({ status: refused.status, body: refused.body, after: refused.headers['retry-after'] }).toEqual({
      status: 429,
      body: {
        statusCode: 429,
        error: 'Too Many Requests',
        code: 'REQUESTS_THROTTLED',
        message: 'Too many attempts. Try again in 60 seconds.',
      },
      after: '60',
    });
    expect(refused.headers['cache-control']).toBe('private, no-store');
  });

  it('delay and do not lock: after the time it works again, whatever came in between', async () => {
    const client = await limited({ authenticate: onlyUsers(2) });
    const body = { username: 'eve', password: EVE.password };
    const call = async () => client.call('post', 'authenticate', body);
    await call();
    await call();
    for (let second = 0; second < 60; second += 10) {
      const refused = await call();
      expect([refused.status, refused.headers['retry-after']]).toEqual([429, String(60 - second)]);
      jest.setSystemTime(Date.now() + 10_000);
    }
    expect((await call()).status).toBe(200);
  });

  it('count users who exist and users who do not in the same way, however the name is written', async () => {
    const client = await limited({ forgotPassword: onlyUsers(2) });
    const answers: number[][] = [];
    for (const names of [
      ['eve', 'EVE', 'ｅｖｅ', 'Eve'],
      ['nobody', 'NOBODY', 'ｎｏｂｏｄｙ', 'Nobody'],
    ]) {
      const statuses: number[] = [];
      for (const name of names) {
        statuses.push(await forgot(client, name));
      }
      answers.push(statuses);
    }
    expect(answers[0]).toEqual([202, 202, 429, 429]);
    expect(answers[1]).toEqual(answers[0]);
  });

  it('count each route and each user apart', async () => {
    const client = await limited({ forgotPassword: onlyUsers(1), resendCode: onlyUsers(1) });
    const resend = (await client.call('post', 'resend-code', { username: 'eve' })).status;
    expect([await forgot(client, 'eve'), resend, await forgot(client, 'ann')]).toEqual([202, 202, 202]);
    expect([await forgot(client, 'eve'), await forgot(client, 'ann')]).toEqual([429, 429]);
  });

  it('count addresses too: many users from one address', async () => {
    const client = await limited({ forgotPassword: onlyAddresses(3) });
    const statuses: number[] = [];
    for (const name of ['a', 'b', 'c', 'd']) {
      statuses.push(await forgot(client, name));
    }
    expect(statuses).toEqual([202, 202, 202, 429]);
  });

  it('spare the users whom an address beyond its limit names', async () => {
    let address = '192.0.2.1';
    const throttle = { limits: { forgotPassword: { address: few(1), user: few(2) } }, addressOf: () => address };
    const client = await start({ api: { throttle } });
    expect([await forgot(client, 'x'), await forgot(client, 'eve'), await forgot(client, 'eve')]).toEqual([
      202, 429, 429,
    ]);
    address = '192.0.2.2';
    expect(await forgot(client, 'eve')).toBe(202);
  });

  it('do not believe X-Forwarded-For by default', async () => {
    const client = await limited({ forgotPassword: onlyAddresses(1) });
    expect(await forgot(client, 'a', { 'x-forwarded-for': '192.0.2.1' })).toBe(202);
    expect(await forgot(client, 'b', { 'x-forwarded-for': '192.0.2.2' })).toBe(429);
  });

  it('believe the proxies that the application names, and no address that the client adds', async () => {
    const client = await limited({ forgotPassword: onlyAddresses(1) }, behindOneProxy(platform));
    expect(await forgot(client, 'a', { 'x-forwarded-for': '192.0.2.1' })).toBe(202);
    expect(await forgot(client, 'b', { 'x-forwarded-for': '198.51.100.7, 192.0.2.1' })).toBe(429);
    expect(await forgot(client, 'c', { 'x-forwarded-for': '192.0.2.2' })).toBe(202);
    expect(await forgot(client, 'd', { 'x-forwarded-for': '2001:db8:1:2::1' })).toBe(202);
    expect(await forgot(client, 'e', { 'x-forwarded-for': '2001:db8:1:2:aaaa::2' })).toBe(429);
  });

  it('can be turned off, for a route, for its users or addresses, and for all', async () => {
    const client = await limited({ forgotPassword: null, resendCode: { address: null, user: null } });
    const statuses = new Set<number>();
    for (let call = 0; call < 35; call++) {
      statuses.add(await forgot(client, 'eve'));
      statuses.add((await client.call('post', 'resend-code', { username: 'nobody' })).status);
    }
    await api.stop();
    const unlimited = await start({ api: { throttle: null } });
    for (let call = 0; call < 35; call++) {
      statuses.add(await forgot(unlimited, 'eve'));
    }
    expect([...statuses]).toEqual([202]);
  });

  it('are the defaults where the options leave one out: nothing is turned off by undefined', async () => {
    const client = await limited({ forgotPassword: { address: few(1_000), user: undefined } });
    const statuses: number[] = [];
    for (let call = 0; call < 6; call++) {
      statuses.push(await forgot(client, 'eve'));
    }
    expect(statuses).toEqual([202, 202, 202, 202, 202, 429]);
  });

  it('have defaults for codes that are sent, and for guesses', async () => {
    const client = await start();
    const statuses: number[] = [];
    for (let call = 0; call < 11; call++) {
      statuses.push((await client.call('post', 'authenticate', { username: 'x', password: 'Wrong-Horse-1' })).status);
    }
    expect(statuses.map((status) => (status === 429 ? 'delayed' : 'answered'))).toEqual([
      ...Array.from({ length: 10 }, () => 'answered'),
      'delayed',
    ]);
    for (let call = 0; call < 5; call++) {
      expect((await client.call('post', 'register', ANN)).status).toBe(201);
    }
    expect((await client.call('post', 'register', ANN)).status).toBe(429);
  });

  it('take the user of a guarded route from the token', async () => {
    const client = await limited(
      { changePassword: onlyUsers(1), me: onlyUsers(2) },
      { pool: { users: [EVE, { ...ANN }] } },
    );
    const other = api.client();
    await client.signIn(EVE);
    await other.signIn(ANN);
    const get = async (who: ApiClient) => (await who.call('get', 'me')).status;
    expect([await get(client), await get(client), await get(client), await get(other)]).toEqual([200, 200, 429, 200]);
    const body = { previousPassword: 'Wrong-Horse-1', proposedPassword: 'Another-Horse-7' };
    const change = async (who: ApiClient) => (await who.call('post', 'password', body)).status;
    expect([await change(client), await change(client), await change(other)]).toEqual([401, 429, 401]);
  });

  it.each(['cookie', 'body'] as const)(
    'count the answers to challenges of a user, with the delivery %s',
    async (delivery) => {
      const client = await limited(
        { respond: onlyUsers(2) },
        {
          delivery,
          pool: {
            users: [
              { ...EVE, status: 'FORCE_CHANGE_PASSWORD' },
              { ...ANN, status: 'FORCE_CHANGE_PASSWORD' },
            ],
          },
        },
      );
      const answer = async (user: typeof EVE, from = api.client()) => {
        const { body } = await from.call('post', 'authenticate', { username: user.username, password: user.password });
        const { challenge } = body as { challenge: Record<string, unknown> };
        return (await from.respond(challenge, { password: 'weakweak' })).status;
      };
      expect([await answer(EVE, client), await answer(EVE), await answer(EVE), await answer(ANN)]).toEqual([
        400, 400, 429, 400,
      ]);
    },
  );
});

/** All that Jest can replace, apart from the date. */
const TIMERS = [
  'hrtime',
  'nextTick',
  'performance',
  'queueMicrotask',
  'setImmediate',
  'clearImmediate',
  'setInterval',
  'clearInterval',
  'setTimeout',
  'clearTimeout',
] as const;

/** A proxy in front of the application: Express takes their number, Fastify their addresses. */
function behindOneProxy(platform: Platform): ApiSettings {
  return platform === 'fastify'
    ? { adapter: () => new FastifyAdapter({ trustProxy: 'loopback' }) }
    : {
        configure: (app: INestApplication) => {
          (app as NestExpressApplication).set('trust proxy', 1);
        },
      };
}
