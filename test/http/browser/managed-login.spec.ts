import Keyv from 'keyv';
import type { Browser, BrowserContext, Page } from 'playwright-core';

import { PASSWORD } from '../../local/oauth/support/oauth-service.js';
import { launch } from '../../support/headless-browser.js';
import { ManagedLoginApp } from './support/managed-login-app.js';

const SECRETS = /[?&](code|state)=/;
/** More than one cookie holds. */
const LARGE = { keep: ['email', 'idToken'] };
/** Both platforms, and both ways to keep a session. */
const KINDS = [
  ['express', 'sealed'],
  ['fastify', 'stored'],
] as const;

describe.each(KINDS)('managed login in a real browser, on %s with a %s session', (platform, kind) => {
  let browser: Browser;
  let app: ManagedLoginApp;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    app = await ManagedLoginApp.start(platform, kind === 'stored' ? { store: new Keyv() } : LARGE);
    browser = await launch();
  });

  afterAll(async () => {
    await browser.close();
    await app.stop();
  });

  beforeEach(async () => {
    context = await browser.newContext({ locale: 'en-GB' });
    context.setDefaultTimeout(20_000);
    page = await context.newPage();
    app.seen.length = 0;
  });

  afterEach(() => context.close());

  const goTo = async (path: string, tab = page) => tab.goto(app.origin + path);
  const see = (text: string, tab = page) => tab.getByText(text).waitFor();
  const type = async (tab = page) => {
    await tab.getByLabel('Username').fill('ann');
    await tab.getByLabel('Password').fill(PASSWORD);
  };
  const press = (name: string, tab = page) => tab.getByRole('button', { name, exact: true }).click();
  const signIn = async (path = '/auth/login?returnTo=/orders') => {
    await goTo(path);
    await type();
    await press('Sign in');
    await see('Signed in as ann@example.com');
  };
  const cookies = async () => (await context.cookies(app.origin)).filter(({ name }) => name.includes('mandate'));
  const loginCookies = async () => (await cookies()).filter(({ name }) => name.includes('-login-'));
  const statusOf = (path: string, tab = page) => tab.evaluate(`fetch('${path}').then(({ status }) => status)`);
  /** Every address that the tab could go back to. */
  const history = async () => {
    const devTools = await context.newCDPSession(page);
    return (await devTools.send('Page.getNavigationHistory')).entries.map(({ url }) => url);
  };

  it('keeps every cookie from scripts and other sites, the one of the session strictly', async () => {
    await goTo('/auth/login?returnTo=/orders');
    await page.getByLabel('Username').waitFor();
    const shared = { path: '/', domain: 'localhost', secure: true, httpOnly: true };
    expect(await cookies()).toEqual([
      expect.objectContaining({
        ...shared,
        name: expect.stringMatching(/^__Host-Http-mandate-login-[\w-]{16}$/),
        sameSite: 'Lax',
      }),
    ]);
    const [transaction] = await cookies();
    expect((transaction?.expires ?? 0) - Date.now() / 1000).toBeLessThanOrEqual(600);
    await type();
    await press('Sign in');
    await see('Signed in as ann@example.com');

    const session = await cookies();
    expect(session.map(({ name }) => name.replace(/\.\d$/, ''))).toEqual(session.map(() => '__Host-Http-mandate'));
    expect(session.length).toBe(kind === 'stored' ? 1 : 2);
    for (const cookie of session) {
      expect(cookie).toMatchObject({ ...shared, sameSite: 'Strict' });
    }
    expect(await page.evaluate('document.cookie')).toBe('');
  });

  it('shows the first page, which the server renders, with the session, and tells no page of the code', async () => {
    await signIn();
    expect(page.url()).toBe(`${app.origin}/orders`);
    expect(await page.evaluate('document.referrer')).toBe('');
    const [callback] = app.asked('/auth/callback');
    expect(callback?.url).toMatch(SECRETS);
    await page.getByRole('link', { name: 'Orders' }).click();
    await see('Signed in as');
    const next = app.seen.filter(({ url }) => !url.startsWith('/auth/callback'));
    expect(next.filter(({ headers, url }) => SECRETS.test(headers.referer ?? '') || SECRETS.test(url))).toEqual([]);
    expect((await history()).filter((url) => url.startsWith(app.origin) && SECRETS.test(url))).toEqual([]);
  });

  it('lets two tabs sign in at once', async () => {
    const other = await context.newPage();
    await goTo('/auth/login?returnTo=/orders');
    await goTo('/auth/login?returnTo=/bye', other);
    await type();
    await type(other);
    expect(await loginCookies()).toHaveLength(2);
    await Promise.all([press('Sign in'), press('Sign in', other)]);
    await see('Signed in as', other);
    await see('Signed in as');
    expect([page.url(), other.url()]).toEqual([`${app.origin}/orders`, `${app.origin}/bye`]);
    expect(await loginCookies()).toEqual([]);
    expect(await statusOf('/me')).toBe(200);
    expect(await statusOf('/me', other)).toBe(200);
  });

  it('stays signed in when the callback is opened again', async () => {
    await signIn();
    const before = await cookies();
    const [callback] = app.asked('/auth/callback');
    await goTo(callback?.url ?? '');
    expect(page.url()).toBe(`${app.origin}/`);
    await see('Signed in as');
    expect(await cookies()).toEqual(before);
  });

  it('stays signed in when the user goes back to the pages of Cognito', async () => {
    await goTo('/');
    await page.getByRole('link', { name: 'Sign in' }).click();
    await type();
    await press('Sign in');
    await see('Signed in as');
    const before = await cookies();
    await page.goBack();
    await page.getByRole('button', { name: 'Continue as ann@example.com' }).waitFor();
    expect(await cookies()).toEqual(before);
    await press('Continue as ann@example.com');
    await see('Signed in as');
    expect(page.url()).toBe(`${app.origin}/`);
    expect(await cookies()).toEqual(before);
    expect((await history()).filter((url) => url.startsWith(app.origin) && SECRETS.test(url))).toEqual([]);
  });

  it('starts nothing for a prefetch', async () => {
    await goTo('/');
    const answer = page.waitForResponse(`${app.origin}/auth/login`);
    await page.evaluate(`document.head.insertAdjacentHTML('beforeend', '<link rel="prefetch" href="/auth/login">')`);
    expect((await answer).status()).toBe(204);
    const [asked] = app.asked('/auth/login');
    expect(asked?.headers['sec-purpose']).toBe('prefetch');
    expect(await cookies()).toEqual([]);
  });

  it.each(['by the clock of the server', 'by the browser'])(
    'shows a way on when a sign-in took too long, %s',
    async (by) => {
      await goTo('/auth/login?returnTo=/orders');
      await type();
      if (by === 'by the browser') {
        await context.clearCookies({ name: /-login-/ });
      } else {
        app.skip(10 * 60_000);
      }
      await press('Sign in');
      await see('took too long');
      app.skip(by === 'by the browser' ? 0 : -10 * 60_000);
      expect(await cookies()).toEqual([]);
      expect(await page.content()).not.toMatch(/[?&;](code|state)=/);
      await page.getByRole('link', { name: 'Sign in again' }).click();
      await see('Signed in as');
    },
  );

  it('ends the session in every tab', async () => {
    await signIn();
    const other = await context.newPage();
    await goTo('/orders', other);
    expect(await statusOf('/me', other)).toBe(200);
    await press('Sign out');
    await see('Nobody is signed in');
    expect(page.url()).toBe(`${app.origin}/bye`);
    expect(await cookies()).toEqual([]);
    expect(await statusOf('/me', other)).toBe(401);
    // The session at Cognito's pages has ended too.
    await goTo('/auth/login');
    await page.getByLabel('Password').waitFor();
  });

  it('lets no other site sign a user out', async () => {
    await signIn();
    await context.route('http://evil.example/', (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<form method="post" action="${app.origin}/auth/logout"><button>Win</button></form>`,
      }),
    );
    await page.goto('http://evil.example/');
    await press('Win');
    await see('CSRF_CHECK_FAILED');
    await goTo('/orders');
    await see('Signed in as');
  });

  it('answers a silent sign-in of nobody once, and signs in silently who is known at Cognito', async () => {
    await goTo('/auth/login?prompt=none&returnTo=/orders');
    await see('The sign-in did not succeed');
    expect(app.asked('/auth/callback').map(({ url }) => new URL(url, app.origin).searchParams.get('error'))).toEqual([
      'login_required',
    ]);
    expect(app.asked('/auth/login')).toHaveLength(1);
    expect(await cookies()).toEqual([]);
    await page.getByRole('link', { name: 'Sign in again' }).click();
    await type();
    await press('Sign in');
    await see('Signed in as');
    await context.clearCookies({ name: /mandate/ });
    await goTo('/auth/login?prompt=none&returnTo=/orders');
    await see('Signed in as');
    expect(page.url()).toBe(`${app.origin}/orders`);
  });
});
