import { hkdfSync } from 'node:crypto';

import type { INestApplication } from '@nestjs/common';
import { compactDecrypt } from 'jose';

import { Browser, OWN_PAGE } from '../support/browser.js';
import { createWorld, DAY, HOUR, SECRET, signedIn, startSessionApp, type World } from '../support/session-app.js';

const NAME = '__Host-Http-mandate';

describe.each(['express', 'fastify'] as const)('a session in the cookie on %s', (platform) => {
  let world: World;
  let app: INestApplication;

  beforeEach(async () => {
    world = await createWorld();
    app = await startSessionApp(platform, world, { session: { keep: ['email'] } });
  });

  afterEach(() => app.close());

  it('has every flag, and no cache keeps it', async () => {
    const { cookies, headers } = await new Browser(app).post('/sign-in', { body: { username: 'ann' } });
    expect(cookies.map(({ name }) => name)).toEqual([`${NAME}.0`, `${NAME}.1`]);
    for (const { attributes } of cookies) {
      expect(attributes).toEqual([
        'Path=/',
        `Max-Age=${String((7 * DAY) / 1000)}`,
        'Secure',
        'HttpOnly',
        'SameSite=Strict',
      ]);
    }
    expect(headers['cache-control']).toBe('private, no-store');
    expect(headers['vary']).toContain('Cookie');
  });

  it('authenticates the guard, with claims and times and no token', async () => {
    const browser = await signedIn(app);
    const { status, body, text } = await browser.get('/me');
    expect(status).toBe(200);
    expect(body).toEqual({
      session: {
        sub: expect.any(String),
        claims: { email: 'ann@example.com', sub: body.session.sub },
        createdAt: world.clock.read(),
        expiresAt: world.clock.read() + 7 * DAY,
      },
      hasToken: true,
    });
    expect(text).not.toMatch(/eyJ|refresh-/);
  });

  it('is anonymous for a public handler without a cookie, and known with one', async () => {
    expect((await new Browser(app).get('/open')).body).toEqual({ sub: null });
    expect((await (await signedIn(app)).get('/open')).body.sub).toEqual(expect.any(String));
  });

  it('holds no id token, and nothing in the clear', async () => {
    const browser = await signedIn(app);
    const sealed = [...browser.jar.values()].join('').slice(2);
    const key = new Uint8Array(hkdfSync('sha256', SECRET, '', `mandate session ${NAME}`, 32));
    const { plaintext } = await compactDecrypt(sealed, key);
    const content = JSON.parse(new TextDecoder().decode(plaintext)) as Record<string, unknown>;
    expect(Object.keys(content).sort()).toEqual(
      ['accessToken', 'chunks', 'claims', 'createdAt', 'expiresAt', 'refreshToken', 'sid', 'sub', 'usedAt'].sort(),
    );
    expect(browser.cookie).not.toContain('refresh-');
  });

  it('keeps the id token if asked to', async () => {
    const keeping = await startSessionApp(platform, world, { session: { keep: ['idToken'] } });
    const browser = await signedIn(keeping);
    expect([...browser.jar.keys()]).toHaveLength(2);
    expect((await browser.get('/me')).status).toBe(200);
    await keeping.close();
  });

  it('works after secrets were rotated, at every instance', async () => {
    const browser = await signedIn(app);
    const rotated = await startSessionApp(platform, world, {
      session: { secret: ['another secret of enough length 12345', SECRET] },
    });
    expect((await browser.at(rotated).get('/me')).status).toBe(200);
    const without = await startSessionApp(platform, world, {
      session: { secret: 'another secret of enough length 12345' },
    });
    const answer = await browser.at(without).get('/me');
    expect(answer.status).toBe(401);
    expect(answer.body.code).toBe('TOKEN_MISSING');
    await Promise.all([rotated.close(), without.close()]);
  });

  describe('for a cookie that it did not make', () => {
    type Jar = Map<string, string>;
    const swap = (jar: Jar) => {
      const [one = '', two = ''] = [jar.get(`${NAME}.0`), jar.get(`${NAME}.1`)];
      return jar.set(`${NAME}.0`, two).set(`${NAME}.1`, one);
    };
    const replaceAll = (jar: Jar, value: string) => {
      jar.clear();
      return jar.set(NAME, value);
    };
    const change = (jar: Jar, name: string, replace: (value: string) => string) =>
      jar.set(name, replace(jar.get(name) ?? ''));
    const flip = (value: string, at: number) =>
      value.slice(0, at) + (value[at] === 'A' ? 'B' : 'A') + value.slice(at + 1);

    it.each<[string, (jar: Jar, other: Jar) => unknown]>([
      ['forged', (jar) => replaceAll(jar, 'eyJhbGciOiJkaXIifQ..a.b.c')],
      ['nonsense', (jar) => replaceAll(jar, '%00%ff"x')],
      ['truncated', (jar) => change(jar, `${NAME}.1`, (value) => value.slice(0, -8))],
      ['without its last chunk', (jar) => jar.delete(`${NAME}.1`)],
      ['without its first chunk', (jar) => jar.delete(`${NAME}.0`)],
      ['swapped', swap],
      ['of two sessions', (jar, other) => jar.set(`${NAME}.1`, other.get(`${NAME}.1`) ?? '')],
      ['of another number of chunks', (jar) => change(jar, `${NAME}.0`, (value) => `3${value.slice(1)}`)],
      ['with one changed character', (jar) => change(jar, `${NAME}.1`, (value) => flip(value, 50))],
    ])('%s: it is signed out and the cookie is deleted', async (_, tamper) => {
      const [browser, other] = [await signedIn(app), await signedIn(app, 'bob')];
      tamper(browser.jar, other.jar);
      const { status, body, headers, cookies } = await browser.get('/me');
      expect({ status, code: body.code }).toEqual({ status: 401, code: 'TOKEN_MISSING' });
      expect(cookies.length).toBeGreaterThan(0);
      expect(browser.cookie).toBe('');
      expect(headers['cache-control']).toBe('private, no-store');
      expect((await browser.get('/open')).body).toEqual({ sub: null });
    });

    it('of another pool’s name, it is signed out', async () => {
      const foreign = await startSessionApp(platform, world, { session: { cookie: { name: 'other' } } });
      const browser = await signedIn(foreign);
      const planted = new Browser(app);
      browser.jar.forEach((value, name) => planted.jar.set(name.replace('other', 'mandate'), value));
      expect((await planted.get('/me')).status).toBe(401);
      await foreign.close();
    });
  });

  it('ends after its idle limit, which use extends', async () => {
    const browser = await signedIn(app);
    world.clock.advance(6 * DAY);
    expect((await browser.get('/me')).status).toBe(200);
    world.clock.advance(6 * DAY);
    expect((await browser.get('/me')).status).toBe(200);
    world.clock.advance(7 * DAY);
    expect((await browser.get('/me')).status).toBe(401);
    expect(browser.cookie).toBe('');
  });

  it('ends after its absolute limit, however much it is used', async () => {
    const browser = await signedIn(app);
    for (let day = 0; day < 29; day += 1) {
      world.clock.advance(DAY);
      expect((await browser.get('/me')).status).toBe(200);
    }
    world.clock.advance(DAY);
    expect((await browser.get('/me')).status).toBe(401);
  });

  it('notes use without a renewal, now and then', async () => {
    const short = await startSessionApp(platform, world, { session: { idle: HOUR / 2, absolute: DAY } });
    const browser = await signedIn(short);
    world.clock.advance(60_000);
    expect((await browser.get('/me')).cookies).toEqual([]);
    world.clock.advance(120_000);
    expect((await browser.get('/me')).cookies).toHaveLength(2);
    world.clock.advance(HOUR / 2 - 1);
    expect((await browser.get('/me')).status).toBe(200);
    expect(world.cognito.renewals).toBe(0);
    await short.close();
  });

  it('is not brought back by a copy of its cookie', async () => {
    const browser = await signedIn(app);
    const thief = browser.at(app);
    expect((await browser.post('/sign-out', { headers: OWN_PAGE })).status).toBe(201);
    expect(browser.cookie).toBe('');
    expect(world.cognito.revoked).toHaveLength(1);
    expect((await thief.get('/me')).status).toBe(401);
  });

  it('replaces the session that the browser had', async () => {
    const browser = await signedIn(app);
    const before = browser.at(app);
    await browser.post('/sign-in', { body: { username: 'bob' } });
    expect((await browser.get('/me')).body.session.claims.email).toBe('bob@example.com');
    expect((await before.get('/me')).status).toBe(401);
  });

  it('is read without a renewal, outside the guard', async () => {
    const browser = await signedIn(app);
    world.clock.advance(2 * HOUR);
    expect((await browser.get('/peek')).body.session.claims.email).toBe('ann@example.com');
    expect((await new Browser(app).get('/peek')).body).toEqual({ session: null, csrf: null });
    expect(world.cognito.renewals).toBe(0);
  });

  it('holds a user of 100 groups, and says what to do about one of far too many', async () => {
    world.cognito.groups = Array.from({ length: 100 }, (_, i) => `a-group-with-a-rather-long-name-${String(i)}`);
    const browser = await signedIn(app);
    expect((await browser.get('/me')).status).toBe(200);
    expect(Buffer.byteLength(browser.cookie)).toBeLessThan(12_000);
    const { length } = [...browser.jar.keys()];
    world.cognito.groups = [];
    world.clock.advance(HOUR);
    await browser.get('/me');
    expect([...browser.jar.keys()].length).toBeLessThan(length);
    expect((await browser.get('/me')).status).toBe(200);
    world.cognito.groups = Array.from({ length: 400 }, (_, i) => `group-number-${String(i)}`);
    expect((await new Browser(app).post('/sign-in', { body: { username: 'ann' } })).status).toBe(500);
  });

  it('has a plain name without Secure on localhost', async () => {
    world.cognito.redirectUri = 'http://localhost:3000/auth/callback';
    const local = await startSessionApp(platform, world, {
      session: { cookie: { insecureLocalhost: true, sameSite: 'lax' } },
    });
    const browser = new Browser(local);
    const { cookies } = await browser.post('/sign-in', { body: { username: 'ann' } });
    expect(cookies[0]?.name).toBe('mandate.0');
    expect(cookies[0]?.attributes.slice(2)).toEqual(['HttpOnly', 'SameSite=Lax']);
    expect((await browser.get('/me')).status).toBe(200);
    await local.close();
  });

  it('refuses plain names anywhere else', async () => {
    await expect(
      startSessionApp(platform, world, { session: { cookie: { insecureLocalhost: true } } }),
    ).rejects.toThrow(/"session.cookie.insecureLocalhost" is for development/);
  });
});
