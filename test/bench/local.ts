import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { build } from 'esbuild';

import { send, signInByPassword, signInBySrp, type Target } from './local-client.js';
import {
  BENCH_USER,
  type Contender,
  PEER,
  makeDirectory,
  removeDirectory,
  residentMegabytes,
  startOurs,
  startPeer,
} from './local-contenders.js';
import { median } from './median.js';
import { printTable } from './table.js';

/**
 * Requests a second of the embedded Cognito in memory, with kept data, with kept data but without fsync, and of
 * cognito-local where it can do the same, by number of users. Each server is a process of its own. They take turns, and
 * the median of the rounds counts. `npm run bench:local -- 1 1000` measures these numbers of users alone.
 */
const SIZES = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [1, 1_000, 100_000];
const CLIENTS = 8;
const ROUNDS = 5;
const ROUND_MILLISECONDS = 400;
/** A contender that takes longer for one request is measured by one client in one round, and shown with a decimal. */
const SLOW_MILLISECONDS = 100;

type Ask = (target: Target) => Promise<unknown>;

let unique = 0;

const ASKS: Readonly<Record<string, Ask>> = {
  'password sign-in': (target) => signInByPassword(target, BENCH_USER.username, BENCH_USER.password),
  'alias sign-in': (target) => signInByPassword(target, BENCH_USER.email, BENCH_USER.password),
  'SRP sign-in': (target) => signInBySrp(target, BENCH_USER.username, BENCH_USER.password),
  'sign-up': (target) =>
    send(target, 'SignUp', {
      ClientId: target.clientId,
      Username: `new-${(unique += 1)}`,
      Password: BENCH_USER.password,
      UserAttributes: [{ Name: 'email', Value: `new-${unique}@example.com` }],
    }),
  'reading a user': (target) =>
    send(target, 'AdminGetUser', { UserPoolId: target.poolId, Username: BENCH_USER.username }),
  'filtered listing': (target) =>
    send(target, 'ListUsers', { UserPoolId: target.poolId, Filter: `email = "${BENCH_USER.email}"` }),
  'listing, a page': (target) => send(target, 'ListUsers', { UserPoolId: target.poolId, Limit: 20 }),
};

/** Requests a second by request and contender. */
type Rates = ReadonlyMap<string, readonly number[]>;

const bundle = await mkdtemp(join(process.cwd(), 'node_modules', '.cache-bench-'));
const script = join(bundle, 'server.mjs');
await build({
  entryPoints: ['test/bench/local-server.ts'],
  bundle: true,
  platform: 'node',
  format: 'esm',
  outfile: script,
  packages: 'external',
});
const bySize = new Map<number, Rates>();
const starts: string[][] = [];
for (const size of SIZES) {
  bySize.set(size, await measureSize(size));
}
await rm(bundle, { recursive: true });

printTable(
  ['requests a second', 'users', 'memory', '--data', 'of memory', 'no fsync', 'cognito-local', 'times as fast'],
  [...bySize].flatMap(([size, rates]) => [...rates].map(([name, all]) => [name, String(size), ...rateCells(all)])),
);
console.log(`\nFrom ${SIZES[0]} to ${SIZES.at(-1)} users, this part of the speed is left:`);
printTable(['', 'memory', '--data', 'no fsync', 'cognito-local'], growthRows());
console.log('\nStart with kept users:');
printTable(['users', '--data, ms', 'cognito-local, ms', '--data, MB', 'memory, MB', 'cognito-local, MB'], starts);

async function measureSize(size: number): Promise<Rates> {
  const directory = await makeDirectory();
  const other = await makeDirectory();
  // Fills the directory; the start after that is the one that counts.
  await (await startOurs(script, size, { name: 'filling', directory })).stop();
  const contenders = [
    await startOurs(script, size, { name: 'memory' }),
    await startOurs(script, size, { name: '--data', directory }),
    await startOurs(script, size, { name: 'no fsync', directory: other, withoutFsync: true }),
    await startPeer(size),
  ];
  const megabytes = await Promise.all(contenders.map(({ pid }) => residentMegabytes(pid)));
  const [inMemory, kept, , peer] = contenders.map(({ startMilliseconds }, at) => ({
    start: startMilliseconds.toFixed(0),
    megabytes: megabytes[at]?.toFixed(0) ?? '',
  }));
  starts.push([String(size), kept, peer].map((one) => (typeof one === 'string' ? one : (one?.start ?? ''))));
  starts.at(-1)?.push(kept?.megabytes ?? '', inMemory?.megabytes ?? '', peer?.megabytes ?? '');
  const rates = new Map<string, readonly number[]>();
  for (const [name, ask] of Object.entries(ASKS)) {
    rates.set(name, await measureInTurns(contenders, ask));
  }
  await Promise.all(contenders.map((contender) => contender.stop()));
  await Promise.all([directory, other].map(removeDirectory));
  return rates;
}

/** @returns the median of each contender; NaN for one that refuses the request. */
async function measureInTurns(contenders: readonly Contender[], ask: Ask): Promise<number[]> {
  const probes: number[] = [];
  for (const contender of contenders) {
    probes.push(await probe(contender, ask));
  }
  const rounds = contenders.map((): number[] => []);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [at, contender] of contenders.entries()) {
      const milliseconds = probes[at] ?? Number.NaN;
      const isSlow = milliseconds > SLOW_MILLISECONDS;
      if (!Number.isNaN(milliseconds) && !(isSlow && round > 0)) {
        rounds[at]?.push(await rate(contender, ask, isSlow ? 1 : CLIENTS));
      }
    }
  }
  return rounds.map(median);
}

/** Milliseconds of the second request. NaN for cognito-local where it cannot do the same. */
async function probe(contender: Contender, ask: Ask): Promise<number> {
  try {
    await ask(contender);
    const started = performance.now();
    await ask(contender);
    return performance.now() - started;
  } catch (error) {
    if (contender.name !== PEER) {
      throw error;
    }
    return Number.NaN;
  }
}

async function rate(contender: Contender, ask: Ask, clients: number): Promise<number> {
  let count = 0;
  const started = performance.now();
  const client = async (): Promise<void> => {
    while (performance.now() - started < ROUND_MILLISECONDS) {
      await ask(contender);
      count += 1;
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return (count / (performance.now() - started)) * 1000;
}

function rateCells([memory = NaN, kept = NaN, withoutFsync = NaN, peer = NaN]: readonly number[]): string[] {
  return [
    number(memory, 0),
    number(kept, 0),
    number(kept / memory, 2),
    number(withoutFsync, 0),
    number(peer, peer < 10 ? 1 : 0),
    number(Math.min(memory, kept) / peer, 1),
  ];
}

function growthRows(): string[][] {
  const [few, many] = [bySize.get(SIZES[0] ?? 0), bySize.get(SIZES.at(-1) ?? 0)];
  return Object.keys(ASKS).map((name) => [
    name,
    ...(many?.get(name) ?? []).map((value, at) => number(value / (few?.get(name)?.[at] ?? Number.NaN), 2)),
  ]);
}

function number(value: number, digits: number): string {
  return Number.isFinite(value) ? value.toFixed(digits) : '-';
}
