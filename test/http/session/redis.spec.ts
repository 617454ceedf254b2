import { EventEmitter } from 'node:events';

import { createKeyv } from '@keyv/redis';
import type { INestApplication } from '@nestjs/common';

import { BrowserSessionService } from '../../../lib/http/index.js';
import { describeWithRedis, RedisServer } from '../../support/redis-server.js';
import { type Browser, OWN_PAGE } from '../support/browser.js';
import { StoreChanges } from '../support/changing-store.js';
import { createWorld, HOUR, signedIn, startSessionApp, type World } from '../support/session-app.js';

/** How long a circuit breaker stays open, and so how long an instance does not ask its Redis again. */
const OPEN_TIME = 1_000;

describeWithRedis('browser sessions of two instances with one real Redis', () => {
  let redis: RedisServer;
  let changes: StoreChanges;
  let world: World;
  let one: INestApplication;
  let two: INestApplication;
  const stores: { disconnect(): Promise<void> }[] = [];

  const start = async (platform: 'express' | 'fastify', options: object) => {
    const store = createKeyv(redis.url, options);
    // The client reports that it lost its connection; the sessions notice it by themselves.
    store.on('error', () => undefined);
    stores.push(store);
    return startSessionApp(platform, world, { session: { store: changes.watch(store), storeTimeout: 300 } });
  };
  const statusesOf = async (browsers: readonly Browser[]) =>
    Promise.all(browsers.map(async (browser) => (await browser.get('/me')).status));
  const atBoth = (browser: Browser) => [browser.at(one), browser.at(two)];
  /** Asks until both answer so: connections come back in their own time. */
  const untilBoth = async (browser: Browser, status: number) => {
    let statuses = await statusesOf(atBoth(browser));
    while (statuses.some((each) => each !== status)) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      world.clock.advance(OPEN_TIME);
      statuses = await statusesOf(atBoth(browser));
    }
    expect(statuses).toEqual([status, status]);
  };
  const subOf = async (browser: Browser) =>
    ((await browser.get('/me')).body as { session: { sub: string } }).session.sub;
  const renewalStarted = async () => {
    while (world.cognito.renewals === 0) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  /** Holds the renewals at Cognito until it is opened. */
  const closeGate = () => {
    const events = new EventEmitter();
    world.cognito.gate = new Promise((resolve) => events.once('open', resolve));
    return () => events.emit('open');
  };

  beforeAll(async () => {
    redis = await RedisServer.start();
  });

  afterAll(() => redis.stop());

  beforeEach(async () => {
    world = await createWorld();
    changes = new StoreChanges();
    world.wait = changes.wait;
    // A Keyv hides the failures of its store unless it is told not to. Both must do.
    one = await start('express', {});
    two = await start('fastify', { throwOnErrors: true });
  });

  afterEach(async () => {
    await Promise.all([one.close(), two.close()]);
    await Promise.all(stores.splice(0).map(async (store) => store.disconnect()));
  });

  it('share a session, and its end', async () => {
    const browser = await signedIn(one);
    expect(await statusesOf(atBoth(browser))).toEqual([200, 200]);
    const copy = browser.at(one);
    const { status } = await browser.at(two).post('/sign-out', { headers: OWN_PAGE });
    expect(status).toBe(201);
    expect((await copy.get('/me')).status).toBe(401);
    expect(copy.jar.size).toBe(0);
  });

  it('renew once between them', async () => {
    const browser = await signedIn(one);
    world.clock.advance(HOUR);
    const open = closeGate();
    const first = statusesOf(Array.from({ length: 10 }, () => browser.at(one)));
    await renewalStarted();
    const second = statusesOf(Array.from({ length: 10 }, () => browser.at(two)));
    open();
    expect(await Promise.all([first, second])).toEqual([Array(10).fill(200), Array(10).fill(200)]);
    expect(world.cognito.renewals).toBe(1);
    expect(await statusesOf(atBoth(browser))).toEqual([200, 200]);
    expect(world.cognito.renewals).toBe(1);
  });

  it('keep everybody signed in who renews at both at the very same time', async () => {
    const browser = await signedIn(one);
    for (let hour = 1; hour <= 5; hour += 1) {
      world.clock.advance(HOUR);
      const statuses = await statusesOf([...Array(5)].flatMap(() => atBoth(browser)));
      expect(statuses).toEqual(Array(10).fill(200));
    }
    // A store cannot compare and set, so that now and then both renew.
    expect(world.cognito.renewals).toBeLessThan(10);
  });

  it('stay signed out if one logs out while the other renews, and revoke what the renewal returned', async () => {
    const browser = await signedIn(one);
    world.clock.advance(HOUR);
    const open = closeGate();
    const tab = browser.at(one);
    const pending = tab.get('/me');
    await renewalStarted();
    expect((await browser.at(two).post('/sign-out', { headers: OWN_PAGE })).status).toBe(201);
    open();
    expect((await pending).status).toBe(401);
    expect(tab.jar.size).toBe(0);
    expect(await statusesOf(atBoth(browser))).toEqual([401, 401]);
    expect(world.cognito.revoked).toHaveLength(2);
  });

  it('end all sessions of one user and of nobody else', async () => {
    const [ann, other, bob] = [await signedIn(one), await signedIn(two), await signedIn(two, 'bob')];
    await two.get(BrowserSessionService).endAll(await subOf(ann));
    expect(await statusesOf([ann, other, ...atBoth(ann), ...atBoth(other)])).toEqual(Array(6).fill(401));
    expect(await statusesOf(atBoth(bob))).toEqual([200, 200]);
    expect(await statusesOf(atBoth(await signedIn(one)))).toEqual([200, 200]);
  });

  it('end all sessions also during a renewal', async () => {
    const browser = await signedIn(one);
    const sub = await subOf(browser);
    world.clock.advance(HOUR);
    const open = closeGate();
    const pending = browser.at(one).get('/me');
    await renewalStarted();
    await two.get(BrowserSessionService).endAll(sub);
    open();
    expect((await pending).status).toBe(401);
    expect(await statusesOf(atBoth(browser))).toEqual([401, 401]);
  });

  it('lose nothing while Redis does not answer, and what was renewed meanwhile neither', async () => {
    const [browser, bystander] = [await signedIn(one), await signedIn(two, 'bob')];
    world.clock.advance(HOUR);
    world.cognito.onRenewal = () => {
      redis.freeze();
    };
    try {
      const { status, body } = await browser.get('/me');
      expect({ status, code: body.code }).toEqual({ status: 503, code: 'SESSION_STORE_UNAVAILABLE' });
      expect(await statusesOf([browser, bystander])).toEqual([503, 503]);
      expect([browser.jar.size, bystander.jar.size]).toEqual([1, 1]);
    } finally {
      redis.thaw();
      world.cognito.onRenewal = () => undefined;
    }
    // Where the tokens are: the refresh token of the store is used up.
    world.clock.advance(OPEN_TIME);
    expect((await browser.get('/me')).status).toBe(200);
    expect(world.cognito.renewals).toBe(1);
    await untilBoth(browser, 200);
    await untilBoth(bystander, 200);
    expect(world.cognito.renewals).toBe(2);
  });

  it('clear the cookie at a logout while Redis does not answer, and say that the session is still there', async () => {
    const browser = await signedIn(one);
    const copy = browser.at(two);
    redis.freeze();
    try {
      expect((await browser.post('/sign-out', { headers: OWN_PAGE })).status).toBe(503);
      expect(browser.jar.size).toBe(0);
    } finally {
      redis.thaw();
    }
    world.clock.advance(OPEN_TIME);
    expect((await copy.post('/sign-out', { headers: OWN_PAGE })).status).toBe(201);
  });

  it('know themselves of a logout that Redis did not confirm, and revoke the token all the same', async () => {
    const browser = await signedIn(one);
    const copy = browser.at(one);
    changes.onSet = (key) => {
      if (key.includes(':ended:')) {
        redis.freeze();
      }
    };
    try {
      expect((await browser.post('/sign-out', { headers: OWN_PAGE })).status).toBe(503);
      expect(browser.jar.size).toBe(0);
      expect(world.cognito.revoked).toHaveLength(1);
    } finally {
      redis.thaw();
    }
    world.clock.advance(OPEN_TIME);
    expect((await copy.get('/me')).status).toBe(401);
  });

  it('answer 503 while Redis is down, also to a logout, and are honestly signed out when it comes back empty', async () => {
    const browser = await signedIn(one);
    await redis.stop();
    try {
      await untilBoth(browser, 503);
      const leaving = browser.at(two);
      expect((await leaving.post('/sign-out', { headers: OWN_PAGE })).status).toBe(503);
      expect(leaving.jar.size).toBe(0);
      await expect(one.get(BrowserSessionService).endAll('anybody')).rejects.toMatchObject({
        code: 'SESSION_STORE_UNAVAILABLE',
      });
    } finally {
      await redis.start();
    }
    await untilBoth(browser, 401);
    expect(await statusesOf(atBoth(await signedIn(one)))).toEqual([200, 200]);
  });

  it('keep nothing in Redis that signs anybody in', async () => {
    const browser = await signedIn(one);
    const [id = ''] = (browser.cookie.split('=')[1] ?? '').split('.');
    const store = createKeyv(redis.url);
    stores.push(store);
    const found: unknown[] = [];
    for await (const entry of store.iterator?.(undefined) ?? []) {
      found.push(entry);
    }
    const dump = JSON.stringify(found);
    expect(dump).toContain('session:');
    expect(dump).not.toContain(id);
    expect(dump).not.toMatch(/refresh-|ann@|eyJraWQ/);
  });
});
