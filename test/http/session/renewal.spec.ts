import { EventEmitter } from 'node:events';

import { Controller, type INestApplication, type MessageEvent, Sse, UseGuards } from '@nestjs/common';
import Keyv from 'keyv';
import { type Observable, of } from 'rxjs';

import { CognitoAuthGuard } from '../../../lib/auth/cognito-auth.guard.js';
import { CognitoUnavailableError } from '../../../lib/errors/cognito-service-error.js';
import { MandateError } from '../../../lib/errors/mandate-error.js';
import type { BrowserSessionStore } from '../../../lib/http/session/browser-session-store.js';
import { OWN_PAGE } from '../support/browser.js';
import { StoreChanges } from '../support/changing-store.js';
import {
  createWorld,
  DAY,
  HOUR,
  PagesController,
  signedIn,
  startSessionApp,
  type World,
} from '../support/session-app.js';

@Controller()
class StreamController {
  @Sse('stream')
  @UseGuards(CognitoAuthGuard)
  stream(): Observable<MessageEvent> {
    return of({ data: 'hello' });
  }
}

/** A promise, and what resolves it. */
function gate() {
  const events = new EventEmitter();
  return { opened: new Promise((resolve) => events.once('open', resolve)), open: () => events.emit('open') };
}

const KINDS = [
  ['a sealed cookie', () => ({})],
  ['a store', () => ({ store: new Keyv() })],
] as const;

