import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import autocannon from 'autocannon';

import { JwksServer } from '../tokens/support/jwks-server.js';
import { accessKey, accessToken, CLIENT_ID, idKey, ISSUER, jwks, POOL_ID } from '../tokens/support/test-issuer.js';
import type { GuardAppSettings } from './guard-app.js';
import { enforce } from './limits.js';
import { median } from './median.js';
import { printTable } from './table.js';

/**
 * What a guard costs a Nest application: requests per second of one route behind different guards. The application runs
 * in a process of its own, this one sends the requests. The routes take many short turns, and a ratio is the median of the
 * ratios within a round. Ends with 1 if a ratio is missed. Takes about a minute.
 *
 * Ratios are told twice: of requests per second, which count, and of requests per second of processor time that the
 * application used, which say the same on a machine that has other things to do. Where the two differ by more than a few
 * points, look for what else is running.
 */
const ROUNDS = 42;
const WARM_UP = 8;
/** In every so many rounds the routes have their turn that need less precision. */
const SPARSE = 7;
/** Seconds that a turn takes. */
const TURN = 0.15;
/** Milliseconds before a turn in which the application finishes what the last one left behind. */
const REST = 30;
const TOKENS = 50;
const CONNECTIONS = 50;

const PLATFORMS = ['fastify', 'express'] as const;
const COMPARED = ['pass-through', 'mandate', 'session-floor', 'session'] as const;
const OTHERS = ['open', 'recipe'] as const;
const ROUTES = ['open', 'pass-through', 'mandate', 'session-floor', 'session', 'recipe'] as const;
type Route = (typeof ROUTES)[number];
type Platform = (typeof PLATFORMS)[number];

const NAMES: Readonly<Record<Route, string>> = {
  open: 'no guard',
  'pass-through': 'a guard that returns true',
  mandate: 'CognitoAuthGuard, token remembered',
  'session-floor': 'a guard that returns true, requests with the cookie',
  session: 'CognitoAuthGuard, browser session in the cookie',
  recipe: 'passport-jwt with jwks-rsa (the recipe)',
};

const now = Math.floor(Date.now() / 1000);
const tokens = Array.from({ length: TOKENS }, (_, i) =>
  accessToken({ iat: now, auth_time: now, exp: now + 3600, jti: `token-${i}`, 'cognito:groups': ['staff'] }),
);
const keySet = jwks(accessKey, idKey);
const server = await JwksServer.start(keySet);
const apps = new Map<Platform, ChildProcess>();

/** Of a request that the bench sends. */
type Headers = Readonly<Record<string, string>>;

/** What one route did in one round. */
interface Sample {
  /** Requests per second. */
  readonly rate: number;
  /** Requests per second of processor time. */
  readonly processorRate: number;
}

const samples = new Map<string, Sample[]>();

try {
  for (const platform of PLATFORMS) {
    await measure(platform);
  }
  report();
} finally {
  apps.forEach((app) => app.kill());
  await server.stop();
}

async function measure(platform: Platform): Promise<void> {
  const { app, url } = await startApp(platform);
  await assertGuarded(url);
  const bearers = tokens.map((token) => ({ authorization: `Bearer ${token}` }));
  const cookies = await Promise.all(tokens.map(async (token) => ({ cookie: await startSession(url, token) })));
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    // The other way round every second time: who comes after whom must not matter.
    const turns = round % 2 === 0 ? COMPARED : COMPARED.toReversed();
    for (const route of round % SPARSE === 0 ? [...turns, ...OTHERS] : turns) {
      const path = route === 'session-floor' ? 'pass-through' : route;
      const turn = await sample(app, `${url}/${path}`, route.startsWith('session') ? cookies : bearers);
      if (round >= 0) {
        samples.set(`${platform} ${route}`, [...samplesOf(platform, route), turn]);
      }
    }
  }
  app.kill();
}

function samplesOf(platform: Platform, route: Route): readonly Sample[] {
  return samples.get(`${platform} ${route}`) ?? [];
}

async function startApp(platform: Platform): Promise<{ app: ChildProcess; url: string }> {
  const settings: GuardAppSettings = {
    platform,
    userPoolId: POOL_ID,
    clientId: CLIENT_ID,
    issuer: ISSUER,
    jwks: keySet,
    jwksUri: server.uri,
  };
  const program = fileURLToPath(new URL('guard-app.ts', import.meta.url));
  const app = fork(program, [JSON.stringify(settings)], { execArgv: process.execArgv });
  apps.set(platform, app);
  const ended = once(app, 'exit').then(() => {
    throw new Error(`The application on ${platform} did not start.`);
  });
  const [url] = (await Promise.race([once(app, 'message'), ended])) as [string];
  ended.catch(() => undefined);
  return { app, url };
}

