import type { INestApplication } from '@nestjs/common';

import { Browser, OWN_ORIGIN, OWN_PAGE } from '../support/browser.js';
import { createWorld, signedIn, startSessionApp, type World } from '../support/session-app.js';

const LISTED = 'https://admin.example.com';
const HEADER = { 'x-mandate-csrf': '1' };

type Headers = Record<string, string>;

describe.each(['express', 'fastify'] as const)('cross-site request forgery on %s', (platform) => {
  let world: World;
  let app: INestApplication;
  let browser: Browser;

  const start = async (csrf?: object | null) => {
    app = await startSessionApp(platform, world, { session: csrf === undefined ? {} : { csrf } });
    browser = await signedIn(app);
  };
  const change = async (headers: Headers, body?: object | string) => {
    const answer = await browser.post('/change', { headers, ...(body !== undefined && { body }) });
    return answer.status === 201 ? 'allowed' : `${String(answer.status)} ${String(answer.body.code)}`;
  };
  const REFUSED = '403 CSRF_CHECK_FAILED';

  beforeEach(async () => {
    world = await createWorld();
  });

  afterEach(() => app.close());

  it.each<[string, Headers]>([
    ['a page of its own', OWN_PAGE],
    ['a page of its own that sends no Origin', { ...HEADER, 'sec-fetch-site': 'same-origin' }],
    ['a page of its own without a referrer', { ...HEADER, 'sec-fetch-site': 'same-origin', origin: 'null' }],
    ['a page of its own in an older browser', { ...HEADER, origin: OWN_ORIGIN }],
  ])('allows %s', async (_, headers) => {
    await start();
    expect(await change(headers)).toBe('allowed');
  });

  it.each<[string, Headers, string?]>([
    [
      'a form of another site',
      { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', origin: 'https://evil.example' },
    ],
    ['a script of another site', { ...HEADER, 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
    ['a script of another site in an older browser', { ...HEADER, origin: 'https://evil.example' }],
    ['a sibling domain', { ...HEADER, 'sec-fetch-site': 'same-site', origin: 'https://shop.example.com' }],
    ['a sibling domain that sends no Origin', { ...HEADER, 'sec-fetch-site': 'same-site' }],
    ['the same host over http', { ...HEADER, origin: 'http://app.example.com' }],
    ['another port', { ...HEADER, origin: `${OWN_ORIGIN}:8443` }],
    ['a null Origin', { ...HEADER, origin: 'null' }],
    ['neither header', HEADER],
    ['a missing static header', { 'sec-fetch-site': 'same-origin', origin: OWN_ORIGIN }],
    ['another value of the static header', { ...OWN_PAGE, 'x-mandate-csrf': '0' }],
    ['several values of the static header', { ...OWN_PAGE, 'x-mandate-csrf': '1, 1' }],
    ['text/plain from another site', { 'sec-fetch-site': 'cross-site', 'content-type': 'text/plain' }],
    ['an address that was typed', { ...HEADER, 'sec-fetch-site': 'none' }],
    ['an unknown value', { ...HEADER, 'sec-fetch-site': 'same-origin, cross-site', origin: OWN_ORIGIN }],
    ['an origin that only begins like it', { ...HEADER, origin: `${OWN_ORIGIN}.evil.example` }],
  ])('refuses %s', async (_, headers) => {
    await start();
    expect(await change(headers)).toBe(REFUSED);
  });

  it('reads with any header', async () => {
    await start();
    expect((await browser.get('/me', { headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(200);
  });

  it('lets a bearer token pass, also beside a cookie', async () => {
    await start();
    const authorization = `Bearer ${world.issuer.signToken()}`;
    expect(await change({ authorization, 'sec-fetch-site': 'cross-site' })).toBe('allowed');
    browser.jar.clear();
    expect(await change({ authorization })).toBe('allowed');
  });

  it('allows a listed origin on the same site, and no other', async () => {
    await start({ origins: [LISTED] });
    expect(await change({ ...HEADER, 'sec-fetch-site': 'same-site', origin: LISTED })).toBe('allowed');
    expect(await change({ ...HEADER, origin: LISTED })).toBe('allowed');
    expect(await change({ ...HEADER, 'sec-fetch-site': 'cross-site', origin: LISTED })).toBe(REFUSED);
    expect(await change({ ...HEADER, 'sec-fetch-site': 'same-site', origin: 'https://x.example.com' })).toBe(REFUSED);
  });

  it('takes another header', async () => {
    await start({ header: 'X-Requested-By' });
    expect(await change({ 'x-requested-by': '1', 'sec-fetch-site': 'same-origin' })).toBe('allowed');
    expect(await change(OWN_PAGE)).toBe(REFUSED);
  });

  it('is off with null only', async () => {
    await start(null);
    expect(await change({ 'sec-fetch-site': 'cross-site' })).toBe('allowed');
  });

  it('says nothing to a caller without a session', async () => {
    await start();
    browser.jar.clear();
    expect(await change({ 'sec-fetch-site': 'cross-site' })).toBe('401 TOKEN_MISSING');
  });

  describe('with tokens for forms', () => {
    const FORM = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' };
    const COOKIE = '__Host-mandate-csrf';

    beforeEach(() => start({ doubleSubmit: true }));

    it('sets a cookie that scripts can read, and deletes it with the session', async () => {
      const { cookies } = await new Browser(app).post('/sign-in', { body: { username: 'bob' } });
      const cookie = cookies.find(({ name }) => name === COOKIE);
      expect(cookie?.attributes).toEqual(['Path=/', expect.stringMatching(/^Max-Age=/), 'Secure', 'SameSite=Strict']);
      expect((await browser.get('/peek')).body.csrf).toBe(browser.jar.get(COOKIE));
      await browser.post('/sign-out', { headers: OWN_PAGE });
      expect(browser.jar.size).toBe(0);
    });

    it('accepts the token in a form field and in the header', async () => {
      const token = browser.jar.get(COOKIE) ?? '';
      expect(await change(FORM, `_csrf=${token}`)).toBe('allowed');
      expect(await change({ 'sec-fetch-site': 'same-origin', 'x-mandate-csrf': token })).toBe('allowed');
      expect(await change(OWN_PAGE)).toBe('allowed');
    });

    it('refuses another token, that of another session, and any from another site', async () => {
      const token = browser.jar.get(COOKIE) ?? '';
      const other = (await signedIn(app, 'bob')).jar.get(COOKIE) ?? '';
      expect(other).not.toBe(token);
      for (const value of ['', 'x', other, token.slice(1)]) {
        expect(await change(FORM, `_csrf=${value}`)).toBe(REFUSED);
      }
      expect(await change(FORM, `_csrf=${token}&_csrf=${token}`)).toBe(REFUSED);
      expect(await change({ ...FORM, 'sec-fetch-site': 'cross-site' }, `_csrf=${token}`)).toBe(REFUSED);
    });
  });
});
