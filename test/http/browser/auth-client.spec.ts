import type { Page } from 'playwright-core';

import { totpCode, totpStep } from '../../../lib/protocol/totp.js';
import { openPasskeyPage, type PasskeyPage } from '../../support/headless-browser.js';
import { AuthClientApp } from './support/auth-client-app.js';

const PASSWORD = 'Correct-Horse-9';

/** The client is bundled, loaded by a script element, and called in the page. */
describe('the client of the auth API in a real browser', () => {
  let app: AuthClientApp;
  let browser: PasskeyPage;
  let page: Page;

  beforeAll(async () => {
    app = await AuthClientApp.start();
  });

  afterAll(() => app.stop());

  beforeEach(async () => {
    browser = await openPasskeyPage();
    ({ page } = browser);
    await open(page);
  });

  afterEach(() => browser.close());

  const open = async (tab: Page) => {
    tab.setDefaultTimeout(20_000);
    await tab.goto(app.origin);
    await tab.waitForFunction('window.auth !== undefined');
  };
  const run = async <Result = unknown>(code: string, tab = page): Promise<Result> =>
    tab.evaluate(`(async () => {
      try { return await (async () => { ${code} })(); }
      catch ({ code, status }) { return { code, status }; }
    })()`);
  const ends = async (tab = page) => tab.evaluate('window.ends');
  const signUp = async (username: string) => {
    const email = `${username}@example.com`;
    const credentials = JSON.stringify({ username, password: PASSWORD });
    await run(`await auth.register({ ...${credentials}, attributes: { email: '${email}' } })`);
    const confirmation = JSON.stringify({ username, code: app.code(email) });
    expect(await run(`return auth.confirmSignUp(${confirmation})`)).toEqual({ status: 'CONFIRMED' });
    return credentials;
  };
  const signIn = async (credentials: string, tab = page) => {
    expect(await run(`return auth.signIn(${credentials})`, tab)).toMatchObject({ status: 'AUTHENTICATED' });
  };

  it('signs up and in with no token in reach of a script, and calls the API of the application', async () => {
    expect(await run('return auth.session()')).toBeNull();
    const credentials = await signUp('ann');
    expect(await run(`return auth.signIn({ username: 'ann', password: 'wrong' })`)).toMatchObject({
      code: 'CREDENTIALS_INVALID',
      status: 401,
    });
    const outcome = await run<{ session: { sub: string } }>(`return auth.signIn(${credentials})`);
    expect(Object.keys(outcome).sort()).toEqual(['isNewDevice', 'session', 'status']);
    expect(JSON.stringify(outcome)).not.toMatch(/eyJ/);
    expect(await page.evaluate('document.cookie')).toBe('');
    expect(await run(`return (await auth.fetch('/orders')).json()`)).toEqual({ of: 'ann' });
    expect(await run('return auth.session()')).toMatchObject({ sub: outcome.session.sub });
    expect(await run(`return auth.getUser()`)).toMatchObject({ username: 'ann' });
    const updated = await run<object>(
      `await auth.updateProfile({ attributes: { nickname: 'Annie' } }); return auth.getUser()`,
    );
    expect(updated).toMatchObject({ attributes: { nickname: 'Annie' } });
  });

  it('reports a sign-out once in each of two tabs, and again after the next sign-in', async () => {
    const credentials = await signUp('bob');
    const other = await page.context().newPage();
    await open(other);
    await signIn(credentials);
    expect(await run('return auth.getUser()', other)).toMatchObject({ username: 'bob' });
    await run('await auth.logout()');
    await other.waitForFunction('window.ends.length > 0');
    expect(await run('return auth.getUser()', other)).toMatchObject({ status: 401 });
    expect(await run(`return (await auth.fetch('/orders')).status`)).toBe(401);
    expect([await ends(), await ends(other)]).toEqual([['signed-out'], ['signed-out']]);

    await signIn(credentials, other);
    await run('await auth.getUser()');
    await page.context().clearCookies();
    expect(await run('return auth.getUser()')).toMatchObject({ status: 401 });
    await other.waitForFunction('window.ends.length > 1');
    expect(await run('return auth.getUser()', other)).toMatchObject({ status: 401 });
    expect([await ends(), await ends(other)]).toEqual([
      ['signed-out', 'expired'],
      ['signed-out', 'expired'],
    ]);
  });

  it('sets up an authenticator app, and asks again after a wrong code', async () => {
    await signIn(await signUp('eve'));
    const { secretCode } = await run<{ secretCode: string }>('return auth.mfa.associateSoftwareToken()');
    const code = () => totpCode(secretCode, totpStep(app.now()));
    expect(await run(`return auth.mfa.verifySoftwareToken({ code: '${code()}' })`)).toBeUndefined();
    await run('await auth.logout()');
    // A code works once.
    app.skip(30_000);
    await page.exposeFunction('codeFor', (error: string | undefined) => (error === undefined ? '000000' : code()));
    const found = await run(`
      const asked = [];
      const outcome = await auth.signIn({ username: 'eve', password: '${PASSWORD}' }, {
        onChallenge: async (challenge) => {
          asked.push([challenge.name, challenge.error?.code ?? null]);
          return challenge.answer({ code: await codeFor(challenge.error?.code) });
        },
      });
      return { asked, status: outcome.status };`);
    expect(found).toEqual({
      asked: [
        ['SOFTWARE_TOKEN_MFA', null],
        ['SOFTWARE_TOKEN_MFA', 'CODE_MISMATCH'],
      ],
      status: 'AUTHENTICATED',
    });
  });

  it('registers a passkey, signs in with it, and deletes it', async () => {
    await signIn(await signUp('zoe'));
    expect(await run('return auth.passkeys.register()')).toBeUndefined();
    expect(await browser.passkeys()).toHaveLength(1);
    expect(await run('return auth.passkeys.register()')).toMatchObject({ code: 'PASSKEY_EXISTS', status: 0 });
    await run('await auth.logout()');
    const passkey = `{ username: 'zoe', flow: 'USER_AUTH', preferredChallenge: 'WEB_AUTHN' }`;
    await signIn(passkey);
    expect(await run('return auth.getUser()')).toMatchObject({ username: 'zoe' });

    await run('await auth.logout()');
    await browser.refuse();
    expect(await run(`return auth.signIn(${passkey})`)).toMatchObject({ code: 'PASSKEY_CANCELLED', status: 0 });
    await signIn(JSON.stringify({ username: 'zoe', password: PASSWORD }));
    const [passkeyOfZoe] = await run<{ credentialId: string }[]>('return auth.passkeys.list()');
    await run(`await auth.passkeys.delete({ credentialId: '${passkeyOfZoe?.credentialId ?? ''}' })`);
    expect(await run('return auth.passkeys.list()')).toEqual([]);
  });
});
