import type { INestApplication } from '@nestjs/common';
import Keyv from 'keyv';

import { MandateError } from '../../../lib/errors/mandate-error.js';
import type { LoginEvent, MandateOAuthModuleExtras, MandateOAuthModuleOptions } from '../../../lib/http/index.js';
import { CognitoOAuthError } from '../../../lib/protocol/oauth/oauth-error.js';
import { Browser, OWN_PAGE } from '../support/browser.js';
import { loggedIn, NAVIGATION, startLogin, startOAuthApp } from '../support/oauth-app.js';
import { createWorld, HOUR, type World } from '../support/session-app.js';

const SESSION = '__Host-Http-mandate';
const LOGIN = `${SESSION}-login-`;
const MINUTE = 60_000;

describe.each(['express', 'fastify'] as const)('managed login on %s', (platform) => {
  let world: World;
  const apps: INestApplication[] = [];

  const start = async (options: Partial<MandateOAuthModuleOptions & MandateOAuthModuleExtras> = {}) => {
    const app = await startOAuthApp(platform, world, options);
    apps.push(app);
    return app;
  };
  const loginCookies = (browser: Browser) => [...browser.jar.keys()].filter((name) => name.startsWith(LOGIN));
  const callback = async (browser: Browser, query: string) =>
    browser.get(`/auth/callback?${query}`, { headers: NAVIGATION });

  beforeEach(async () => {
    world = await createWorld();
  });

  afterEach(async () => {
    await Promise.all(apps.splice(0).map((app) => app.close()));
  });

  describe('GET login', () => {
    it('leads to Cognito, with a sealed Lax cookie of this sign-in, and no cache keeps it', async () => {
      const browser = new Browser(await start());
      const { status, headers, cookies } = await browser.get('/auth/login', { headers: NAVIGATION });
      expect(status).toBe(303);
      expect(headers['location']).toMatch(/^https:\/\/domain\.example\.com\/oauth2\/authorize/);
      expect(headers['cache-control']).toBe('private, no-store');
      expect(headers['vary']).toContain('Cookie');
      expect(cookies).toHaveLength(1);
      expect(cookies[0]?.name).toMatch(/^__Host-Http-mandate-login-[\w-]{16}$/);
      expect(cookies[0]?.attributes).toEqual(['Path=/', 'Max-Age=600', 'Secure', 'HttpOnly', 'SameSite=Lax']);
      expect(cookies[0]?.value).not.toContain('verifier');
    });

    it('passes on the parameters of a list, and no others', async () => {
      const browser = new Browser(await start());
      world.cognito.logins.splice(0);
      await startLogin(
        browser,
        '/auth/login?identity_provider=Google&login_hint=ann%40example.com&lang=de&prompt=login%20consent&page=signup' +
          '&redirect_uri=https://evil&scope=x&state=x&nonce=x&client_id=x&response_type=token&resource=x&code_challenge=x&scopes=x&lang2=x',
      );
      expect(world.cognito.logins).toEqual([
        {
          identityProvider: 'Google',
          loginHint: 'ann@example.com',
          lang: 'de',
          prompt: ['login', 'consent'],
          page: 'signup',
        },
      ]);
    });

    it('ignores parameters that are there twice', async () => {
      const browser = new Browser(await start());
      world.cognito.logins.splice(0);
      await startLogin(browser, '/auth/login?lang=de&lang=en&idp_identifier[]=x&login_hint=');
      expect(world.cognito.logins).toEqual([{}]);
    });

    it.each([
      { 'sec-purpose': 'prefetch' },
      { 'sec-purpose': 'prefetch;prerender' },
      { purpose: 'prefetch' },
      { 'x-moz': 'prefetch' },
    ])('starts nothing for a prefetch: %j', async (headers) => {
      const browser = new Browser(await start());
      world.cognito.logins.splice(0);
      const answer = await browser.get('/auth/login', { headers: headers });
      expect(answer.status).toBe(204);
      expect(answer.cookies).toEqual([]);
      expect(world.cognito.logins).toEqual([]);
    });

    it('starts nothing for HEAD', async () => {
      const browser = new Browser(await start());
      world.cognito.logins.splice(0);
      expect((await browser.send('head', '/auth/login', {})).cookies).toEqual([]);
      expect(world.cognito.logins).toEqual([]);
    });

    it.each([
      { 'sec-fetch-dest': 'empty', 'sec-fetch-mode': 'cors' },
      { 'sec-fetch-dest': 'image', 'sec-fetch-mode': 'no-cors' },
      { 'sec-fetch-dest': 'iframe', 'sec-fetch-mode': 'navigate' },
    ])('starts nothing for anything but a page: %j', async (headers) => {
      const { status, text, cookies } = await new Browser(await start()).get('/auth/login', {
        headers: headers as unknown as Record<string, string>,
      });
      expect(status).toBe(400);
      expect(text).toContain('REQUEST_MALFORMED');
      expect(text).toContain('A sign-in starts by a navigation of the whole page');
      expect(cookies).toEqual([]);
    });

    it('leaves the cookies of a pool alone whose name begins like its own', async () => {
      const browser = new Browser(await start());
      browser.jar.set(`${LOGIN}desk`, 'session');
      browser.jar.set(`${LOGIN}login-${'x'.repeat(16)}`, 'sign-in');
      await startLogin(browser);
      await browser.post('/auth/logout', { headers: OWN_PAGE });
      expect([...browser.jar.values()]).toEqual(['session', 'sign-in']);
    });

    it('keeps five sign-ins, and forgets the oldest', async () => {
      const browser = new Browser(await start());
      const states: string[] = [];
      for (let i = 0; i < 7; i += 1) {
        world.clock.advance(1_000);
        states.push(await startLogin(browser));
      }
      expect(loginCookies(browser)).toHaveLength(5);
      expect((await callback(browser, `code=ann&state=${states[1] ?? ''}`)).status).toBe(400);
      expect((await callback(browser, `code=ann&state=${states[2] ?? ''}`)).status).toBe(200);
      expect((await callback(browser, `code=ann&state=${states[6] ?? ''}`)).status).toBe(200);
    });

    it('clears away what only looks like a sign-in', async () => {
      const browser = new Browser(await start());
      for (let i = 0; i < 30; i += 1) {
        browser.jar.set(`${LOGIN}planted-${String(i).padStart(8, '0')}`, 'x');
      }
      await startLogin(browser);
      expect(loginCookies(browser)).toHaveLength(1);
    });
  });

  describe('GET callback', () => {
    it('hands over to a page of the application with a Strict cookie', async () => {
      const browser = new Browser(await start());
      const state = await startLogin(browser, '/auth/login?returnTo=%2Forders%3Fa%3D1%26b%3D2');
      const { status, headers, text, cookies } = await callback(browser, `code=ann&state=${state}`);
      expect(status).toBe(200);
      expect(headers['content-type']).toMatch(/^text\/html/);
      expect(headers['referrer-policy']).toBe('no-referrer');
      expect(headers['cache-control']).toBe('private, no-store');
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect(text).toContain('<meta http-equiv="refresh" content="0;url=/orders?a=1&#38;b=2">');
      expect(text).not.toContain(state);
      expect(cookies.map(({ name }) => name).sort()).toEqual(
        [`${SESSION}.0`, `${SESSION}.1`, cookies.find(({ name }) => name.startsWith(LOGIN))?.name].sort(),
      );
      expect(loginCookies(browser)).toEqual([]);
      expect((await browser.get('/me')).status).toBe(200);
    });

    it('redirects with a Lax cookie', async () => {
      const browser = new Browser(await start({ session: { secret: 'x'.repeat(32), cookie: { sameSite: 'lax' } } }));
      const state = await startLogin(browser, '/auth/login?returnTo=/orders');
      const { status, headers, cookies } = await callback(browser, `code=ann&state=${state}`);
      expect({ status, location: headers['location'] }).toEqual({ status: 303, location: '/orders' });
      expect(headers['referrer-policy']).toBe('no-referrer');
      expect(cookies[0]?.attributes.at(-1)).toBe('SameSite=Lax');
      expect((await browser.get('/me')).status).toBe(200);
    });

    it.each([
      '//evil',
      '/\\evil',
      '\\\\evil',
      'https:evil',
      '/%5cevil',
      '/%0d%0aSet-Cookie:x',
      'javascript:alert(1)',
      'data:text/html,x',
      'https://user@app.example.com@evil/',
      '/auth/login',
    ])('goes to the default instead of %s', async (target) => {
      const browser = new Browser(await start({ returnTo: { default: '/home' } }));
      const state = await startLogin(browser, `/auth/login?returnTo=${encodeURIComponent(target)}`);
      expect((await callback(browser, `code=ann&state=${state}`)).text).toContain('content="0;url=/home"');
    });

    it('goes to the default for a list of targets', async () => {
      const browser = new Browser(await start());
      const state = await startLogin(browser, '/auth/login?returnTo=/a&returnTo=/b');
      expect((await callback(browser, `code=ann&state=${state}`)).text).toContain('content="0;url=/"');
    });

    it('completes sign-ins of two tabs in any order', async () => {
      const browser = new Browser(await start());
      const [one, two] = [await startLogin(browser), await startLogin(browser)];
      expect((await callback(browser, `code=ann&state=${two}`)).status).toBe(200);
      expect((await callback(browser, `code=bob&state=${one}`)).status).toBe(200);
      expect(loginCookies(browser)).toEqual([]);
    });

    describe('refuses a code', () => {
      const expectRefused = async (browser: Browser, query: string, code: string) => {
        const { status, text, headers } = await callback(browser, query);
        expect({ status, code }).toEqual({ status: 400, code });
        expect(text).toContain(code);
        expect(text).toContain('href="/auth/login"');
        expect(headers['referrer-policy']).toBe('no-referrer');
        expect([...browser.jar.keys()].filter((name) => !name.startsWith(LOGIN))).toEqual([]);
        return text;
      };

      it('of another browser', async () => {
        const app = await start();
        const state = await startLogin(new Browser(app));
        await expectRefused(new Browser(app), `code=ann&state=${state}`, 'OAUTH_STATE_MISMATCH');
      });

      it('with another state, of another sign-in, or without one', async () => {
        const browser = new Browser(await start());
        await startLogin(browser);
        await expectRefused(browser, 'code=ann&state=other', 'OAUTH_STATE_MISMATCH');
        await expectRefused(browser, 'code=ann', 'OAUTH_STATE_MISMATCH');
        await expectRefused(browser, 'code=ann&state=a&state=b', 'OAUTH_STATE_MISMATCH');
        await expectRefused(browser, '', 'OAUTH_STATE_MISMATCH');
        await expectRefused(browser, 'code[]=ann&state[]=x', 'OAUTH_STATE_MISMATCH');
      });

      it('that comes after ten minutes', async () => {
        const browser = new Browser(await start());
        const state = await startLogin(browser);
        world.clock.advance(10 * MINUTE);
        await expectRefused(browser, `code=ann&state=${state}`, 'OAUTH_STATE_MISMATCH');
      });

      it('whose cookie was moved to another name', async () => {
        const browser = new Browser(await start());
        const [one, two] = [await startLogin(browser), await startLogin(browser)];
        const [first = '', second = ''] = loginCookies(browser);
        const [a = '', b = ''] = [browser.jar.get(first), browser.jar.get(second)];
        browser.jar.set(first, b).set(second, a);
        await expectRefused(browser, `code=ann&state=${one}`, 'OAUTH_STATE_MISMATCH');
        await expectRefused(browser, `code=ann&state=${two}`, 'OAUTH_STATE_MISMATCH');
      });
    });

    it('accepts a clock that is behind, at the instance that completes', async () => {
      const browser = new Browser(await start());
      const state = await startLogin(browser);
      world.clock.advance(-30_000);
      expect((await callback(browser, `code=ann&state=${state}`)).status).toBe(200);
    });

    it('goes on for a browser that is signed in already, without using the code', async () => {
      const browser = new Browser(await start());
      const state = await startLogin(browser);
      await callback(browser, `code=ann&state=${state}`);
      const completed = jest.spyOn(world.cognito.oauth, 'completeLogin');
      const { status, headers } = await callback(browser, `code=ann&state=${state}`);
      expect({ status, location: headers['location'] }).toEqual({ status: 303, location: '/' });
      expect(completed).not.toHaveBeenCalled();
    });

    it('looks again, once, for a session that a callback of another site cannot carry', async () => {
      const browser = new Browser(await start());
      const headers = { ...NAVIGATION, 'sec-fetch-site': 'cross-site' };
      const hop = await browser.get('/auth/callback?code=ann&state=a%22%3Eb', { headers });
      expect(hop.status).toBe(200);
      expect(hop.text).toContain('content="0;url=?state=a%22%3Eb"');
      expect(hop.text).not.toContain('code=');
      expect((await browser.get('/auth/callback?state=a', { headers })).status).toBe(400);
      const own = await loggedIn(await start());
      expect((await own.get('/auth/callback?state=a', { headers: NAVIGATION })).headers['location']).toBe('/');
    });

    it('shows no text of a provider, and forgets the sign-in', async () => {
      const browser = new Browser(await start());
      const state = await startLogin(browser);
      const { status, text } = await callback(
        browser,
        `error=access_denied&error_description=%3Cscript%3Eevil%3C%2Fscript%3E&state=${state}`,
      );
      expect(status).toBe(401);
      expect(text).not.toContain('evil');
      expect(text).toContain('OAUTH_LOGIN_FAILED');
      expect(loginCookies(browser)).toEqual([]);
    });

    it('takes an error without a state for a failure of the newest sign-in', async () => {
      const browser = new Browser(await start());
      const older = await startLogin(browser);
      world.clock.advance(1_000);
      await startLogin(browser);
      const { status } = await callback(browser, 'error=invalid_request&error_description=x');
      expect(status).toBe(401);
      expect(loginCookies(browser)).toHaveLength(1);
      expect((await callback(browser, `code=ann&state=${older}`)).status).toBe(200);
    });

    it('says that a fault is not the user’s, and tells only the log what it is', async () => {
      const browser = new Browser(await start());
      const state = await startLogin(browser);
      world.cognito.loginFailure = new MandateError('CLIENT_UNAUTHORIZED', 'The option "clientSecret" is wrong.');
      const { status, text } = await callback(browser, `code=ann&state=${state}`);
      expect(status).toBe(500);
      expect(text).not.toContain('clientSecret');
    });

    it('goes where onError says, which is a page of this application', async () => {
      const errors: string[] = [];
      const browser = new Browser(
        await start({
          onError: (error, { returnTo }) => {
            errors.push(`${error.code} ${returnTo}`);
            return errors.length === 1 ? '/sorry' : 'https://evil/';
          },
        }),
      );
      const state = await startLogin(browser, '/auth/login?returnTo=/orders');
      const { status, headers } = await callback(browser, `error=x&state=${state}`);
      expect({ status, location: headers['location'] }).toEqual({ status: 303, location: '/sorry' });
      expect(errors).toEqual(['OAUTH_LOGIN_FAILED /orders']);
      expect((await callback(browser, 'error=x')).status).toBe(401);
    });

    it('tells onLogin before the session starts, and goes where it says', async () => {
      const events: LoginEvent[] = [];
      const browser = new Browser(
        await start({
          onLogin: (login) => {
            events.push(login);
            return '/welcome';
          },
        }),
      );
      const state = await startLogin(browser, '/auth/login?returnTo=/orders');
      const { text } = await callback(browser, `code=ann&state=${state}`);
      expect(text).toContain('url=/welcome"');
      expect(events).toHaveLength(1);
      expect(events[0]?.returnTo).toBe('/orders');
      expect(events[0]?.session.sub).toEqual(expect.any(String));
    });

    it('starts no session if onLogin refuses, and revokes the tokens', async () => {
      const browser = new Browser(
        await start({
          onLogin: () => {
            throw new MandateError('USER_DISABLED', 'not here');
          },
        }),
      );
      const state = await startLogin(browser);
      const { status } = await callback(browser, `code=ann&state=${state}`);
      expect(status).toBe(403);
      expect(browser.jar.size).toBe(0);
      expect(world.cognito.revoked).toHaveLength(1);
    });

    it('starts again once for a user who was just linked, and goes where the first wanted', async () => {
      const browser = new Browser(await start({ retryLinkedUser: true }));
      const state = await startLogin(browser, '/auth/login?returnTo=/orders&identity_provider=Google');
      world.cognito.loginFailure = new CognitoOAuthError({
        request: 'authorization',
        error: 'invalid_request',
        description: 'PreSignUp failed with error Already found an entry for username google_1.',
      });
      world.cognito.logins.splice(0);
      const { status, headers } = await callback(browser, `error=invalid_request&state=${state}`);
      expect(status).toBe(303);
      expect(world.cognito.logins).toEqual([{ identityProvider: 'Google' }]);
      const again = new URL(headers['location'] ?? '').searchParams.get('state') ?? '';
      expect((await callback(browser, `error=invalid_request&state=${again}`)).status).toBe(401);
      expect(world.cognito.logins).toHaveLength(1);
    });

    it.each([
      ['a sealed cookie', () => undefined],
      ['a store', () => new Keyv()],
    ])('ends the session that the browser had before, whose cookie it does not see, with %s', async (_, store) => {
      const app = await start({ session: { secret: 'x'.repeat(32), store: store() } });
      const browser = await loggedIn(app);
      const old = browser.at(app);
      const state = await startLogin(browser);
      const abroad = new Browser(app);
      loginCookies(browser).forEach((name) => abroad.jar.set(name, browser.jar.get(name) ?? ''));
      expect((await callback(abroad, `code=bob&state=${state}`)).status).toBe(200);
      expect((await abroad.get('/me')).status).toBe(200);
      expect((await old.get('/me')).status).toBe(401);
    });
  });

  describe('POST logout', () => {
    it('ends the session and tells a script where to go on', async () => {
      const app = await start();
      const browser = await loggedIn(app);
      const copy = browser.at(app);
      await startLogin(browser);
      const { status, body, headers, cookies } = await browser.post('/auth/logout', { headers: OWN_PAGE });
      expect(status).toBe(200);
      expect(body).toEqual({ url: expect.stringMatching(/^https:\/\/domain\.example\.com\/logout/) });
      expect(headers['cache-control']).toBe('private, no-store');
      expect(cookies.every(({ attributes }) => attributes.includes('Max-Age=0'))).toBe(true);
      expect(browser.jar.size).toBe(0);
      expect(world.cognito.revoked).toHaveLength(1);
      expect((await copy.get('/me')).status).toBe(401);
    });

    it('redirects a form', async () => {
      const browser = await loggedIn(await start());
      const { status, headers } = await browser.post('/auth/logout', {
        headers: {
          'sec-fetch-site': 'same-origin',
          'sec-fetch-mode': 'navigate',
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: 'x=1',
      });
      expect(status).toBe(303);
      expect(headers['location']).toMatch(/^https:\/\/domain\.example\.com\/logout/);
    });

    it('tells the sender of a form that the logout did not succeed, not a sign-in', async () => {
      const browser = await loggedIn(await start({ returnTo: { default: '/home' } }));
      const { status, text } = await browser.post('/auth/logout', {
        headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://evil.example' },
      });
      expect(status).toBe(403);
      expect(text).toContain('<h1>The logout did not succeed</h1>');
      expect(text).toContain('Log out on a page of the application.');
      expect(text).toContain('<a href="/home">Back to the application</a>');
      expect(text).toContain('CSRF_CHECK_FAILED');
      expect(text).not.toContain('sign-in');
    });

    it('stays here if asked to', async () => {
      const browser = await loggedIn(await start({ returnTo: { default: '/bye' } }));
      const { body } = await browser.post('/auth/logout', { headers: OWN_PAGE, body: { local: true } });
      expect(body).toEqual({ url: '/bye' });
    });

    it('ends all sign-ins of the user if asked to', async () => {
      const app = await start({ session: { secret: 'x'.repeat(32), store: new Keyv() } });
      const [one, two, other] = [await loggedIn(app), await loggedIn(app), await loggedIn(app, 'bob')];
      await one.post('/auth/logout', { headers: OWN_PAGE, body: { everywhere: true } });
      expect(world.cognito.signedOut).toHaveLength(1);
      expect((await two.get('/me')).status).toBe(401);
      expect((await other.get('/me')).status).toBe(200);
    });

    it('succeeds without a session', async () => {
      const { status, body } = await new Browser(await start()).post('/auth/logout', { headers: OWN_PAGE });
      expect(status).toBe(200);
      expect(body.url).toMatch(/^https/);
    });

    it.each([
      ['a page of another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
      ['a sibling', { 'sec-fetch-site': 'same-site', origin: 'https://other.example.com' }],
      ['an old browser at another site', { origin: 'https://evil.example' }],
      ['a page without an origin', { origin: 'null' }],
      ['nobody', {}],
    ])('is refused from %s', async (_, headers) => {
      const browser = await loggedIn(await start());
      const { status, body } = await browser.post('/auth/logout', {
        headers: headers as unknown as Record<string, string>,
      });
      expect({ status, code: body.code }).toEqual({ status: 403, code: 'CSRF_CHECK_FAILED' });
      expect((await browser.get('/me')).status).toBe(200);
    });

    it('changes nothing by GET', async () => {
      const browser = await loggedIn(await start());
      expect((await browser.get('/auth/logout')).status).toBe(404);
      expect((await browser.get('/me')).status).toBe(200);
    });
  });

  describe('GET session', () => {
    it('answers with claims and times', async () => {
      const browser = await loggedIn(await start({ session: { secret: 'x'.repeat(32), keep: ['email'] } }));
      const { status, body, headers, text } = await browser.get('/auth/session');
      expect(status).toBe(200);
      expect(body).toEqual({
        sub: body.sub,
        claims: { sub: body.sub, email: 'ann@example.com' },
        createdAt: expect.any(Number),
        expiresAt: expect.any(Number),
      });
      expect(headers['cache-control']).toBe('private, no-store');
      expect(text).not.toMatch(/eyJ|refresh-/);
    });

    it('answers with null without a session', async () => {
      const { status, text, headers } = await new Browser(await start()).get('/auth/session');
      expect({ status, text }).toEqual({ status: 200, text: 'null' });
      expect(headers['content-type']).toMatch(/^application\/json/);
    });

    it('renews a session that is due', async () => {
      const browser = await loggedIn(await start());
      world.clock.advance(HOUR);
      const { body, cookies } = await browser.get('/auth/session');
      expect(body.sub).toEqual(expect.any(String));
      expect(cookies.length).toBeGreaterThan(0);
      expect(world.cognito.renewals).toBe(1);
    });

    it('clears a cookie that is none of ours', async () => {
      const browser = new Browser(await start());
      browser.jar.set(SESSION, 'x');
      expect((await browser.get('/auth/session')).text).toBe('null');
      expect(browser.jar.size).toBe(0);
    });
  });
});