/** The `Cookie` header of a session with a refresh token as long as Cognito's. */
async function startSession(url: string, accessToken: string): Promise<string> {
  const tokens = { accessToken, refreshToken: 'r'.repeat(1_780), expiresAt: (now + 3600) * 1_000, tokenType: 'Bearer' };
  const response = await fetch(`${url}/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(tokens),
  });
  return response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0] ?? '')
    .filter((pair) => !pair.endsWith('='))
    .join('; ');
}

/** What lets everybody in is fast. */
async function assertGuarded(url: string): Promise<void> {
  for (const route of ['mandate', 'session', 'recipe']) {
    const headers = { authorization: `Bearer ${tokens[0]?.slice(0, -6) ?? ''}AAAAAA` };
    const forged = { cookie: '__Host-Http-mandate-web=forged' };
    const statuses = await Promise.all(
      [{}, headers, forged].map(async (each) => (await fetch(`${url}/${route}`, { headers: each })).status),
    );
    if (statuses.some((status) => status !== 401)) {
      throw new Error(`/${route} lets in who has no good token: ${statuses.join(', ')}.`);
    }
  }
}

/** One turn. */
async function sample(app: ChildProcess, url: string, headers: readonly Headers[]): Promise<Sample> {
  await setTimeout(REST);
  const [before, start] = [await processorSeconds(app), performance.now()];
  const result = await autocannon({
    url,
    connections: CONNECTIONS,
    duration: TURN,
    // When it looks whether the time is up, in milliseconds.
    sampleInt: TURN * 500,
    requests: headers.map((each) => ({ headers: each })),
  });
  const [elapsed, used] = [(performance.now() - start) / 1_000, (await processorSeconds(app)) - before];
  const good = result['2xx'];
  if (result.non2xx + result.errors > 0 || good === 0) {
    throw new Error(`${url} answered ${good} times well, ${result.non2xx} times badly, ${result.errors} times not.`);
  }
  return { rate: good / elapsed, processorRate: good / used };
}

/** What the application has used since its start. */
async function processorSeconds(app: ChildProcess): Promise<number> {
  app.send('how much?');
  const [seconds] = (await once(app, 'message')) as [number];
  return seconds;
}

/** How many times as many requests the one route takes as the other. */
function ratio(platform: Platform, one: Route, other: Route, rate: keyof Sample = 'rate'): number {
  const [ones, others] = [samplesOf(platform, one), samplesOf(platform, other)];
  if (ones.length !== others.length) {
    return medianOf(ones, rate) / medianOf(others, rate);
  }
  return median(ones.map((turn, round) => turn[rate] / (others[round]?.[rate] ?? Number.NaN)));
}

function medianOf(turns: readonly Sample[], rate: keyof Sample): number {
  return median(turns.map((turn) => turn[rate]));
}

/** The guard that returns true, for the same requests. */
function floorOf(route: Route): Route {
  return route.startsWith('session') ? 'session-floor' : 'pass-through';
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}

function report(): void {
  for (const platform of PLATFORMS) {
    printTable(
      [`Nest on ${platform}`, 'requests/s', 'of a guard that returns true', 'by processor time', 'times the recipe'],
      ROUTES.map((route) => [
        NAMES[route],
        medianOf(samplesOf(platform, route), 'rate').toFixed(0),
        percent(ratio(platform, route, floorOf(route))),
        percent(ratio(platform, route, floorOf(route), 'processorRate')),
        ratio(platform, route, 'recipe').toFixed(1),
      ]),
    );
    console.log();
  }
  enforce([
    ...PLATFORMS.map((platform) => ({
      requirement: `90 % of a guard that returns true on ${platform}`,
      holds: ratio(platform, 'mandate', 'pass-through') >= 0.9,
    })),
    ...PLATFORMS.map((platform) => ({
      requirement: `85 % of a guard that returns true on ${platform}, with a browser session`,
      // Of the same requests: they have another 3 kB of headers, which every server must read.
      holds: ratio(platform, 'session', 'session-floor') >= 0.85,
    })),
    { requirement: '5 times the recipe on fastify', holds: ratio('fastify', 'mandate', 'recipe') >= 5 },
  ]);
}
