import type { LocalCognito } from 'mandate/testing';
import type { Server } from 'node:http';
import { join } from 'node:path';

import { freePort } from '../../../test/e2e/support/free-port.js';
import { StartedProgram } from '../../../test/package/started-program.js';
import { openPasskeyPage, type PasskeyPage } from '../../../test/support/headless-browser.js';
import { describeWithRedis, RedisServer } from '../../../test/support/redis-server.js';
import { DEMO_USER, environmentOf, startEmbeddedCognito } from '../src/embedded-cognito.js';
import { loadBalancer } from '../src/load-balancer.js';

const ROOT = join(__dirname, '../../..');

/** A service of the sample in its own process, as a deployment starts it. */
class Service {
  private constructor(
    private readonly program: StartedProgram,
    readonly url: string,
  ) {}

  static async start(file: string, environment: Record<string, string>): Promise<Service> {
    const source = join(__dirname, '../src', file);
    const loader = ['--import', '@swc-node/register/esm-register'];
    const program = new StartedProgram(ROOT, { ...environment, PORT: '0' }, process.execPath, ...loader, source);
    await program.untilPrinted(/is at http\S+\n/);
    return new Service(program, /is at (\S+)\n/.exec(program.printed)?.[1] ?? '');
  }

  /** Sends Ctrl-C. @returns the exit code. */
  async stop(): Promise<number | null> {
    this.program.interrupt();
    return this.program.untilEnded();
  }
}

describeWithRedis('the SPA sample with two instances behind one address', () => {
  const started: { stop(): Promise<unknown> }[] = [];
  let redis: RedisServer;
  let cognito: LocalCognito;
  let balancer: Server;
  let origin: string;
  let browser: PasskeyPage;

  beforeAll(async () => {
    const port = await freePort();
    origin = `http://localhost:${String(port)}`;
    started.push((redis = await RedisServer.start()), (cognito = await startEmbeddedCognito(origin)));
    const environment = { ...environmentOf(cognito, origin), REDIS_URL: redis.url, SESSION_SECRET: 's'.repeat(32) };
    const reports = await Service.start('reports/main.ts', environment);
    started.push(reports);
    const settings = { ...environment, REPORTS_URL: reports.url };
    const instances = [
      await Service.start('instance.ts', { ...settings, INSTANCE: 'one' }),
      await Service.start('instance.ts', { ...settings, INSTANCE: 'two' }),
    ];
    started.push(...instances);
    balancer = loadBalancer(instances.map(({ url }) => url));
    await new Promise<void>((resolve) => balancer.listen(port, '127.0.0.1', resolve));
  }, 90_000);

  afterAll(async () => {
    balancer.close();
    balancer.closeAllConnections();
    // Whatever the state: a process that still runs would keep this one from exiting.
    const ends = await Promise.all(started.reverse().map(async (each) => each.stop()));
    expect(ends.filter((exitCode) => typeof exitCode === 'number')).toEqual([0, 0, 0]);
  });

  beforeEach(async () => {
    browser = await openPasskeyPage();
    browser.page.setDefaultTimeout(20_000);
    await browser.page.goto(origin);
    await browser.page.getByRole('link', { name: 'Sign in' }).click();
    await browser.page.getByLabel('Email address').fill(DEMO_USER.username);
    await browser.page.getByLabel('Password').fill(DEMO_USER.password);
    await browser.page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await browser.page.getByText(`Signed in as ${DEMO_USER.username}`).waitFor();
  });

  afterEach(async () => browser.close());

  /** Which instances answered so many requests of the page. */
  async function answers(requests: number): Promise<(string | number)[]> {
    return browser.page.evaluate(async (count) => {
      const found: (string | number)[] = [];
      for (let i = 0; i < count; i++) {
        const response = await fetch('/me');
        found.push(response.ok ? ((await response.json()) as { answeredBy: string }).answeredBy : response.status);
      }
      return found;
    }, requests);
  }

  it('has one session on both instances, and a small cookie', async () => {
    expect(new Set(await answers(4))).toEqual(new Set(['one', 'two']));
    expect(await browser.page.evaluate('document.cookie')).toBe('');
    const cookies = (await browser.page.context().cookies(origin)).filter(({ name }) => name.includes('mandate'));
    expect(cookies).toEqual([expect.objectContaining({ httpOnly: true, sameSite: 'Strict' })]);
    expect(cookies[0]?.value.length).toBeLessThan(200);
  });

  it('calls the other service for the user', async () => {
    const placed = async () => Number(await browser.page.locator('#orders', { hasText: /\d/ }).innerText());
    const before = await placed();
    await browser.page.getByRole('button', { name: 'Place an order' }).click();
    await browser.page.locator('#orders', { hasText: String(before + 1) }).waitFor();
    expect(await placed()).toBe(before + 1);
  });

  it('ends the session on both instances at once', async () => {
    const other = await browser.page.context().newPage();
    await other.goto(origin);
    await other.getByText(`Signed in as ${DEMO_USER.username}`).waitFor();
    await browser.page.getByRole('button', { name: 'Sign out' }).click();
    await browser.page.getByText('You are not signed in.').waitFor();
    expect(await answers(4)).toEqual([401, 401, 401, 401]);
    await other.getByRole('button', { name: 'Place an order' }).click();
    await other.getByText('You are signed out.').waitFor();
  });

  it('answers 503 while Redis is gone, and keeps the session', async () => {
    redis.freeze();
    try {
      expect(await answers(1)).toEqual([503]);
    } finally {
      redis.thaw();
    }
    // Both instances ask Redis again after a moment.
    let found = await answers(2);
    while (found.includes(503)) {
      found = await answers(2);
    }
    expect(new Set(found)).toEqual(new Set(['one', 'two']));
  });
});
