import { PASSWORD } from '../../user/world.js';
import { refusalOf } from './support/api-case.js';
import type { ApiClient, CallOptions } from './support/api-client.js';
import { ApiWorld, combinationsOf } from './support/api-world.js';
import { callsOf, type RouteCall } from './support/route-calls.js';
import { VALID_BODIES } from './support/valid-bodies.js';

const COMBINATIONS = [...combinationsOf('express'), ...combinationsOf('fastify')].filter(({ secret }) => secret);

/** What pages of other sites, and requests that name no page, look like. */
const FOREIGN: readonly (readonly [what: string, headers: Readonly<Record<string, string>>])[] = [
  ['no header of its own', { origin: 'https://app.example.com', 'sec-fetch-site': 'same-origin' }],
  ['an empty header', { 'x-mandate-csrf': '', 'sec-fetch-site': 'same-origin' }],
  ['a foreign origin', { 'x-mandate-csrf': '1', origin: 'https://evil.example' }],
  ['an origin that is hidden', { 'x-mandate-csrf': '1', origin: 'null' }],
  ['another site', { 'x-mandate-csrf': '1', 'sec-fetch-site': 'cross-site' }],
  ['a sibling of the site', { 'x-mandate-csrf': '1', 'sec-fetch-site': 'same-site' }],
];

describe.each(COMBINATIONS)('callers who may not call, on $platform, tokens by $delivery', (combination) => {
  const { delivery } = combination;
  const calls = callsOf(delivery);
  const guarded = calls.filter(({ isGuarded }) => isGuarded);
  let world: ApiWorld;

  beforeAll(async () => {
    world = await ApiWorld.start(combination, [{ pool: { name: 'plain' } }, { pool: { name: 'foreign' } }]);
  });

  afterAll(async () => {
    await world.stop();
  });

  function bodyOf({ route, method }: RouteCall): object | undefined {
    const valid = VALID_BODIES.find((one) => one.route === route && (one.only ?? delivery) === delivery);
    return valid?.body ?? (method === 'get' || method === 'delete' ? undefined : {});
  }

  async function call(client: ApiClient, one: RouteCall, options?: CallOptions) {
    return client.call(one.method, one.path, bodyOf(one), options);
  }

  /** Tokens of a user who signed in at another client or pool, as a bearer. */
  async function tokensOf(pool: string, client = 'web') {
    const { service } = world.world.services(pool, client);
    const { login: username } = world.somebody(pool).person;
    const outcome = await service.authenticate({ username, password: PASSWORD });
    return (outcome as { readonly tokens: { readonly accessToken: string; readonly idToken: string } }).tokens;
  }

  describe.each(guarded)('$method $path', (one) => {
    it('refuses a caller without a token', async () => {
      const response = await call(world.client('plain'), one);
      expect(refusalOf(response)).toEqual({ status: 401, code: 'TOKEN_MISSING' });
      expect(response.headers['www-authenticate']).toMatch(/^Bearer /);
    });

    it('refuses tokens that are no access token of this pool and its client', async () => {
      const tokens = await tokensOf('plain');
      const others: readonly (readonly [string, string])[] = [
        ['TOKEN_USE_REFUSED', tokens.idToken],
        ['TOKEN_ISSUER_REFUSED', (await tokensOf('foreign')).accessToken],
        ['TOKEN_CLIENT_REFUSED', (await tokensOf('plain', 'other')).accessToken],
        ['TOKEN_SIGNATURE_INVALID', `${tokens.accessToken.split('.').slice(0, 2).join('.')}.c2lnbmF0dXJl`],
        ['TOKEN_MALFORMED', 'Sent-Token'],
      ];
      for (const [code, token] of others) {
        const response = await call(world.client('plain'), one, { only: { authorization: `Bearer ${token}` } });
        expect(refusalOf(response)).toEqual({ status: 401, code });
        expect(response.text).not.toContain(token);
      }
    });

    it('refuses a token that has expired', async () => {
      const { accessToken } = await tokensOf('plain');
      world.world.pass(61 * 60_000);
      const response = await call(world.client('plain'), one, { only: { authorization: `Bearer ${accessToken}` } });
      expect(refusalOf(response)).toEqual({ status: 401, code: 'TOKEN_EXPIRED' });
    });
  });

  if (delivery === 'cookie') {
    it.each(calls.filter(({ method }) => method !== 'get'))(
      '$method $path refuses calls that may come from other sites',
      async (one) => {
        const { client } = await world.signedIn('plain');
        for (const [what, headers] of FOREIGN) {
          const response = await call(client, one, { only: { ...headers, cookie: client.cookie } });
          expect({ what, ...refusalOf(response) }).toEqual({ what, status: 403, code: 'CSRF_CHECK_FAILED' });
          expect(response.headers['set-cookie']).toBeUndefined();
        }
        expect((await client.call('get', 'me')).status).toBe(200);
      },
    );

    it('leaves the session of a cookie alone whose user is another than that of the token', async () => {
      const { client } = await world.signedIn('plain');
      const { accessToken } = await tokensOf('plain');
      const only = { cookie: client.cookie, authorization: `Bearer ${accessToken}` };
      const response = await client.call('delete', 'me', undefined, { only });
      expect([response.status, response.headers['set-cookie']]).toEqual([204, undefined]);
      expect((await client.call('get', 'me')).status).toBe(200);
    });

    it('knows neither the sessions nor the cookies of another pool', async () => {
      const { client } = await world.signedIn('foreign');
      const cookie = client.cookie.replaceAll('mandate-foreign', 'mandate-plain');
      for (const one of guarded) {
        const response = await call(world.client('plain'), one, {
          only: { cookie, 'x-mandate-csrf': '1', 'sec-fetch-site': 'same-origin' },
        });
        expect(response.status).toBe(401);
      }
    });
  }

  it('does not answer other methods', async () => {
    const { client } = await world.signedIn('plain');
    const paths = new Map<string, Set<string>>();
    for (const { path, method } of calls) {
      paths.set(path, (paths.get(path) ?? new Set()).add(method));
    }
    for (const [path, known] of paths) {
      for (const method of (['get', 'post', 'put', 'patch', 'delete'] as const).filter((one) => !known.has(one))) {
        // A word such as "start" is then the parameter of a route with that method.
        const isParameter = method === 'delete' && /^(passkeys|sessions|devices)\/\w+$/.test(path);
        const { status } = await client.call(method, path, {});
        expect({ method, path, status }).toEqual({ method, path, status: isParameter ? status : 404 });
        expect(status).toBeLessThan(500);
      }
    }
  });

  it('answers nothing by a fault of the server, and logs nothing that was sent', () => {
    expect(world.journal.exchanges.filter(({ status }) => status >= 500)).toEqual([]);
    expect(world.log).toEqual([]);
  });
});
