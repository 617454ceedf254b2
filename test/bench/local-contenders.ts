import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { CognitoLocalServer } from '../interop/cognito-local-server.js';
import { send, type Target } from './local-client.js';

export const BENCH_USER = { username: 'bench', email: 'bench@example.com', password: 'Correct-Horse-9' } as const;

/** The name of the server to compare with. */
export const PEER = 'cognito-local';

/** A server with a number of users, in a process of its own. */
export interface Contender extends Target {
  readonly name: string;
  /** Milliseconds from the start of its process until it has read its users and listens. */
  readonly startMilliseconds: number;
  readonly pid: number | undefined;
  stop(): Promise<void>;
}

/** How the embedded Cognito keeps its users. */
export interface Keeping {
  readonly name: string;
  /** Default: in memory only. */
  readonly directory?: string;
  /** Whether writes skip fsync, which is no option of the product: it shows what fsync costs. */
  readonly withoutFsync?: boolean;
}

/** Starts the embedded Cognito. @param script - `local-server.ts`, bundled. */
export async function startOurs(script: string, users: number, keeping: Keeping): Promise<Contender> {
  const { name, directory = '', withoutFsync = false } = keeping;
  const started = performance.now();
  const child = spawn(process.execPath, [script, String(users), directory, withoutFsync ? 'without-fsync' : ''], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  for (;;) {
    const [, endpoint] = /listening: (\S+)/.exec(output) ?? [];
    if (endpoint !== undefined) {
      const target = { endpoint, poolId: 'us-east-1_Bench0001', clientId: 'benchclient' };
      const stop = () => stopped(child);
      return { name, ...target, startMilliseconds: performance.now() - started, pid: child.pid, stop };
    }
    await once(child.stdout, 'data');
  }
}

/**
 * Starts cognito-local (npm). One user comes through its API, the others are copied in its file, where it writes all of
 * them again with every change.
 */
export async function startPeer(users: number): Promise<Contender> {
  const peer = await CognitoLocalServer.start();
  const ask = (operation: string, input: Readonly<Record<string, unknown>>) =>
    send({ endpoint: peer.endpoint, poolId: '', clientId: '' }, operation, input);
  const { UserPool } = await ask('CreateUserPool', { PoolName: 'default' });
  const poolId = (UserPool as { Id: string }).Id;
  const { UserPoolClient } = await ask('CreateUserPoolClient', { UserPoolId: poolId, ClientName: 'web' });
  const user = { UserPoolId: poolId, Username: BENCH_USER.username };
  const UserAttributes = [{ Name: 'email', Value: BENCH_USER.email }];
  await ask('AdminCreateUser', { ...user, MessageAction: 'SUPPRESS', UserAttributes });
  await ask('AdminSetUserPassword', { ...user, Password: BENCH_USER.password, Permanent: true });
  await peer.stopped((directory) => copyUser(join(directory, '.cognito', 'db', `${poolId}.json`), users));
  const started = performance.now();
  await peer.restart();
  return {
    name: PEER,
    endpoint: peer.endpoint,
    poolId,
    clientId: (UserPoolClient as { ClientId: string }).ClientId,
    startMilliseconds: performance.now() - started,
    pid: peer.pid,
    stop: () => peer.stop(),
  };
}

interface PeerPool {
  Users: Record<string, { Username: string; Attributes: { Name: string; Value: string }[] }>;
}

async function copyUser(file: string, users: number): Promise<void> {
  const pool = JSON.parse(await readFile(file, 'utf8')) as PeerPool;
  const text = JSON.stringify(pool.Users[BENCH_USER.username]);
  for (let index = 1; index < users; index++) {
    const name = `user-${index}`;
    pool.Users[name] = JSON.parse(text.replaceAll(/\bbench\b/g, name)) as PeerPool['Users'][string];
  }
  await writeFile(file, JSON.stringify(pool));
}

/** A directory for kept users. */
export function makeDirectory(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'mandate-bench-'));
}

/** Deletes a directory. */
export async function removeDirectory(directory: string): Promise<void> {
  await rm(directory, { recursive: true });
}

/** Resident memory of a process, in megabytes. Linux only; NaN elsewhere. */
export async function residentMegabytes(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid ?? 0}/status`, 'utf8').catch(() => '');
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(status) ?? [];
  return kilobytes === undefined ? Number.NaN : Number(kilobytes) / 1024;
}

async function stopped(child: ChildProcess): Promise<void> {
  const closed = once(child, 'close');
  child.kill('SIGTERM');
  await closed;
}
