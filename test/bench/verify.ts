import { createPublicKey, verify as verifySignature } from 'node:crypto';

import { CognitoJwtVerifier } from 'aws-jwt-verify';
import { createLocalJWKSet, jwtVerify } from 'jose';
import jsonwebtoken from 'jsonwebtoken';
import jwksRsa from 'jwks-rsa';
import { ExtractJwt, Strategy } from 'passport-jwt';

import { createPoolVerifier } from '../../lib/tokens/pool-verifier.js';
import { JwksServer } from '../tokens/support/jwks-server.js';
import { accessKey, accessToken, CLIENT_ID, idKey, ISSUER, jwks, POOL_ID } from '../tokens/support/test-issuer.js';
import { enforce } from './limits.js';
import { median } from './median.js';
import { printTable } from './table.js';

/**
 * What it costs to verify an access token, in microseconds per token, one after another on one thread. All contenders
 * take turns in the same run, with the same 200 tokens, and each is made to refuse a forged token first. Times are the
 * median over the rounds, and ratios the median of the ratios within a round: what else the machine does hits a round as
 * a whole. Ends with 1 if a ratio is missed.
 */
const TOKENS = 200;
const ROUNDS = 40;

interface Contender {
  readonly name: string;
  /** Called before each round. */
  readonly prepare?: () => Promise<void> | void;
  readonly verify: (token: string) => unknown;
}

const now = Math.floor(Date.now() / 1000);
const life = { iat: now, auth_time: now, exp: now + 3600 };
const tokens = Array.from({ length: TOKENS }, (_, i) =>
  accessToken({ ...life, jti: `token-${i}`, 'cognito:groups': ['staff'] }),
);
const keySet = jwks(accessKey, idKey);
const server = await JwksServer.start(keySet);

const base = floor();
const ours = { firstSeen: firstSeen(), firstSeenAwaited: firstSeenAwaited(), remembered: remembered() };
const peer = awsJwtVerify();
const usual = recipe();
const contenders: readonly Contender[] = [
  base,
  ours.firstSeen,
  ours.firstSeenAwaited,
  ours.remembered,
  peer,
  awsJwtVerifySync(),
  jose(),
  jsonWebToken(),
  usual,
];
/** The times of each contender, round by round. */
const rounds = new Map<Contender, number[]>(contenders.map((contender) => [contender, []]));

for (const contender of contenders) {
  await assertRefusesForged(contender);
}
for (let round = 0; round < ROUNDS; round++) {
  for (const contender of contenders) {
    await contender.prepare?.();
    rounds.get(contender)?.push(await timeOfRound(contender));
  }
}
await server.stop();
report();

async function timeOfRound({ verify }: Contender): Promise<number> {
  const times: number[] = [];
  for (const token of tokens) {
    const start = process.hrtime.bigint();
    await verify(token);
    times.push(Number(process.hrtime.bigint() - start) / 1_000);
  }
  return median(times);
}

/** How many times as long the one takes as the other. */
function ratio(one: Contender, other: Contender): number {
  const times = rounds.get(other) ?? [];
  return median((rounds.get(one) ?? []).map((time, round) => time / (times[round] ?? Number.NaN)));
}

function report(): void {
  printTable(
    ['verify one access token', 'us', 'times the floor', 'times faster than the recipe'],
    contenders.map((contender) => [
      contender.name,
      median(rounds.get(contender) ?? []).toFixed(1),
      ratio(contender, base).toFixed(2),
      ratio(usual, contender).toFixed(1),
    ]),
  );
  enforce([
    { requirement: 'first seen within 1.3 times the floor', holds: ratio(ours.firstSeen, base) <= 1.3 },
    { requirement: 'first seen ahead of aws-jwt-verify', holds: ratio(ours.firstSeenAwaited, peer) < 1 },
    { requirement: 'remembered 40 times faster than the recipe', holds: ratio(usual, ours.remembered) >= 40 },
  ]);
}

