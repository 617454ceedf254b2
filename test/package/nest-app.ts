import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { root, run, writeFiles } from './packed-app.js';
import { freePort, StartedProgram } from './started-program.js';

const QUICK = ['--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'];

/** Creates an application with `nest new` of a version of the Nest CLI, without its packages. */
export async function nestNew(version: 11 | 12): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'mandate-nest-'));
  const cli = version === 12 ? root : await installedCli(folder);
  const nest = join(cli, 'node_modules', '@nestjs', 'cli', 'bin', 'nest.js');
  const options = ['--skip-git', '--skip-install', '--package-manager', 'npm'];
  await run(folder, process.execPath, nest, 'new', 'app', ...options, ...(version === 12 ? ['--no-observe'] : []));
  return join(folder, 'app');
}

async function installedCli(folder: string): Promise<string> {
  const cli = join(folder, 'cli');
  await writeFiles(cli, { 'package.json': '{"private":true}' });
  await npm(cli, 'install', ...QUICK, '@nestjs/cli@11');
  return cli;
}

/** Installs the packages of an application, and others besides. */
export async function installWith(app: string, ...packages: string[]): Promise<void> {
  await npm(app, 'install', ...QUICK, ...packages);
}

export async function npm(app: string, ...args: string[]): Promise<string> {
  return run(app, 'npm', ...args);
}

/** The text of each file of an application, without its packages and what is compiled. */
export async function filesOf(app: string): Promise<Record<string, string>> {
  const paths = (await readdir(app, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(app.length + 1))
    .filter((path) => !/^(?:node_modules|dist)\b/.test(path));
  return Object.fromEntries(
    await Promise.all(paths.map(async (path) => [path, await readFile(join(app, path), 'utf8')] as const)),
  );
}

/** What a user sees of an application that runs beside `mandate local`. */
export interface FirstSteps {
  readonly open: number;
  readonly anonymous: number;
  readonly registered: number;
  readonly confirmed: number;
  readonly signedIn: number;
  readonly me: unknown;
  /** The output of `mandate doctor`. */
  readonly doctor: string;
}

/** Starts an embedded Cognito and the compiled application, and signs up, confirms, signs in, and asks who it is. */
export async function goThroughFirstSteps(app: string, delivery: 'body' | 'cookie'): Promise<FirstSteps> {
  const [port, cognitoPort] = [await freePort(), await freePort()];
  const endpoint = `http://127.0.0.1:${cognitoPort}`;
  const environment = { PORT: port, COGNITO_ENDPOINT: endpoint, COGNITO_ISSUER: `${endpoint}/us-east-1_Local0001` };
  const mandate = join('node_modules', '.bin', 'mandate');
  const cognito = new StartedProgram(app, {}, mandate, 'local', '--port', cognitoPort);
  const server = new StartedProgram(app, environment, process.execPath, join('dist', 'main.js'));
  try {
    await Promise.all([cognito.untilPrinted(/mandate local: /), server.untilListening(port)]);
    const walk = await signUpAndIn(`http://127.0.0.1:${port}`, cognito, delivery);
    const doctor = await run(
      app,
      process.execPath,
      mandate,
      'doctor',
      '--endpoint',
      endpoint,
      '--issuer',
      environment.COGNITO_ISSUER,
    );
    return { ...walk, doctor };
  } finally {
    cognito.interrupt();
    server.interrupt();
    await Promise.all([cognito.untilEnded(), server.untilEnded()]);
  }
}

async function signUpAndIn(
  origin: string,
  cognito: StartedProgram,
  delivery: 'body' | 'cookie',
): Promise<Omit<FirstSteps, 'doctor'>> {
  // What a page of the application sends; the origin is that of .env.
  const own = { 'content-type': 'application/json', origin: 'http://localhost:3000', 'x-mandate-csrf': '1' };
  const post = (path: string, body: object) =>
    fetch(`${origin}${path}`, { method: 'POST', headers: own, body: JSON.stringify(body) });
  const eve = { username: 'eve', password: 'Correct-Horse-9' };

  const open = await fetch(origin);
  const anonymous = await fetch(`${origin}/me`);
  const registered = await post('/auth/register', { ...eve, attributes: { email: 'eve@example.com' } });
  await cognito.untilPrinted(/confirmation code is \d{6}/);
  const [, code = ''] = /confirmation code is (\d{6})/.exec(cognito.printed) ?? [];
  const confirmed = await post('/auth/confirm', { username: 'eve', code });
  const signedIn = await post('/auth/authenticate', eve);
  const body = (await signedIn.json()) as { tokens?: { accessToken: string } };
  const cookies = signedIn.headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '');
  const me = await fetch(`${origin}/me`, {
    headers:
      delivery === 'cookie'
        ? { cookie: cookies.join('; ') }
        : { authorization: `Bearer ${body.tokens?.accessToken ?? 'none'}` },
  });
  return {
    open: open.status,
    anonymous: anonymous.status,
    registered: registered.status,
    confirmed: confirmed.status,
    signedIn: signedIn.status,
    me: await me.json(),
  };
}
