import { authenticated, BASE, FakeApi, OFFLINE, problem, SESSION, SIGNED_IN } from './support/fake-api.js';
import { sharedStorage } from './support/shared-storage.js';
import { Tabs } from './support/tabs.js';

const ANN = { username: 'ann', password: 'x' };

describe('the end of a session', () => {
  let api: FakeApi;
  let tabs: Tabs;

  beforeEach(() => {
    api = new FakeApi().on('POST authenticate', SIGNED_IN).on('POST logout', { status: 204 });
    tabs = new Tabs(api);
  });

  afterEach(() => {
    tabs.closeAll();
  });

  const twoTabs = async () => {
    const [one, other] = [tabs.cookie(), tabs.cookie()];
    await one.client.signIn(ANN);
    await tabs.settle();
    return { one, other, ends: () => [one.ends, other.ends] };
  };

  it('is reported once in each tab after a sign-out', async () => {
    const { one, other, ends } = await twoTabs();
    await one.client.logout();
    await tabs.settle();
    expect(ends()).toEqual([['signed-out'], ['signed-out']]);
    api.on('GET me', problem(401, 'TOKEN_MISSING'));
    await expect(other.client.getUser()).rejects.toMatchObject({ code: 'TOKEN_MISSING' });
    await other.client.logout();
    await tabs.settle();
    expect(ends()).toEqual([['signed-out'], ['signed-out']]);
  });

  it.each([
    ['TOKEN_MISSING', 'expired'],
    ['TOKEN_EXPIRED', 'expired'],
    ['TOKEN_REVOKED', 'revoked'],
    ['ACCESS_TOKEN_REVOKED', 'revoked'],
  ])('is reported once, however many calls find it: %s', async (code, reason) => {
    const { one, other, ends } = await twoTabs();
    api.on('GET me', problem(401, code)).on('GET /api/orders', problem(401, code));
    await Promise.all([
      expect(one.client.getUser()).rejects.toMatchObject({ code }),
      expect(other.client.getUser()).rejects.toMatchObject({ code }),
      expect(other.client.fetch(new URL('/api/orders', BASE))).resolves.toMatchObject({ status: 401 }),
    ]);
    await tabs.settle();
    expect(ends()).toEqual([[reason], [reason]]);
  });

  it('is reported again after another sign-in, in any tab', async () => {
    const { one, other, ends } = await twoTabs();
    await one.client.logout();
    await tabs.settle();
    await other.client.signIn(ANN);
    await tabs.settle();
    await one.client.logout();
    await tabs.settle();
    expect(ends()).toEqual([
      ['signed-out', 'signed-out'],
      ['signed-out', 'signed-out'],
    ]);
  });

  it('is reported when an account is deleted, and when the server knows the session no longer', async () => {
    const { one, ends } = await twoTabs();
    api.on('DELETE me', { status: 204 });
    await one.client.deleteUser();
    await tabs.settle();
    expect(ends()).toEqual([['signed-out'], ['signed-out']]);
    await one.client.signIn(ANN);
    api.on('GET session', { body: null });
    await expect(one.client.session()).resolves.toBeNull();
    await tabs.settle();
    expect(ends()).toEqual([
      ['signed-out', 'expired'],
      ['signed-out', 'expired'],
    ]);
  });

  it.each([
    ['a wrong current password', problem(401, 'CREDENTIALS_INVALID')],
    ['a step-up', problem(401, 'AUTHENTICATION_INSUFFICIENT')],
    ['a refused header', problem(403, 'CSRF_CHECK_FAILED')],
    ['a fault of the server', problem(503, 'SESSION_RENEWAL_FAILED')],
    ['a network that fails', OFFLINE],
  ])('is not %s', async (_, step) => {
    const { one, ends } = await twoTabs();
    api.on('POST password', step);
    await expect(one.client.changePassword({ proposedPassword: 'y' })).rejects.toMatchObject({
      name: 'AuthClientError',
    });
    await tabs.settle();
    expect(ends()).toEqual([[], []]);
  });

  it.each([
    [SESSION, []],
    [null, ['expired']],
  ])('is asked for when a 401 does not say whose it is: session %p', async (body, expected) => {
    const { one } = await twoTabs();
    api.on('GET /api/orders', { status: 401, text: 'no' }).on('GET session', { body });
    const response = await one.client.fetch(`${new URL(BASE).origin}/api/orders`);
    expect([response.status, await response.text()]).toEqual([401, 'no']);
    expect(one.ends).toEqual(expected);
  });

  it('is none of a page where nobody was signed in', async () => {
    const { client, ends } = tabs.cookie();
    api.on('GET session', { body: null }).on('GET me', problem(401, 'TOKEN_MISSING'));
    await expect(client.session()).resolves.toBeNull();
    await expect(client.getUser()).rejects.toMatchObject({ status: 401 });
    expect(ends).toEqual([]);
  });

  it('is not that of an earlier session, whose late answers arrive after another sign-in', async () => {
    const { one, ends } = await twoTabs();
    let release: (() => void) | undefined;
    const late = new Promise<void>((resolve) => {
      release = resolve;
    });
    api.on('GET me', async () => {
      await late;
      return problem(401, 'TOKEN_EXPIRED');
    });
    const call = one.client.getUser();
    await one.client.signIn(ANN);
    release?.();
    await expect(call).rejects.toMatchObject({ code: 'TOKEN_EXPIRED' });
    await tabs.settle();
    expect(ends()).toEqual([[], []]);
  });

  it('stays with its own API, and with clients that are open', async () => {
    const { one, other } = await twoTabs();
    const elsewhere = tabs.cookie({ baseUrl: `${new URL(BASE).origin}/staff/auth` });
    other.client.close();
    await one.client.logout();
    await tabs.settle();
    expect([one.ends, other.ends, elsewhere.ends]).toEqual([['signed-out'], [], []]);
  });

  it('is not when a sign-out does not reach the server', async () => {
    const { one, ends } = await twoTabs();
    api.on('POST logout', OFFLINE, problem(401, 'TOKEN_MISSING'));
    await expect(one.client.logout()).rejects.toMatchObject({ code: 'NETWORK_FAILED' });
    await tabs.settle();
    expect(ends()).toEqual([[], []]);
    await one.client.logout();
    await tabs.settle();
    expect(ends()).toEqual([['signed-out'], ['signed-out']]);
  });

  describe('with tokens in bodies', () => {
    beforeEach(() => {
      api.on('POST authenticate', authenticated(1), authenticated(2)).on('GET me', problem(401, 'TOKEN_EXPIRED'));
    });

    it('is a refused renewal, in all tabs that share the tokens', async () => {
      const storage = sharedStorage();
      const [one, other] = [tabs.body({ tokens: storage }), tabs.body({ tokens: storage })];
      await one.client.signIn(ANN);
      await tabs.settle();
      api.on('POST renew', problem(401, 'REFRESH_TOKEN_REVOKED'));
      await expect(one.client.getUser()).rejects.toMatchObject({ code: 'TOKEN_EXPIRED' });
      await tabs.settle();
      expect([one.ends, other.ends, storage.kept]).toEqual([['revoked'], ['revoked'], undefined]);
    });

    it.each([
      ['a network that fails', OFFLINE],
      ['a fault of the server', problem(503, 'SERVICE_UNAVAILABLE')],
      ['too many requests', problem(429, 'TOO_MANY_REQUESTS')],
    ])('is no renewal that meets %s', async (_, step) => {
      const { client, ends } = tabs.body();
      await client.signIn(ANN);
      api.on('POST renew', step);
      await expect(client.getUser()).rejects.toMatchObject({ code: 'TOKEN_EXPIRED' });
      await expect(client.renewTokens()).rejects.toMatchObject({ name: 'AuthClientError' });
      expect(ends).toEqual([]);
      await expect(client.accessToken()).resolves.toBe('access-1');
    });

    it('is a sign-out for tabs with tokens of their own, but not the end of another sign-in', async () => {
      const [one, other, idle] = [tabs.body(), tabs.body(), tabs.body()];
      await one.client.signIn(ANN);
      await other.client.signIn(ANN);
      api.on('POST renew', problem(401, 'REFRESH_TOKEN_EXPIRED'));
      await expect(one.client.getUser()).rejects.toMatchObject({ status: 401 });
      await tabs.settle();
      expect([one.ends, other.ends, idle.ends]).toEqual([['expired'], [], []]);
      await one.client.signIn(ANN);
      await one.client.logout();
      await tabs.settle();
      expect([one.ends, other.ends, idle.ends]).toEqual([['expired', 'signed-out'], ['signed-out'], []]);
      await expect(other.client.accessToken()).resolves.toBeNull();
    });
  });
});
