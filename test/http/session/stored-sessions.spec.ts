import type { INestApplication } from '@nestjs/common';
import Keyv from 'keyv';

import { BrowserSessionService, type BrowserSessionOptions } from '../../../lib/http/index.js';
import type { BrowserSessionStore } from '../../../lib/http/session/browser-session-store.js';
import { Browser, OWN_PAGE } from '../support/browser.js';
import { createWorld, DAY, HOUR, signedIn, startSessionApp, type World } from '../support/session-app.js';

const NAME = '__Host-Http-mandate';

/** Counts round trips, and fails on demand: as a Keyv that throws, or as one that hides it. */
class TestStore implements BrowserSessionStore {
  readonly entries = new Map<string, string>();
  readonly ttls = new Map<string, number | undefined>();
  reads: string[][] = [];
  fault: 'none' | 'throws' | 'hides' | 'hangs' | 'cannot write' = 'none';

  async #run<T>(operation: () => T, hidden: T): Promise<T> {
    switch (this.fault) {
      case 'throws':
        throw new Error('ECONNREFUSED');
      case 'hides':
        return hidden;
      case 'hangs':
        return new Promise(() => undefined);
      case 'cannot write':
      case 'none':
        return Promise.resolve(operation());
    }
  }

  get(): never {
    throw new Error('one round trip is enough');
  }

  async getMany(keys: string[]) {
    this.reads.push(keys);
    return this.#run(
      () => keys.map((key) => this.entries.get(key)),
      keys.map(() => undefined),
    );
  }

  async set(key: string, value: string, ttl?: number) {
    return this.#run(() => {
      if (this.fault !== 'cannot write') {
        this.entries.set(key, value);
        this.ttls.set(key, ttl);
      }
      return true;
    }, true);
  }

  async delete(key: string) {
    return this.#run(() => this.entries.delete(key), false);
  }

  keysOf(kind: string) {
    return [...this.entries.keys()].filter((key) => key.startsWith(`mandate.sessions{default}:${kind}:`));
  }
}

