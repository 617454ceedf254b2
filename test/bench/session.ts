import 'reflect-metadata';

import { Controller, Get, Module, Res, Post, Body, UseGuards } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';

import { browserSession, BrowserSessionService, MandateSessionModule } from '../../lib/http/index.js';
import { Seal } from '../../lib/http/session/seal.js';
import { SessionCookie } from '../../lib/http/session/session-cookie.js';
import { CognitoAuthGuard, MandateModule, type TokenSet } from '../../lib/index.js';
import { accessKey, accessToken, CLIENT_ID, idKey, jwks, POOL_ID } from '../tokens/support/test-issuer.js';
import { enforce } from './limits.js';
import { median } from './median.js';
import { printTable } from './table.js';

/**
 * What a browser session costs: the bytes and the number of its cookies, the time to seal and to open one, and how often
 * requests at the same time ask a store. What the guard makes of it per second is in the bench of the guard. Ends with 1 if
 * a session of ten groups does not fit into two cookies, or requests of one moment ask the store more than once each.
 */
const SECRET = 'a secret of this bench, with 32 characters';
const ROUNDS = 300;
const AT_ONCE = 50;
const now = Math.floor(Date.now() / 1000);

const seal = new Seal([SECRET], 'session', '__Host-Http-mandate');
const cookie = new SessionCookie('mandate', { sameSite: 'strict', secure: true, httpOnly: true });

function tokenOf(user: number, groups: number): string {
  const names = Array.from({ length: groups }, (_, i) => `group-${String(i)}`);
  return accessToken({
    iat: now,
    auth_time: now,
    exp: now + 3600,
    jti: `token-${String(user)}`,
    ...(groups > 0 && { 'cognito:groups': names }),
  });
}

function tokensOf(user: number, groups: number): TokenSet {
  return {
    accessToken: tokenOf(user, groups),
    // As long as Cognito's.
    refreshToken: 'r'.repeat(1_780),
    expiresAt: (now + 3600) * 1_000,
    tokenType: 'Bearer',
  };
}

interface Size {
  readonly groups: number;
  readonly bytes: number;
  readonly cookies: number;
  /** Milliseconds. */
  readonly sealing: number;
  readonly opening: number;
}

async function sizeOf(groups: number): Promise<Size> {
  const content = { sid: 'x'.repeat(43), sub: 'x'.repeat(36), claims: {}, ...tokensOf(0, groups) };
  const [sealing, opening]: [number[], number[]] = [[], []];
  let sealed = '';
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    sealed = await seal.seal(content);
    const middle = performance.now();
    await seal.open(sealed);
    sealing.push(middle - start);
    opening.push(performance.now() - middle);
  }
  const lines = cookie.write(sealed, 3600, '');
  const bytes = lines.reduce((sum, line) => sum + Buffer.byteLength(line), 0);
  return { groups, bytes, cookies: lines.length, sealing: median(sealing), opening: median(opening) };
}

const sizes: Size[] = [];
for (const groups of [0, 10, 100]) {
  sizes.push(await sizeOf(groups));
}
printTable(
  ['a session with', 'bytes of its cookies', 'cookies', 'ms to seal', 'ms to open'],
  sizes.map(({ groups, bytes, cookies, sealing, opening }) => [
    `${String(groups)} groups`,
    String(bytes),
    String(cookies),
    sealing.toFixed(3),
    opening.toFixed(3),
  ]),
);
console.log();

/** Counts how often it is asked. */
class CountingStore {
  readonly entries = new Map<string, string>();
  roundTrips = 0;

  get(key: string): string | undefined {
    return this.entries.get(key);
  }

  set(key: string, value: string): void {
    this.entries.set(key, value);
  }

  delete(key: string): void {
    this.entries.delete(key);
  }

  async getMany(keys: string[]): Promise<(string | undefined)[]> {
    this.roundTrips++;
    await Promise.resolve();
    return keys.map((key) => this.entries.get(key));
  }
}

const store = new CountingStore();

@Controller()
class RoutesController {
  constructor(private readonly sessions: BrowserSessionService) {}

  @Post('sessions')
  async start(@Body() tokens: TokenSet, @Res({ passthrough: true }) response: object) {
    await this.sessions.create(response, tokens);
    return {};
  }

  @Get()
  @UseGuards(CognitoAuthGuard)
  get() {
    return {};
  }
}

@Module({
  imports: [
    MandateModule.forRoot({
      userPoolId: POOL_ID,
      clientId: CLIENT_ID,
      jwks: jwks(accessKey, idKey),
      extractors: [browserSession()],
    }),
    MandateSessionModule.forRoot({ session: { secret: SECRET, store, origin: 'https://app.example.com' } }),
  ],
  controllers: [RoutesController],
})
class AppModule {}

const app = await NestFactory.create<NestFastifyApplication>(AppModule, new FastifyAdapter(), { logger: false });
await app.init();
await app.getHttpAdapter().getInstance().ready();
const cookies = await Promise.all(
  Array.from({ length: AT_ONCE }, async (_, user) => {
    const answer = await app.inject({ method: 'POST', url: '/sessions', payload: tokensOf(user, 0) });
    return String([answer.headers['set-cookie']].flat()[0]).split(';')[0] ?? '';
  }),
);

async function roundTripsPer(requests: () => Promise<unknown>, count: number): Promise<number> {
  const before = store.roundTrips;
  await requests();
  return (store.roundTrips - before) / count;
}

async function get(header: string | undefined): Promise<void> {
  const { statusCode } = await app.inject({ url: '/', headers: { cookie: header ?? '' } });
  if (statusCode !== 200) {
    throw new Error(`A request with a session was answered ${String(statusCode)}.`);
  }
}

const single = await roundTripsPer(() => get(cookies[0]), 1);
const together = await roundTripsPer(() => Promise.all(cookies.map(get)), AT_ONCE);
await app.close();
printTable(
  ['a session in a store', 'round trips for each'],
  [
    ['one request', single.toFixed(2)],
    [`${String(AT_ONCE)} requests at once`, together.toFixed(2)],
  ],
);
enforce([
  { requirement: 'two cookies for a session of ten groups', holds: (sizes[1]?.cookies ?? 9) <= 2 },
  { requirement: 'one round trip for a request', holds: single <= 1 },
  { requirement: 'shared round trips for requests at once', holds: together < 1 },
]);
