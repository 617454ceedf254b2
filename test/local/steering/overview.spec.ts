import type { Browser, Page } from 'playwright-core';

import { LocalCognito } from '../../../lib/testing/index.js';
import { launch } from '../../support/headless-browser.js';
import { PageInspector } from '../oauth/support/page-inspector.js';
import { succeed } from '../wire.js';
import { ANN, SteeredService } from './steered-service.js';

const HOSTILE = '<img/src=x/onerror=window.hacked=1>';
const HOSTILE_TEXT = `"><script>window.hacked=1</script>${HOSTILE}`;

let service: SteeredService;
let browser: Browser;
let page: Page;
let inspector: PageInspector;
const problems: string[] = [];
const refused: string[] = [];

beforeAll(async () => {
  service = await SteeredService.start({
    pools: [
      {
        ...{ name: 'shop', UsernameAttributes: [], clients: [{ name: 'web' }, { name: 'server', secret: true }] },
        users: [
          ANN,
          { username: HOSTILE, attributes: { name: HOSTILE_TEXT }, password: 'Correct-Horse-9', groups: [HOSTILE] },
        ],
        VerificationMessageTemplate: { EmailMessage: `${HOSTILE_TEXT} {####}`, EmailSubject: HOSTILE_TEXT },
      },
      { name: 'back room', users: [{ username: 'zoe' }] },
    ],
  });
  browser = await launch();
  inspector = await PageInspector.open(browser);
  const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
  page = await context.newPage();
  page.setDefaultTimeout(20_000);
  page.on('console', (message) => {
    if (message.type() === 'error') {
      refused.push(message.text());
    }
  });
  page.on('pageerror', (error) => refused.push(error.message));
  page.on('dialog', (dialog) => void dialog.accept());
  await page.goto(service.endpoint);
  await page.getByText('Live: what happens is shown at once.').waitFor();
});

afterAll(async () => {
  await browser.close();
  await service.cognito.stop();
});

const open = async (name: string) => {
  await page.getByRole('link', { name, exact: true }).click();
  const heading = page.getByRole('heading', { level: 2, name, exact: true });
  await heading.waitFor();
  await expect(page.locator(':focus').textContent()).resolves.toBe(name);
};
const look = async (name: string) => {
  problems.push(...(await inspector.inspect(`overview-${name}`, await page.content())));
};
const row = (text: string) => page.getByRole('listitem').filter({ hasText: text });
const said = (text: string | RegExp) => page.getByRole('status').filter({ hasText: text }).waitFor();

