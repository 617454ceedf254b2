import { createRequire } from 'node:module';

import { createPasswordHash, createSrpSession, signSrpSession } from 'cognito-srp-helper';

import { clientSessionKey, createClientKeyPair } from '../../lib/protocol/srp/client.js';
import { integerFromHex, integerToHex } from '../../lib/protocol/srp/integers.js';
import {
  createServerKeyPair,
  createVerifier,
  serverSessionKey,
  signaturesMatch,
} from '../../lib/protocol/srp/server.js';
import { passwordClaimSignature } from '../../lib/protocol/srp/session-key.js';
import { formatSrpTimestamp } from '../../lib/protocol/srp/timestamp.js';
import { printTable } from './table.js';

/**
 * What one sign-in costs the client's processor: SRP_A, the session key and the signature, in milliseconds of CPU (all
 * threads of the process), beside two other JavaScript clients in the same run. Each result is checked against the
 * server's side, so that only correct work is timed.
 */
const ROUNDS = { mandate: 200, others: 8 };

const pool = 'eu-west-1_abcdEFGH1';
const identity = { realm: 'abcdEFGH1', userId: 'ann' };
const password = 'Correct-Horse-9';
const secretBlock = Buffer.from('secret-block-bytes').toString('base64');
const verifier = createVerifier(identity, password);
const server = createServerKeyPair(verifier.verifierHex);

interface Claim {
  readonly clientPublicHex: string;
  readonly signature: string;
  readonly timestamp: string;
}

function byMandate(): Promise<Claim> {
  const keyPair = createClientKeyPair();
  const parameters = { serverPublicHex: server.publicHex, saltHex: verifier.saltHex };
  const key = clientSessionKey(keyPair, parameters, identity, password);
  const timestamp = formatSrpTimestamp(new Date());
  const signature = passwordClaimSignature(key, identity, secretBlock, timestamp);
  return Promise.resolve({ clientPublicHex: keyPair.publicHex, signature, timestamp });
}

function bySrpHelper(): Promise<Claim> {
  const session = createSrpSession(identity.userId, createPasswordHash(identity.userId, password, pool), pool, true);
  const signed = signSrpSession(session, {
    ChallengeParameters: {
      SALT: verifier.saltHex,
      SECRET_BLOCK: secretBlock,
      SRP_B: server.publicHex,
      USER_ID_FOR_SRP: identity.userId,
    },
    $metadata: {},
  } as Parameters<typeof signSrpSession>[1]);
  return Promise.resolve({
    clientPublicHex: session.largeA,
    signature: signed.passwordSignature,
    timestamp: session.timestamp,
  });
}

/** The part of amazon-cognito-identity-js that its CognitoUser drives; it is not in the package's types. */
interface AuthenticationHelper {
  getLargeAValue(done: (error: Error | null, value: { toString(radix: number): string }) => void): void;
  getPasswordAuthenticationKey(
    username: string,
    password: string,
    serverB: unknown,
    salt: unknown,
    done: (error: Error | null, key: Uint8Array) => void,
  ): void;
}

const require = createRequire(import.meta.url);
const { default: IdentityJsHelper } = require('amazon-cognito-identity-js/lib/AuthenticationHelper.js') as {
  default: new (poolName: string) => AuthenticationHelper;
};
const { default: BigInteger } = require('amazon-cognito-identity-js/lib/BigInteger.js') as {
  default: new (text: string, radix: number) => unknown;
};

async function byIdentityJs(): Promise<Claim> {
  const helper = new IdentityJsHelper(identity.realm);
  const clientPublicHex = await new Promise<string>((resolve, reject) => {
    helper.getLargeAValue((error, value) => {
      if (error) reject(error);
      else resolve(value.toString(16));
    });
  });
  const key = await new Promise<Uint8Array>((resolve, reject) => {
    const serverB = new BigInteger(server.publicHex, 16);
    const salt = new BigInteger(verifier.saltHex, 16);
    helper.getPasswordAuthenticationKey(identity.userId, password, serverB, salt, (error, result) => {
      if (error) reject(error);
      else resolve(result);
    });
  });
  const timestamp = formatSrpTimestamp(new Date());
  return { clientPublicHex, signature: passwordClaimSignature(key, identity, secretBlock, timestamp), timestamp };
}

function assertAccepted(name: string, claim: Claim): void {
  const key = serverSessionKey(server, integerToHex(integerFromHex(claim.clientPublicHex)), verifier.verifierHex);
  const expected = passwordClaimSignature(key, identity, secretBlock, claim.timestamp);
  if (!signaturesMatch(expected, claim.signature)) {
    throw new Error(`${name} computed a signature that the server refuses.`);
  }
}

async function cpuMilliseconds(name: string, rounds: number, signIn: () => Promise<Claim>): Promise<number> {
  assertAccepted(name, await signIn());
  const start = process.cpuUsage();
  for (let round = 0; round < rounds; round++) {
    await signIn();
  }
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000 / rounds;
}

const ours = await cpuMilliseconds('mandate', ROUNDS.mandate, byMandate);
const identityJs = await cpuMilliseconds('amazon-cognito-identity-js', ROUNDS.others, byIdentityJs);
const srpHelper = await cpuMilliseconds('cognito-srp-helper', ROUNDS.others, bySrpHelper);

printTable(
  ['SRP, client side', 'CPU ms per sign-in', 'times mandate'],
  [
    ['mandate', ours.toFixed(2), '1.0'],
    ['amazon-cognito-identity-js', identityJs.toFixed(1), (identityJs / ours).toFixed(1)],
    ['cognito-srp-helper', srpHelper.toFixed(1), (srpHelper / ours).toFixed(1)],
  ],
);

const REQUIRED_RATIO = 50;
if (identityJs / ours < REQUIRED_RATIO) {
  console.error(`mandate should cost at least ${String(REQUIRED_RATIO)} times less than amazon-cognito-identity-js.`);
  process.exitCode = 1;
}