describe.each(['express', 'fastify'] as const)('renewal on %s', (platform) => {
  let world: World;
  const apps: INestApplication[] = [];

  const start = async (session: object = {}) => {
    const app = await startSessionApp(platform, world, {
      session,
      metadata: { controllers: [PagesController, StreamController] },
    });
    apps.push(app);
    return app;
  };
  const statuses = (answers: readonly { status: number }[]) => [...new Set(answers.map(({ status }) => status))];

  beforeEach(async () => {
    world = await createWorld();
  });

  afterEach(async () => {
    await Promise.all(apps.splice(0).map((app) => app.close()));
  });

  describe.each(KINDS)('with %s', (_, options) => {
    it('renews shortly before the token expires, and keeps claims and times', async () => {
      const browser = await signedIn(await start({ ...options(), keep: ['renewal'] }));
      const before = (await browser.get('/me')).body.session;
      world.clock.advance(HOUR - 60_001);
      await browser.get('/me');
      expect(world.cognito.renewals).toBe(0);
      world.clock.advance(1);
      const { status, body } = await browser.get('/me');
      expect(status).toBe(200);
      expect(world.cognito.renewals).toBe(1);
      expect(body.session.createdAt).toBe(before.createdAt);
      expect(body.session.claims.renewal).toBeGreaterThan(before.claims.renewal);
      expect((await browser.get('/me')).status).toBe(200);
      expect(world.cognito.renewals).toBe(1);
    });

    it('renews again and again, with the newest refresh token', async () => {
      const browser = await signedIn(await start(options()));
      for (let i = 1; i <= 5; i += 1) {
        world.clock.advance(HOUR);
        expect((await browser.get('/me')).status).toBe(200);
        expect(world.cognito.renewals).toBe(i);
      }
    });

    it('makes one call for 50 requests at once, and none for those that come later with the old cookie', async () => {
      const app = await start(options());
      const browser = await signedIn(app);
      const late = browser.at(app);
      world.clock.advance(HOUR);
      const answers = await Promise.all(Array.from({ length: 50 }, async () => browser.get('/me')));
      expect(statuses(answers)).toEqual([200]);
      expect((await late.get('/me')).status).toBe(200);
      expect((await late.get('/me')).status).toBe(200);
      expect(world.cognito.renewals).toBe(1);
    });

    it.each([
      ['an outage', new CognitoUnavailableError('GetTokensFromRefreshToken', 'no answer.')],
      ['a throttled call', new MandateError('TOO_MANY_REQUESTS', 'slow down')],
      ['a fault of Cognito', new MandateError('SERVICE_FAULT', 'internal')],
      ['a wrong client secret', new MandateError('CLIENT_UNAUTHORIZED', 'invalid_client')],
      ['an unknown error', new TypeError('fetch failed')],
    ])('survives %s', async (__, failure) => {
      const browser = await signedIn(await start(options()));
      world.cognito.failure = failure;
      world.clock.advance(HOUR - 30_000);
      expect((await browser.get('/me')).status).toBe(200);
      expect((await browser.get('/me')).status).toBe(200);
      expect(world.cognito.renewals).toBe(1);
      world.clock.advance(30_000);
      const { status, body, headers } = await browser.get('/me');
      expect({ status, code: body.code }).toEqual({ status: 503, code: 'SESSION_RENEWAL_FAILED' });
      expect(headers['retry-after']).toEqual(expect.any(String));
      expect(browser.jar.size).toBeGreaterThan(0);
      world.cognito.failure = undefined;
      world.clock.advance(5_000);
      expect((await browser.get('/me')).status).toBe(200);
    });

    it.each(['REFRESH_TOKEN_INVALID', 'REFRESH_TOKEN_REVOKED', 'REFRESH_TOKEN_EXPIRED', 'USER_DISABLED'] as const)(
      'ends with %s',
      async (code) => {
        const app = await start(options());
        const browser = await signedIn(app);
        const copy = browser.at(app);
        world.cognito.failure = new MandateError(code, 'refused');
        world.clock.advance(HOUR);
        expect((await browser.get('/me')).status).toBe(401);
        expect(browser.jar.size).toBe(0);
        world.cognito.failure = undefined;
        expect((await copy.get('/me')).status).toBe(401);
        expect(world.cognito.renewals).toBe(1);
      },
    );

    it('stays signed out if the logout comes during the renewal, whose tokens are revoked', async () => {
      const app = await start(options());
      const browser = await signedIn(app);
      const { opened, open } = gate();
      world.cognito.gate = opened;
      world.clock.advance(HOUR);
      const tab = browser.at(app);
      const pending = tab.get('/me');
      while (world.cognito.renewals === 0) {
        await new Promise((resolve) => setImmediate(resolve));
      }
      expect((await browser.post('/sign-out', { headers: OWN_PAGE })).status).toBe(201);
      open();
      expect((await pending).status).toBe(401);
      expect(tab.jar.size).toBe(0);
      expect((await browser.at(app).get('/me')).status).toBe(401);
      // The one that was in the session, and the one that the renewal returned.
      expect(world.cognito.revoked.length).toBe(2);
    });

    it('refuses a request of another site before it renews', async () => {
      const browser = await signedIn(await start(options()));
      world.clock.advance(HOUR);
      const { status } = await browser.post('/change', { headers: { 'sec-fetch-site': 'cross-site' } });
      expect(status).toBe(403);
      expect(world.cognito.renewals).toBe(0);
    });

    it('renews at sign-out everywhere, which an expired token could not authorize', async () => {
      const browser = await signedIn(await start(options()));
      world.clock.advance(2 * HOUR);
      const { status } = await browser.post('/sign-out', { headers: OWN_PAGE, body: { everywhere: true } });
      expect(status).toBe(201);
      expect(world.cognito.renewals).toBe(1);
      expect(world.cognito.signedOut).toHaveLength(1);
    });

    it('keeps users apart that renew at the same time', async () => {
      const app = await start({ ...options(), keep: ['email'] });
      const browsers = await Promise.all(['ann', 'bob', 'eve'].map(async (name) => signedIn(app, name)));
      world.clock.advance(HOUR);
      const answers = await Promise.all(browsers.map(async (browser) => browser.get('/me')));
      expect(answers.map(({ body }): unknown => body.session.claims.email)).toEqual([
        'ann@example.com',
        'bob@example.com',
        'eve@example.com',
      ]);
      expect(world.cognito.renewals).toBe(3);
    });
  });

  it('rotates nothing over a stream of events with a sealed cookie', async () => {
    const browser = await signedIn(await start());
    world.clock.advance(HOUR - 30_000);
    const { status, cookies } = await browser.get('/stream', { headers: { accept: 'text/event-stream' } });
    expect({ status, cookies }).toEqual({ status: 200, cookies: [] });
    world.clock.advance(HOUR);
    expect((await browser.get('/stream', { headers: { accept: 'text/event-stream' } })).status).toBe(401);
    expect(world.cognito.renewals).toBe(0);
    expect((await browser.get('/me')).status).toBe(200);
  });

  it('renews over a stream of events with a store', async () => {
    const browser = await signedIn(await start({ store: new Keyv() }));
    world.clock.advance(HOUR);
    expect((await browser.get('/stream', { headers: { accept: 'text/event-stream' } })).status).toBe(200);
    expect(world.cognito.renewals).toBe(1);
  });

  it('lets no cache keep a renewed cookie, whatever the handler says', async () => {
    const browser = await signedIn(await start());
    expect((await browser.get('/cached')).headers['cache-control']).toBe('public, max-age=3600');
    world.clock.advance(HOUR);
    const { headers, cookies } = await browser.get('/cached');
    expect(cookies).not.toEqual([]);
    expect(headers['cache-control']).toBe('private, no-store');
    expect(headers['vary']).toBe('Accept-Encoding, Cookie');
  });

  it('adds each cookie once', async () => {
    const browser = await signedIn(await start());
    world.clock.advance(HOUR);
    const { cookies } = await browser.get('/me');
    expect(new Set(cookies.map(({ name }) => name)).size).toBe(cookies.length);
  });

  describe('with two instances and one store', () => {
    it('makes one call', async () => {
      const changes = new StoreChanges();
      const store = changes.watch(new Keyv());
      world.wait = changes.wait;
      const [one, two] = [await start({ store }), await start({ store })];
      const browser = await signedIn(one);
      world.clock.advance(HOUR);
      const { opened, open } = gate();
      world.cognito.gate = opened;
      const pending = [browser, browser.at(two)].flatMap((each) =>
        Array.from({ length: 10 }, async () => each.get('/me')),
      );
      while (world.cognito.renewals === 0) {
        await new Promise((resolve) => setImmediate(resolve));
      }
      open();
      expect(statuses(await Promise.all(pending))).toEqual([200]);
      expect(world.cognito.renewals).toBe(1);
    });

    it('goes on with what the other has stored, if the refresh token was used there', async () => {
      const store = new Keyv();
      const [one, two] = [await start({ store }), await start({ store })];
      const browser = await signedIn(one);
      world.clock.advance(HOUR);
      expect((await browser.get('/me')).status).toBe(200);
      expect((await browser.at(two).get('/me')).status).toBe(200);
      expect(world.cognito.renewals).toBe(1);
    });

    it('makes no call if the other finishes while this one asks whether it may', async () => {
      const shared = new Keyv();
      let finish: (() => Promise<unknown>) | undefined;
      const store: BrowserSessionStore = {
        get: (key): unknown => shared.get(key),
        getMany: async (keys): Promise<unknown> => {
          const isAsking = keys.some((key) => key.includes(':lock:'));
          const other = isAsking ? finish : undefined;
          finish = isAsking ? undefined : finish;
          await other?.();
          return shared.getMany(keys);
        },
        set: async (key, value, ttl) => shared.set(key, value, ttl),
        delete: async (key) => shared.delete(key),
      };
      const [one, two] = [await start({ store: shared }), await start({ store })];
      const browser = await signedIn(one);
      world.clock.advance(HOUR);
      finish = async () => browser.get('/me');
      expect((await browser.at(two).get('/me')).status).toBe(200);
      expect(finish).toBeUndefined();
      expect(world.cognito.renewals).toBe(1);
    });

    it('takes over from another that has died', async () => {
      const store = new Keyv();
      const delays: number[] = [];
      world.wait = async (milliseconds) => {
        delays.push(milliseconds);
        return Promise.resolve();
      };
      const [one, two] = [await start({ store }), await start({ store })];
      const browser = await signedIn(one);
      world.clock.advance(HOUR);
      const { opened, open } = gate();
      world.cognito.gate = opened;
      const dead = browser.at(one).get('/me');
      while (world.cognito.renewals === 0) {
        await new Promise((resolve) => setImmediate(resolve));
      }
      world.cognito.gate = Promise.resolve();
      expect((await browser.at(two).get('/me')).status).toBe(200);
      expect(world.cognito.renewals).toBe(2);
      // As long as a lock lasts.
      expect(delays.reduce((sum, delay) => sum + delay, 0)).toBe(10_000);
      open();
      expect((await dead).status).toBe(200);
    });

    it('does not wait for the other while the token is valid', async () => {
      const store = new Keyv();
      const [one, two] = [await start({ store }), await start({ store })];
      const browser = await signedIn(one);
      world.clock.advance(HOUR - 30_000);
      const { opened, open } = gate();
      world.cognito.gate = opened;
      const dead = browser
        .at(one)
        .get('/me')
        .catch(() => undefined);
      while (world.cognito.renewals === 0) {
        await new Promise((resolve) => setImmediate(resolve));
      }
      world.cognito.gate = Promise.resolve();
      // Another instance is renewing, as far as this one knows, and the token is still valid.
      expect((await browser.at(two).get('/me')).status).toBe(200);
      expect(world.cognito.renewals).toBe(1);
      open();
      expect((await dead)?.status).toBe(200);
    });
  });

  it('gives up only a token that has expired, if there is nothing to renew it with', async () => {
    const { refreshToken, ...tokens } = world.cognito.tokens();
    expect(refreshToken).toBeDefined();
    jest.spyOn(world.cognito, 'tokens').mockReturnValue(tokens);
    const browser = await signedIn(await start());
    world.clock.advance(HOUR - 1);
    expect((await browser.get('/me')).status).toBe(200);
    world.clock.advance(1);
    expect((await browser.get('/me')).status).toBe(401);
    expect(browser.jar.size).toBe(0);
  });

  it('accepts clocks that are apart: a session from a minute ahead, at an instance a minute behind', async () => {
    const app = await start();
    const browser = await signedIn(app);
    world.clock.advance(-60_000);
    expect((await browser.get('/me')).status).toBe(200);
    world.clock.advance(7 * DAY + 60_000);
    expect((await browser.get('/me')).status).toBe(401);
  });
});