describe.each(['express', 'fastify'] as const)('a session in a store on %s', (platform) => {
  let world: World;
  let store: TestStore;
  let app: INestApplication;
  const others: INestApplication[] = [];

  const start = async (session: Partial<BrowserSessionOptions> = {}) => {
    const other = await startSessionApp(platform, world, { session: { store, storeTimeout: 100, ...session } });
    others.push(other);
    return other;
  };

  beforeEach(async () => {
    world = await createWorld();
    store = new TestStore();
    app = await start();
  });

  afterEach(async () => {
    await Promise.all(others.splice(0).map((other) => other.close()));
  });

  it('has a cookie of less than 200 bytes with every flag', async () => {
    const { cookies, headers } = await new Browser(app).post('/sign-in', { body: { username: 'ann' } });
    expect(cookies.map(({ name }) => name)).toEqual([NAME]);
    expect(cookies[0]?.attributes).toEqual([
      'Path=/',
      `Max-Age=${String((30 * DAY) / 1000)}`,
      'Secure',
      'HttpOnly',
      'SameSite=Strict',
    ]);
    expect(String(headers['set-cookie']).length).toBeLessThan(200);
  });

  it('keeps neither the id nor a token in the clear, and no longer than it lasts', async () => {
    const browser = await signedIn(app);
    const [id = ''] = (browser.jar.get(NAME) ?? '').split('.');
    const dump = [...store.entries].flat().join('\n');
    expect(dump).not.toContain(id);
    expect(dump).not.toMatch(/refresh-|ann@/);
    expect(id).toHaveLength(43);
    const [key = ''] = store.keysOf('session');
    expect(store.ttls.get(key)).toBe(7 * DAY);
  });

  it('costs one round trip for each request', async () => {
    const browser = await signedIn(app);
    store.reads = [];
    expect((await browser.get('/me')).status).toBe(200);
    expect(store.reads).toHaveLength(1);
  });

  it('batches the reads of one turn of the event loop', async () => {
    const browsers = await Promise.all(['ann', 'bob', 'eve'].map(async (name) => signedIn(app, name)));
    store.reads = [];
    const sessions = app.get(BrowserSessionService);
    const read = await Promise.all(browsers.map(async ({ cookie }) => sessions.read({ headers: { cookie } })));
    expect(new Set(read.map((session) => session?.sub)).size).toBe(3);
    expect(store.reads).toHaveLength(1);
  });

  it('has a new id after every sign-in, and the old one is void', async () => {
    const browser = await signedIn(app);
    const before = browser.at(app);
    await browser.post('/sign-in', { body: { username: 'ann' } });
    expect(browser.cookie).not.toBe(before.cookie);
    expect((await before.get('/me')).status).toBe(401);
    expect((await browser.get('/me')).status).toBe(200);
  });

  it('does not accept an id that somebody chose', async () => {
    const browser = new Browser(app);
    browser.jar.set(NAME, `${'a'.repeat(43)}.${'b'.repeat(22)}`);
    await browser.post('/sign-in', { body: { username: 'ann' } });
    expect(browser.jar.get(NAME)).not.toContain('a'.repeat(43));
  });

  it.each([
    ['nonsense', () => 'x'],
    ['a cookie of the other kind', () => 'eyJhbGciOiJkaXIifQ..a.b.c'],
    ['an unknown id', (value: string) => 'A'.repeat(43) + value.slice(43)],
    ['the mark of another user', (value: string) => `${value.slice(0, 44)}${'A'.repeat(22)}`],
    ['a truncated one', (value: string) => value.slice(0, -1)],
  ])('is signed out by %s, and the cookie deleted', async (_, tamper) => {
    const browser = await signedIn(app);
    browser.jar.set(NAME, tamper(browser.jar.get(NAME) ?? ''));
    const { status, body } = await browser.get('/me');
    expect({ status, code: body.code }).toEqual({ status: 401, code: 'TOKEN_MISSING' });
    expect(browser.jar.size).toBe(0);
  });

  it('does not open what was put under another key', async () => {
    const [ann, bob] = [await signedIn(app), await signedIn(app, 'bob')];
    const [one = '', two = ''] = store.keysOf('session');
    const value = store.entries.get(one) ?? '';
    store.entries.set(two, value);
    expect((await bob.get('/me')).status).toBe(401);
    expect((await ann.get('/me')).status).toBe(200);
  });

  it('ends after the idle limit, which use extends, and after the absolute one', async () => {
    const browser = await signedIn(app);
    world.clock.advance(6 * DAY);
    expect((await browser.get('/me')).status).toBe(200);
    world.clock.advance(6 * DAY);
    expect((await browser.get('/me')).status).toBe(200);
    world.clock.advance(7 * DAY);
    expect((await browser.get('/me')).status).toBe(401);
  });

  it('ends at every instance at once', async () => {
    const other = await start();
    const browser = await signedIn(app);
    const copy = browser.at(other);
    expect((await copy.get('/me')).status).toBe(200);
    await browser.post('/sign-out', { headers: OWN_PAGE });
    expect((await copy.get('/me')).status).toBe(401);
    expect(store.keysOf('session')).toEqual([]);
  });

  it('stays ended, though a renewal elsewhere writes it back', async () => {
    const browser = await signedIn(app);
    const copy = browser.at(await start());
    const [key = ''] = store.keysOf('session');
    const value = store.entries.get(key) ?? '';
    await browser.post('/sign-out', { headers: OWN_PAGE });
    store.entries.set(key, value);
    expect((await copy.get('/me')).status).toBe(401);
  });

  describe('endAll', () => {
    it('ends every session of a user and of nobody else, in all instances', async () => {
      const other = await start();
      const [one, two, bob] = [await signedIn(app), await signedIn(other), await signedIn(app, 'bob')];
      const { sub } = (await one.get('/me')).body.session;
      await other.get(BrowserSessionService).endAll(sub);
      expect((await one.get('/me')).status).toBe(401);
      expect((await two.get('/me')).status).toBe(401);
      expect((await bob.get('/me')).status).toBe(200);
      expect((await (await signedIn(app)).get('/me')).status).toBe(200);
      await app.get(BrowserSessionService).endAll(sub);
    });

    it('holds for a session that is renewed', async () => {
      const browser = await signedIn(app);
      const { sub } = (await browser.get('/me')).body.session;
      await app.get(BrowserSessionService).endAll(sub);
      world.clock.advance(HOUR);
      expect((await browser.get('/me')).status).toBe(401);
      expect(world.cognito.renewals).toBe(0);
    });

    it('lets go of the mark when no older session is left', async () => {
      const browser = await signedIn(app);
      const { sub } = (await browser.get('/me')).body.session;
      await app.get(BrowserSessionService).endAll(sub);
      const later = await signedIn(app);
      const [mark = ''] = store.keysOf('user');
      expect(store.ttls.get(mark)).toBe(30 * DAY);
      store.entries.delete(mark);
      expect((await later.get('/me')).status).toBe(200);
    });

    it('needs a store', async () => {
      const sealed = await start({ store: undefined });
      await expect(sealed.get(BrowserSessionService).endAll('x')).rejects.toThrow(/"session.store" is required/);
    });
  });

  describe.each(['throws', 'hides', 'hangs'] as const)('whose store %s', (fault) => {
    it('answers 503, never 401 or 500, and keeps the cookie', async () => {
      const browser = await signedIn(app);
      store.fault = fault;
      const { status, body, headers } = await browser.get('/me');
      expect({ status, code: body.code }).toEqual({ status: 503, code: 'SESSION_STORE_UNAVAILABLE' });
      expect(headers['retry-after']).toEqual(expect.any(String));
      expect(browser.jar.size).toBe(1);
      store.fault = 'none';
      world.clock.advance(1_000);
      expect((await browser.get('/me')).status).toBe(200);
    });

    it('answers others as ever', async () => {
      store.fault = fault;
      expect((await new Browser(app).get('/open')).body).toEqual({ sub: null });
      const { status } = await new Browser(app).get('/me', {
        headers: { authorization: `Bearer ${world.issuer.signToken()}` },
      });
      expect(status).toBe(200);
    });

    it('deletes the cookie at sign-out, and says that the session may still be there', async () => {
      const browser = await signedIn(app);
      store.fault = fault;
      const { status } = await browser.post('/sign-out', { headers: OWN_PAGE });
      expect(status).toBe(503);
      expect(browser.jar.size).toBe(0);
    });

    it('starts no session', async () => {
      store.fault = fault;
      const { status, cookies } = await new Browser(app).post('/sign-in', { body: { username: 'ann' } });
      expect({ status, cookies }).toEqual({ status: 503, cookies: [] });
    });

    it('keeps what was renewed until the store works again', async () => {
      const browser = await signedIn(app);
      world.clock.advance(HOUR);
      world.cognito.onRenewal = () => {
        store.fault = fault;
      };
      expect((await browser.get('/me')).status).toBe(503);
      expect(world.cognito.renewals).toBe(1);
      store.fault = 'none';
      world.clock.advance(1_000);
      expect((await browser.get('/me')).status).toBe(200);
      expect(world.cognito.renewals).toBe(1);
      expect((await browser.at(await start()).get('/me')).status).toBe(200);
    });
  });

  it('notices a Keyv that swallows the errors of its adapter', async () => {
    const entries = new Map<string, unknown>();
    let isDown = false;
    const whenUp = async <T>(operation: () => T) => (isDown ? Promise.reject(new Error('ECONNREFUSED')) : operation());
    const adapter = {
      opts: {},
      get: async (key: string) => whenUp(() => entries.get(key)),
      getMany: async (keys: string[]) => whenUp(() => keys.map((key) => entries.get(key))),
      set: async (key: string, value: unknown) => whenUp(() => entries.set(key, value) === entries),
      delete: async (key: string) => whenUp(() => entries.delete(key)),
      clear: () => undefined,
      on: () => undefined,
    };
    const browser = await signedIn(await start({ store: new Keyv({ store: adapter as never, emitErrors: false }) }));
    expect((await browser.get('/me')).status).toBe(200);
    isDown = true;
    expect((await browser.get('/me')).status).toBe(503);
    expect((await browser.post('/sign-out', { headers: OWN_PAGE })).status).toBe(503);
    expect(browser.jar.size).toBe(0);
  });

  it('notices a store that writes nothing', async () => {
    await signedIn(app);
    store.fault = 'cannot write';
    expect((await new Browser(app).post('/sign-in', { body: { username: 'ann' } })).status).toBe(503);
  });

  it('is signed out honestly when the store was emptied', async () => {
    const browser = await signedIn(app);
    store.entries.clear();
    expect((await browser.get('/me')).status).toBe(401);
    expect(browser.jar.size).toBe(0);
  });

  it('refuses a Keyv that hides failures', async () => {
    const adapter = { get: () => undefined, set: () => true, delete: () => true, clear: () => undefined, opts: {} };
    const hiding = new Keyv({ store: adapter as never });
    await expect(start({ store: hiding })).rejects.toThrow(
      /"session.store" must not be a Keyv whose adapter lacks getMany/,
    );
  });
});
