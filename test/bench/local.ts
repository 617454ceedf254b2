import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { build } from 'esbuild';

import { CognitoLocalServer } from '../interop/cognito-local-server.js';
import { succeed } from '../local/wire.js';
import { printTable } from './table.js';

/**
 * Requests a second of the embedded Cognito, in memory and with kept data, by number of users, and of cognito-local where
 * it can do the same. Every server is a process of its own; eight clients ask at once. cognito-local is measured with up
 * to 1,000 users, as it writes all of them with every change.
 */
const SIZES = [1, 1_000, 100_000];
const CLIENTS = 8;
const SPAN_MS = 1_500;
const PASSWORD = 'Correct-Horse-9';

interface Contender {
  readonly name: string;
  readonly endpoint: string;
  readonly poolId: string;
  readonly clientId: string;
  readonly pid?: number;
}

type Ask = (contender: Contender, index: number) => Promise<unknown>;

let unique = 0;

const signIn =
  (USERNAME: string): Ask =>
  ({ endpoint, clientId }) =>
    succeed(endpoint, 'InitiateAuth', {
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: clientId,
      AuthParameters: { USERNAME, PASSWORD },
    });

const asks: Readonly<Record<string, Ask>> = {
  'password sign-in': signIn('bench'),
  'alias sign-in': signIn('bench@example.com'),
  'sign-up': ({ endpoint, clientId }) =>
    succeed(endpoint, 'SignUp', {
      ClientId: clientId,
      Username: `new-${(unique += 1)}`,
      Password: PASSWORD,
      UserAttributes: [{ Name: 'email', Value: `new-${unique}@example.com` }],
    }),
  'filtered listing': ({ endpoint, poolId }) =>
    succeed(endpoint, 'ListUsers', { UserPoolId: poolId, Filter: 'email = "bench@example.com"' }),
  'whole listing, a page': ({ endpoint, poolId }) => succeed(endpoint, 'ListUsers', { UserPoolId: poolId, Limit: 20 }),
};

const rows: string[][] = [];
const bundle = await mkdtemp(join(process.cwd(), 'node_modules', '.cache-bench-'));
const server = join(bundle, 'server.mjs');
await build({
  entryPoints: ['test/bench/local-server.ts'],
  bundle: true,
  platform: 'node',
  format: 'esm',
  outfile: server,
  packages: 'external',
});

for (const size of SIZES) {
  const data = await mkdtemp(join(tmpdir(), 'mandate-bench-'));
  const memory = await measureOurs('in memory', size);
  const kept = await measureOurs('--data', size, data);
  const restarted = await startOurs(size, data);
  const megabytes = await residentMegabytes(restarted.child.pid);
  await stop(restarted.child);
  await rm(data, { recursive: true });
  const peer = size > 1_000 ? {} : await measurePeer(size);
  for (const [name, perSecond] of Object.entries(memory)) {
    const [ours, theirs] = [kept[name] ?? Number.NaN, peer[name]];
    rows.push([
      `${name}, ${size} users`,
      perSecond.toFixed(0),
      ours.toFixed(0),
      (ours / perSecond).toFixed(2),
      theirs?.toFixed(0) ?? '-',
      theirs === undefined ? '-' : (Math.min(ours, perSecond) / theirs).toFixed(1),
    ]);
  }
  rows.push([
    `start with ${size} kept users: ${restarted.milliseconds.toFixed(0)} ms, ${megabytes} MB`,
    '',
    '',
    '',
    '',
    '',
  ]);
}
await rm(bundle, { recursive: true });
printTable(['requests a second', 'in memory', '--data', 'ratio', 'cognito-local', 'times as fast'], rows);

async function startOurs(
  size: number,
  data?: string,
): Promise<{ readonly child: ChildProcess; readonly endpoint: string; readonly milliseconds: number }> {
  const child = spawn(process.execPath, [server, String(size), ...(data === undefined ? [] : [data])], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  for (;;) {
    const [, endpoint, milliseconds] = /listening: (\S+) (\S+)/.exec(output) ?? [];
    if (endpoint !== undefined) {
      return { child, endpoint, milliseconds: Number(milliseconds) };
    }
    await once(child.stdout, 'data');
  }
}

async function measureOurs(name: string, size: number, data?: string): Promise<Record<string, number>> {
  const { child, endpoint } = await startOurs(size, data);
  const perSecond = await measure({ name, endpoint, poolId: 'us-east-1_Bench0001', clientId: 'benchclient' });
  await stop(child);
  return perSecond;
}

async function measurePeer(size: number): Promise<Record<string, number>> {
  const peer = await CognitoLocalServer.start();
  const { endpoint } = peer;
  const { UserPool } = await succeed(endpoint, 'CreateUserPool', { PoolName: 'default' });
  const poolId = (UserPool as { Id: string }).Id;
  const { UserPoolClient } = await succeed(endpoint, 'CreateUserPoolClient', { UserPoolId: poolId, ClientName: 'web' });
  const clientId = (UserPoolClient as { ClientId: string }).ClientId;
  for (let index = 0; index < size; index++) {
    const name = index === 0 ? 'bench' : `user-${index}`;
    const named = { UserPoolId: poolId, Username: name };
    const UserAttributes = [{ Name: 'email', Value: `${name}@example.com` }];
    await succeed(endpoint, 'AdminCreateUser', { ...named, MessageAction: 'SUPPRESS', UserAttributes });
  }
  await succeed(endpoint, 'AdminSetUserPassword', {
    ...{ UserPoolId: poolId, Username: 'bench', Password: PASSWORD, Permanent: true },
  });
  const perSecond = await measure({ name: 'cognito-local', endpoint, poolId, clientId });
  await peer.stop();
  return perSecond;
}

async function measure(contender: Contender): Promise<Record<string, number>> {
  const perSecond: Record<string, number> = {};
  for (const [name, ask] of Object.entries(asks)) {
    try {
      await ask(contender, 0);
    } catch {
      continue;
    }
    let count = 0;
    const start = performance.now();
    const client = async (): Promise<void> => {
      while (performance.now() - start < SPAN_MS) {
        await ask(contender, count);
        count += 1;
      }
    };
    await Promise.all(Array.from({ length: CLIENTS }, client));
    perSecond[name] = (count / (performance.now() - start)) * 1000;
  }
  return perSecond;
}

async function residentMegabytes(pid: number | undefined): Promise<string> {
  const status = await readFile(`/proc/${pid ?? 0}/status`, 'utf8').catch(() => '');
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(status) ?? [];
  return kilobytes === undefined ? '?' : (Number(kilobytes) / 1024).toFixed(0);
}

async function stop(child: ChildProcess): Promise<void> {
  const closed = once(child, 'close');
  child.kill('SIGTERM');
  await closed;
}