async function assertRefusesForged(contender: Contender): Promise<void> {
  await contender.prepare?.();
  const [head = '', body = '', signature = ''] = tokens[0]?.split('.') ?? [];
  const forged = `${head}.${body}.${signature.replace(/^.{4}/, 'AAAA')}`;
  const accepted = await Promise.resolve()
    .then(() => contender.verify(forged))
    .then(
      (result) => result !== false,
      () => false,
    );
  if (accepted) {
    throw new Error(`${contender.name} accepts a forged token.`);
  }
}

function floor(): Contender {
  return {
    name: 'crypto.verify alone (the floor)',
    verify: (token) => {
      const end = token.lastIndexOf('.');
      const signature = Buffer.from(token.slice(end + 1), 'base64url');
      return verifySignature('RSA-SHA256', Buffer.from(token.slice(0, end), 'latin1'), accessKey.publicKey, signature);
    },
  };
}

function poolVerifier() {
  return createPoolVerifier({ userPoolId: POOL_ID, acceptedClientIds: [CLIENT_ID], jwks: keySet });
}

/** As the guard calls it: synchronously if the key is known. */
function firstSeen(): Contender {
  let verifier = poolVerifier();
  return {
    name: 'mandate, first seen',
    prepare: () => {
      verifier = poolVerifier();
    },
    verify: (token) => verifier.verifySync(token) ?? verifier.verify(token),
  };
}

/** As applications call it. */
function firstSeenAwaited(): Contender {
  let verifier = poolVerifier();
  return {
    name: 'mandate, first seen, verify()',
    prepare: () => {
      verifier = poolVerifier();
    },
    verify: (token) => verifier.verify(token),
  };
}

/** As the guard calls it. */
function remembered(): Contender {
  const verifier = poolVerifier();
  return {
    name: 'mandate, remembered',
    prepare: async () => {
      await Promise.all(tokens.map((token) => verifier.verify(token)));
    },
    verify: (token) => verifier.verifySync(token) ?? verifier.verify(token),
  };
}

function awsJwtVerify(): Contender {
  const verifier = CognitoJwtVerifier.create({ userPoolId: POOL_ID, tokenUse: 'access', clientId: CLIENT_ID });
  verifier.cacheJwks(keySet as unknown as Parameters<typeof verifier.cacheJwks>[0]);
  return { name: 'aws-jwt-verify', verify: (token) => verifier.verify(token) };
}

function awsJwtVerifySync(): Contender {
  const verifier = CognitoJwtVerifier.create({ userPoolId: POOL_ID, tokenUse: 'access', clientId: CLIENT_ID });
  verifier.cacheJwks(keySet as unknown as Parameters<typeof verifier.cacheJwks>[0]);
  return { name: 'aws-jwt-verify, verifySync()', verify: (token) => verifier.verifySync(token) };
}

function jose(): Contender {
  const keys = createLocalJWKSet(keySet);
  return { name: 'jose', verify: (token) => jwtVerify(token, keys, { issuer: ISSUER, algorithms: ['RS256'] }) };
}

function jsonWebToken(): Contender {
  const key = createPublicKey(accessKey.privateKey);
  return {
    name: 'jsonwebtoken with a KeyObject',
    verify: (token) => jsonwebtoken.verify(token, key, { issuer: ISSUER, algorithms: ['RS256'] }),
  };
}

/** The usual recipe: passport-jwt asks jwks-rsa, which caches the key as PEM. */
function recipe(): Contender {
  const strategy = new Strategy(
    {
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      secretOrKeyProvider: jwksRsa.passportJwtSecret({ jwksUri: server.uri, cache: true, rateLimit: true }),
      issuer: ISSUER,
      algorithms: ['RS256'],
    },
    (payload: object, done: (error: null, user: object) => void) => {
      done(null, payload);
    },
  );
  return {
    name: 'passport-jwt with jwks-rsa (the recipe)',
    verify: (token) =>
      new Promise((resolve, reject) => {
        const request = { headers: { authorization: `Bearer ${token}` } };
        const attempt = Object.create(strategy) as Strategy;
        Object.assign(attempt, { success: resolve, fail: reject, error: reject });
        attempt.authenticate(request as never);
      }),
  };
}