describe('The page at /', () => {
  it('has a policy that lets only its own script and style run, and needs the API to stay at POST', async () => {
    const { status, headers } = await fetch(service.endpoint);
    expect(status).toBe(200);
    expect(headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; script-src 'nonce-[^']+'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
    );
    expect(headers.get('x-frame-options')).toBe('DENY');
    await expect(service.call('ListUserPools', { MaxResults: 9 })).resolves.toMatchObject({ status: 200 });
    expect((await fetch(service.endpoint, { method: 'HEAD' })).status).toBe(200);
  });

  it('shows users, confirms one who signs up meanwhile, and signs one out', async () => {
    await row('ann@example.com').waitFor();
    await service.signUp('bob');
    await said('New message to bob@example.com.');
    await row('bob').getByText('UNCONFIRMED').waitFor();
    await look('users');
    await page.getByRole('button', { name: 'Confirm bob' }).click();
    await said('bob is confirmed.');
    await row('bob').getByText('CONFIRMED', { exact: true }).waitFor();
    const { AccessToken } = await service.tokens();
    await page.getByRole('button', { name: 'Sign out ann' }).click();
    await said('ann is signed out everywhere.');
    await expect(service.call('GetUser', { AccessToken })).resolves.toMatchObject({ status: 400 });
  });

  it('keeps the focus where it is while things happen', async () => {
    const button = page.getByRole('button', { name: 'Sign out ann' });
    await button.focus();
    await service.signUp('cid');
    await row('cid').waitFor();
    await expect(page.locator(':focus').getAttribute('aria-label')).resolves.toBe('Sign out ann');
  });

  it('searches and turns pages', async () => {
    for (let index = 10; index < 35; index++) {
      service.cognito
        .pool('shop')
        .createUser({ username: `user${index}`, attributes: { email: `u${index}@example.com` } });
    }
    await page.getByLabel('Search by').selectOption('email');
    await page.getByLabel('Begins with').fill('u');
    await page.getByLabel('Begins with').press('Enter');
    await said('20 users are shown.');
    await page.getByRole('button', { name: 'Next page' }).click();
    await row('u34@example.com').waitFor();
    await page.getByRole('button', { name: 'First page' }).click();
    await row('u10@example.com').waitFor();
    await page.getByLabel('Begins with').fill('"\\');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByText('No user.').waitFor();
    await page.getByLabel('Begins with').fill('');
    await page.getByRole('button', { name: 'Search' }).click();
    await row('ann@example.com').waitFor();
  });

  it('shows messages, and copies a code', async () => {
    await open('Outbox');
    await service.signUp('dan');
    const { code = '' } = service.cognito.outbox.latest() ?? {};
    await page.getByRole('button', { name: 'Copy code for dan@example.com' }).click();
    await said('The code for dan@example.com is copied.');
    await expect(page.evaluate('navigator.clipboard.readText()')).resolves.toBe(code);
    await look('outbox');
    await page.getByRole('button', { name: 'Empty the outbox' }).click();
    await page.getByText('No message yet.').waitFor();
    expect(service.cognito.outbox.all()).toEqual([]);
  });

  it('shows sign-ins as they happen', async () => {
    await open('Sign-ins');
    await service.signIn();
    await row('ann').filter({ hasText: 'active' }).waitFor();
    await look('sign-ins');
    await service.succeed('AdminUserGlobalSignOut', { UserPoolId: service.cognito.pool('shop').id, Username: 'ann' });
    await page.getByText('No sign-in.').waitFor();
  });

  it('sets the clock forward, and adds and removes a fault, by the keyboard alone', async () => {
    await open('Clock and faults');
    await page.getByLabel('Forward by').focus();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('2');
    await page.keyboard.press('Enter');
    await said('The clock is at');
    expect(service.cognito.clock.now()).toBeGreaterThan(Date.now() + 7_100_000);
    await page.getByLabel('Operation').focus();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('InitiateAuth');
    await page.keyboard.press('Enter');
    await said('The fault is added.');
    await row('InitiateAuth').getByText('1 left').waitFor();
    await look('tests');
    await expect(service.signIn()).resolves.toMatchObject({ status: 500 });
    await page.getByText('No fault.').waitFor();
    await page.getByLabel('Operation').fill('Nothing');
    await page.keyboard.press('Enter');
    await said(/^"operation" must be an operation of the API/);
    await page.getByLabel('Operation').fill('*');
    await page.getByLabel('What happens').selectOption('delay');
    await page.getByLabel('Times').fill('');
    await page.getByRole('button', { name: 'Add the fault' }).click();
    await row('delay 2000').getByText('until removed').waitFor();
    await page.getByRole('button', { name: 'Remove fault *, delay 2000' }).click();
    await said('The fault is removed.');
    expect(service.cognito.faults.list()).toEqual([]);
  });

  it('shows the pool, and a secret only when asked', async () => {
    await open('Pool');
    const secret = page.getByText(service.cognito.pool('shop').client('server').secret ?? '');
    await page.getByText('Secret of server').waitFor();
    await expect(secret.isVisible()).resolves.toBe(false);
    await page.getByText('Secret of server').click();
    await secret.waitFor();
    await look('pool');
    await page.getByLabel('User pool').selectOption({ index: 1 });
    await open('Users');
    await row('zoe').waitFor();
    await page.getByLabel('User pool').selectOption({ index: 0 });
  });

  it('shows hostile values as the text that they are', async () => {
    await row(HOSTILE).first().waitFor();
    await page.getByText(`Attributes of ${HOSTILE}`).click();
    await page.getByText(HOSTILE_TEXT).first().waitFor();
    await look('hostile');
    await open('Groups');
    await row(HOSTILE).waitFor();
    await open('Outbox');
    await service.signUp('eve');
    await page.locator('pre').filter({ hasText: HOSTILE_TEXT }).waitFor();
    await open('Clock and faults');
    service.cognito.faults.add({ operation: 'GetUser', status: 500, message: HOSTILE_TEXT });
    await row(HOSTILE_TEXT).waitFor();
    await expect(page.evaluate('window.hacked')).resolves.toBeUndefined();
    await expect(page.locator('main img, main script').count()).resolves.toBe(0);
  });

  it('resets everything when that is confirmed', async () => {
    await page.getByRole('button', { name: 'Reset everything' }).click();
    await said('Everything is as it was at the start.');
    await open('Users');
    await row('ann@example.com').waitFor();
    await expect(row('bob').count()).resolves.toBe(0);
    expect(service.cognito.outbox.all()).toEqual([]);
  });

  it('says that there is no pool, until there is one', async () => {
    const empty = await LocalCognito.start({ pools: [] });
    const other = await browser.newPage();
    await other.goto(empty.endpoint);
    const none = other.getByText('There is no user pool yet. Create one with the operation CreateUserPool.');
    await none.waitFor();
    await expect(other.getByLabel('User pool').isVisible()).resolves.toBe(false);
    await expect(other.getByRole('heading', { level: 2 }).count()).resolves.toBe(0);
    problems.push(...(await inspector.inspect('overview-no-pool', await other.content())));
    await succeed(empty.endpoint, 'CreateUserPool', { PoolName: 'first' });
    await other.getByRole('heading', { level: 2, name: 'Users' }).waitFor();
    await none.waitFor({ state: 'hidden' });
    await expect(other.getByLabel('User pool').textContent()).resolves.toMatch(/^first \(us-east-1_/);
    await other.close();
    await empty.stop();
  });

  it('is accessible on a phone and a desktop, light and dark, and breaks no policy', () => {
    expect(problems).toEqual([]);
    // The one refused fault is what the test typed wrong.
    expect(refused.filter((text) => !text.includes('status of 400'))).toEqual([]);
  });
});
