import { existsSync } from 'node:fs';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import { unfinishedRequest } from '../support/unfinished-request.js';
import { freshClone } from './fresh-clone.js';
import { removeFolder } from './packed-app.js';
import { freePort, occupyPort, StartedProgram } from './started-program.js';

jest.setTimeout(300_000);

interface LockFile {
  readonly packages: Record<string, { version?: string }>;
}

const MAIN = 'sample/01-quick-start/dist/main.js';

async function readJson(...path: string[]): Promise<unknown> {
  return JSON.parse(await readFile(join(...path), 'utf8'));
}

describe('npm start on a fresh clone', () => {
  let clone: string;

  beforeAll(async () => {
    clone = await freshClone();
  });

  afterAll(() => removeFolder(clone));

  const start = async (environment: Record<string, string> = {}) => {
    const [port, cognitoPort] = [await freePort(), await freePort()];
    const ports = { PORT: port, COGNITO_PORT: cognitoPort };
    return { port, cognitoPort, program: new StartedProgram(clone, { ...ports, ...environment }, 'npm', 'start') };
  };

  it('installs and builds what the quick start needs, which says how to use it, works, and ends at once on Ctrl-C', async () => {
    const { port, cognitoPort, program } = await start();
    try {
      await program.untilPrinted(/Ctrl-C stops everything/);
      const origin = `http://localhost:${port}`;
      for (const line of [origin, `${origin}/docs`, `http://127.0.0.1:${cognitoPort}`, 'demo@example.com']) {
        expect(program.printed).toContain(line);
      }
      expect(program.printed.match(/^ {2}(Sign up|Sign in|Who am I): +curl /gm)).toHaveLength(3);

      const post = (path: string, body: object) =>
        fetch(origin + path, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-mandate-csrf': '1', origin },
          body: JSON.stringify(body),
        });
      const ann = { username: 'ann', password: 'Correct-Horse-9', attributes: { email: 'ann@example.com' } };
      expect((await post('/auth/register', ann)).status).toBe(201);
      await program.untilPrinted(/ann@example\.com.*\d{6}/);
      const signedIn = await post('/auth/authenticate', { username: 'demo', password: 'Demo-Passw0rd' });
      const [cookie = ''] = signedIn.headers.getSetCookie();
      const me = await fetch(`${origin}/me`, { headers: { cookie: cookie.replace(/;.*/, '') } });
      expect([me.status, await me.json()]).toEqual([200, expect.objectContaining({ username: 'demo' })]);
      for (const path of ['/', '/docs', '/modules/mandate/index.js', '/modules/qr/index.js']) {
        expect({ path, status: (await fetch(origin + path)).status }).toEqual({ path, status: 200 });
      }
      await Promise.all([unfinishedRequest(Number(port)), unfinishedRequest(Number(cognitoPort))]);
    } finally {
      program.interrupt();
    }
    await program.untilEnded();

    const [, packages, megabytes] = /Installed (\d+) packages, (\d+) MB/.exec(program.printed) ?? [];
    expect(Number(packages)).toBeGreaterThan(100);
    expect(Number(megabytes)).toBeLessThan(120);
    expect(program.printed).toMatch(/Compiled mandate .*\n.*Compiled sample\/01-quick-start /);
    const tools = ['jest', 'eslint', 'typescript', 'playwright-core', 'aws-amplify', '@apollo/server', '@nestjs/cli'];
    expect(tools.filter((name) => existsSync(join(clone, 'node_modules', name)))).toEqual([]);
  });

  it('has installed the versions of the lock file', async () => {
    const locked = (await readJson(clone, 'package-lock.json')) as LockFile;
    const installed = (await readJson(clone, 'node_modules', '.package-lock.json')) as LockFile;
    const entries = Object.entries(installed.packages);
    expect(entries.length).toBeGreaterThan(100);
    expect(entries.filter(([path, { version }]) => locked.packages[path]?.version !== version)).toEqual([]);
  });

  it('installs and builds nothing the second time', async () => {
    const before = await stat(join(clone, 'dist', 'index.js'));
    const { program } = await start();
    await program.untilPrinted(/Ctrl-C stops everything/);
    program.interrupt();
    await program.untilEnded();
    expect(program.printed).toContain('Starting sample/01-quick-start');
    expect(program.printed).not.toMatch(/Install|Compil/);
    expect((await stat(join(clone, 'dist', 'index.js'))).mtimeMs).toBe(before.mtimeMs);
  });

  it('installs nothing more for the sample of another workspace whose packages are there', async () => {
    const [port, cognitoPort] = [await freePort(), await freePort()];
    const ports = { PORT: port, COGNITO_PORT: cognitoPort };
    const program = new StartedProgram(clone, ports, 'npm', 'start', '--workspace', '@mandate-sample/quick-start');
    await program.untilPrinted(/Ctrl-C stops everything/);
    program.interrupt();
    await program.untilEnded();
    expect(program.printed).not.toMatch(/Install|Compil/);
  });

  it.each([
    ['PORT', 'COGNITO_PORT'],
    ['COGNITO_PORT', 'PORT'],
  ])('says so when the port of %s is in use', async (busy, free) => {
    const { port, release } = await occupyPort();
    const environment = { [busy]: String(port), [free]: await freePort() };
    const program = new StartedProgram(clone, environment, process.execPath, MAIN);
    expect(await program.untilEnded()).toBe(1);
    await release();
    expect(program.printed).toMatch(new RegExp(`${String(port)} is in use`));
    expect(program.printed).toContain(busy);
    expect(program.printed).not.toMatch(/^\s+at /m);
  });

  it('leaves it to npm test, npm run build and npm run check to install the rest, from scratch', async () => {
    const npm = join(clone, 'not npm', 'npm-cli.js');
    await mkdir(join(clone, 'not npm'));
    await writeFile(npm, 'console.log("npm", process.argv.slice(2).join(" ")); process.exit(3);');
    for (const script of ['pretest', 'prebuild', 'precheck']) {
      const { scripts } = (await readJson(clone, 'package.json')) as { scripts: Record<string, string> };
      const [command, ...args] = (scripts[script] ?? '').split(' ');
      const program = new StartedProgram(clone, { npm_execpath: npm }, command ?? '', ...args);
      expect(await program.untilEnded()).toBe(3);
      expect(program.printed).toContain('npm ci --no-fund');
    }
  });
});

