import { authenticated, BASE, FakeApi, OFFLINE, ORIGIN, problem, tokens } from './support/fake-api.js';
import { sharedStorage } from './support/shared-storage.js';
import { Tabs } from './support/tabs.js';

const ANN = { username: 'ann', password: 'x' };
const ORDERS = `${ORIGIN}/api/orders`;
const renewed = (number: number, expiresAt?: number) => ({ body: tokens(number, expiresAt) });

describe('fetch', () => {
  let api: FakeApi;
  let tabs: Tabs;

  beforeEach(() => {
    api = new FakeApi()
      .on('POST authenticate', authenticated(1))
      .on('GET /api/orders', { body: 'orders' })
      .on('POST /api/orders', { status: 201 });
    tabs = new Tabs(api);
  });

  afterEach(() => {
    tabs.closeAll();
  });

  const signedIn = async (options: Parameters<Tabs['body']>[0] = {}) => {
    const tab = tabs.body(options);
    await tab.client.signIn(ANN);
    return tab;
  };
  const bearers = (route: string) => api.to(route).map(({ headers }) => headers.get('authorization'));

  describe('with cookies', () => {
    it('adds the header to unsafe requests alone, and keeps what the caller set', async () => {
      const { client } = tabs.cookie();
      await client.fetch(ORDERS, { headers: { accept: 'text/csv' } });
      await client.fetch(ORDERS, { method: 'post', body: 'order', headers: [['x-own', 'y']], credentials: 'omit' });
      await client.fetch(new Request(ORDERS, { method: 'POST', body: 'order', headers: { 'x-own': 'z' } }));
      expect(api.sent.map(({ headers }) => headers.get('x-mandate-csrf'))).toEqual([null, '1', '1']);
      expect(api.sent.map(({ headers }) => headers.get('x-own'))).toEqual([null, 'y', 'z']);
      expect(api.sent.map(({ body }) => body)).toEqual([undefined, 'order', 'order']);
      expect(api.sent.map(({ credentials }) => credentials)).toEqual(['include', 'omit', 'include']);
    });

    it('rejects as fetch does', async () => {
      api.on('GET /api/orders', OFFLINE);
      await expect(tabs.cookie().client.fetch(ORDERS)).rejects.toBe(OFFLINE);
    });
  });

  it.each(['https://evil.example/auth', 'https://app.example.com.evil.example/', 'http://app.example.com/'])(
    'gives no credentials to %s',
    async (address) => {
      const [cookie, body] = [tabs.cookie(), await signedIn()];
      api.sent.length = 0;
      api.on(`POST ${address}`, problem(401, 'TOKEN_EXPIRED'));
      await cookie.client.fetch(address, { method: 'POST' });
      await body.client.fetch(address, { method: 'POST' });
      await body.client.fetch(new Request(address, { method: 'POST' }));
      for (const { headers, credentials } of api.sent) {
        expect([headers.get('authorization'), headers.get('x-mandate-csrf'), credentials]).toEqual([
          null,
          null,
          undefined,
        ]);
      }
      expect(api.sent).toHaveLength(3);
      expect([cookie.ends, body.ends]).toEqual([[], []]);
    },
  );

  it('gives them to origins that the application names', async () => {
    const { client } = await signedIn({ origins: ['https://api.example.com'] });
    await client.fetch('https://api.example.com/orders');
    expect(api.sent.at(-1)?.headers.get('authorization')).toBe('Bearer access-1');
  });

  describe('with tokens in bodies', () => {
    it('renews tokens that are due, once for all calls', async () => {
      let now = 0;
      const { client } = await signedIn({ clock: () => now });
      api.on('POST renew', renewed(2, 9_000_000));
      now = 3_569_999;
      await client.fetch(ORDERS);
      expect(api.to('POST renew')).toEqual([]);
      now = 3_570_000;
      await Promise.all([client.fetch(ORDERS), client.fetch(ORDERS), client.fetch(ORDERS)]);
      expect(api.to('POST renew').map(({ body }) => body)).toEqual([
        { refreshToken: 'refresh-1', accessToken: 'access-1' },
      ]);
      expect(bearers('GET /api/orders')).toEqual(['Bearer access-1', ...Array<string>(3).fill('Bearer access-2')]);
    });

    it('sends a request again with renewed tokens, once for all calls', async () => {
      const { client } = await signedIn();
      const { accessToken, expiresAt, tokenType } = tokens(2);
      api
        .on('POST renew', { body: { accessToken, expiresAt, tokenType } })
        .on('POST /api/orders', ({ headers }) =>
          headers.get('authorization') === 'Bearer access-2' ? { status: 201 } : problem(401, 'TOKEN_EXPIRED'),
        );
      const calls = [
        client.fetch(ORDERS, { method: 'POST', body: 'order' }),
        client.fetch(new Request(ORDERS, { method: 'POST', body: 'order' })),
      ];
      expect((await Promise.all(calls)).map(({ status }) => status)).toEqual([201, 201]);
      expect(api.to('POST renew')).toHaveLength(1);
      expect(api.to('POST /api/orders').map(({ body }) => body)).toEqual(Array<string>(4).fill('order'));
      // Without rotation the refresh token stays.
      api.on('POST renew', renewed(3));
      await client.renewTokens();
      expect(api.to('POST renew').at(-1)?.body).toEqual({ refreshToken: 'refresh-1', accessToken: 'access-2' });
    });

    it('sends no stream twice, and nothing a third time', async () => {
      const { client, ends } = await signedIn();
      api.on('POST renew', renewed(2), renewed(3)).on('POST /api/orders', problem(401, 'TOKEN_EXPIRED'));
      const stream = new Blob(['order']).stream();
      const init = { method: 'POST', body: stream, duplex: 'half' } as RequestInit;
      expect((await client.fetch(ORDERS, init)).status).toBe(401);
      expect(api.to('POST /api/orders')).toHaveLength(1);
      expect((await client.fetch(ORDERS, { method: 'POST' })).status).toBe(401);
      expect(api.to('POST /api/orders')).toHaveLength(3);
      expect(ends).toEqual([]);
    });

    it.each([
      ['a token of the caller', 'Bearer own', {}, 'TOKEN_EXPIRED'],
      ['a refusal for another reason', 'Bearer access-1', {}, 'CREDENTIALS_INVALID'],
    ])('leaves %s alone', async (name, bearer, _, code) => {
      const { client, ends } = await signedIn();
      api.on('GET /api/orders', problem(401, code)).on('POST renew', renewed(2));
      const headers: Record<string, string> = name === 'a token of the caller' ? { Authorization: 'Bearer own' } : {};
      const response = await client.fetch(ORDERS, { headers });
      expect(await response.json()).toMatchObject({ code });
      expect(bearers('GET /api/orders')).toEqual([bearer]);
      expect([ends, api.to('POST renew')]).toEqual([[], []]);
    });

    it('ends a sign-in that was revoked, without a renewal', async () => {
      const { client, ends } = await signedIn();
      api.on('GET /api/orders', problem(401, 'TOKEN_REVOKED'));
      expect((await client.fetch(ORDERS)).status).toBe(401);
      expect([ends, await client.accessToken(), api.to('POST renew')]).toEqual([['revoked'], null, []]);
    });

    it('does not renew for ever where the clock of the machine is wrong', async () => {
      const { client } = await signedIn({ clock: () => 8_000_000_000 });
      await client.fetch(ORDERS);
      await client.fetch(ORDERS);
      expect(api.to('POST renew')).toEqual([]);
      expect(bearers('GET /api/orders')).toEqual(['Bearer access-1', 'Bearer access-1']);
    });

    it('keeps nothing of a renewal that a sign-out overtakes', async () => {
      const { client } = await signedIn();
      let release: (() => void) | undefined;
      const late = new Promise<void>((resolve) => {
        release = resolve;
      });
      api.on('POST logout', { status: 204 }).on('POST renew', async () => {
        await late;
        return renewed(2);
      });
      const renewal = client.renewTokens();
      await client.logout();
      release?.();
      await expect(renewal).resolves.toBeNull();
      await expect(client.accessToken()).resolves.toBeNull();
    });

    it('renews once for tabs that share a storage, where the browser has locks', async () => {
      let queue: Promise<unknown> = Promise.resolve();
      const locks = {
        request: async (_: string, task: () => Promise<unknown>) => (queue = queue.then(task, task)),
      };
      Object.defineProperty(globalThis, 'navigator', { value: { locks }, configurable: true });
      try {
        const storage = sharedStorage();
        const [one, other] = [await signedIn({ tokens: storage }), tabs.body({ tokens: storage })];
        api
          .on('POST renew', renewed(2), problem(401, 'REFRESH_TOKEN_REUSED'))
          .on('GET /api/orders', ({ headers }) =>
            headers.get('authorization') === 'Bearer access-2' ? { body: [] } : problem(401, 'TOKEN_EXPIRED'),
          );
        const responses = await Promise.all([one.client.fetch(ORDERS), other.client.fetch(ORDERS)]);
        expect(responses.map(({ status }) => status)).toEqual([200, 200]);
        expect(api.to('POST renew')).toHaveLength(1);
        expect([one.ends, other.ends]).toEqual([[], []]);
      } finally {
        Reflect.deleteProperty(globalThis, 'navigator');
      }
    });

    it('sends no token before a sign-in', async () => {
      const { client, ends } = tabs.body();
      api.on('GET me', problem(401, 'TOKEN_MISSING'));
      await expect(client.getUser()).rejects.toMatchObject({ code: 'TOKEN_MISSING' });
      expect([bearers('GET me'), ends, await client.renewTokens()]).toEqual([[null], [], null]);
      expect(api.sent.every(({ url }) => url.startsWith(BASE))).toBe(true);
    });
  });
});