describe('npm start where it cannot install', () => {
  let clone: string;

  beforeAll(async () => {
    clone = await freshClone();
  });

  afterAll(() => removeFolder(clone));

  const start = (environment: Record<string, string>) =>
    new StartedProgram(clone, { npm_config_cache: join(clone, 'cache'), ...environment }, 'npm', 'start');
  const leftOver = () => ['node_modules', '.start/install'].filter((path) => existsSync(join(clone, path)));

  it('says that the registry cannot be reached', async () => {
    const { port, release } = await occupyPort();
    await release();
    const registry = `http://127.0.0.1:${String(port)}/`;
    const program = start({ npm_config_registry: registry, npm_config_fetch_retries: '0' });
    expect(await program.untilEnded()).toBe(1);
    expect(program.printed).toContain('The npm registry cannot be reached.');
    expect(program.printed).not.toMatch(/^\s+at /m);
    expect(leftOver()).toEqual([]);
  });

  it('leaves nothing behind when it is interrupted', async () => {
    let ask: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => {
      ask = resolve;
    });
    const silent = createServer(() => {
      ask();
    });
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    const program = start({ npm_config_registry: `http://127.0.0.1:${String(port)}/` });
    await asked;
    program.interrupt();
    expect(await program.untilEnded()).not.toBe(0);
    silent.closeAllConnections();
    await new Promise((resolve) => silent.close(resolve));
    expect(program.printed).toContain('Stopped. Nothing is installed.');
    expect(leftOver()).toEqual([]);
  });

  it('says which Node it needs to one that is too old', async () => {
    const disguise = 'data:text/javascript,Object.defineProperty(process,"version",{value:"v20.18.3"})';
    const args = ['--import', disguise, '.ci/start.mjs', 'sample/01-quick-start'];
    const program = new StartedProgram(clone, {}, process.execPath, ...args);
    expect(await program.untilEnded()).toBe(1);
    expect(program.printed).toBe(
      'This needs Node 20.19 or newer, and you have v20.18.3: https://nodejs.org/en/download\n',
    );
  });
});
