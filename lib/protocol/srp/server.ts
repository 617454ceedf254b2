import { randomBytes, timingSafeEqual } from 'node:crypto';

import { GROUP_GENERATOR, GROUP_MULTIPLIER, GROUP_PRIME } from './group.js';
import { privateKey, type SrpIdentity } from './identity.js';
import { integerFromBytes, integerFromHex, integerToHex } from './integers.js';
import { modularPower } from './modular-power.js';
import { deriveSessionKey, scramblingParameter } from './session-key.js';
import { SrpProtocolError } from './srp-error.js';

const SALT_BYTES = 16;
const SECRET_BYTES = 32;

/** What a server stores instead of a password. Hexadecimal without leading zeros, as on the wire. */
export interface SrpVerifier {
  readonly saltHex: string;
  readonly verifierHex: string;
}

/** The server's ephemeral key pair. */
export interface SrpServerKeyPair {
  /** The secret exponent b. */
  readonly secret: bigint;
  /** SRP_B: (k * v + g^b) mod N, lower-case hexadecimal. */
  readonly publicHex: string;
}

/**
 * Creates the verifier v = g^x mod N of a password.
 *
 * @param saltHex - hexadecimal. Default: a new random salt.
 */
export function createVerifier(identity: SrpIdentity, password: string, saltHex?: string): SrpVerifier {
  const salt = saltHex === undefined ? integerFromBytes(randomBytes(SALT_BYTES)) : integerFromHex(saltHex);
  const verifier = modularPower(GROUP_GENERATOR, privateKey(identity, password, salt));
  return { saltHex: integerToHex(salt), verifierHex: integerToHex(verifier) };
}

/** Whether a password belongs to a verifier, that is, results in the same v. Compares in constant time. */
export function verifierMatches(verifier: SrpVerifier, identity: SrpIdentity, password: string): boolean {
  const candidate = createVerifier(identity, password, verifier.saltHex);
  return equalHex(candidate.verifierHex, verifier.verifierHex);
}

/**
 * Starts the server's side of an exchange.
 *
 * @param random - source of random bytes. Called again in the (never observed) case that B is 0 modulo N.
 */
export function createServerKeyPair(
  verifierHex: string,
  random: (size: number) => Uint8Array = randomBytes,
): SrpServerKeyPair {
  const verifier = integerFromHex(verifierHex);
  for (;;) {
    const secret = integerFromBytes(random(SECRET_BYTES));
    const serverPublic = (GROUP_MULTIPLIER * verifier + modularPower(GROUP_GENERATOR, secret)) % GROUP_PRIME;
    if (serverPublic !== 0n) {
      return { secret, publicHex: integerToHex(serverPublic) };
    }
  }
}

/**
 * The session key of the server: S = (A * v^u) ^ b mod N.
 *
 * @throws SrpProtocolError when A is not hexadecimal, or when A or u is 0 modulo N, so that anyone could compute the key.
 */
export function serverSessionKey(keyPair: SrpServerKeyPair, clientPublicHex: string, verifierHex: string): Buffer {
  const clientPublic = readClientPublic(clientPublicHex);
  const scrambling = scramblingParameter(clientPublic, integerFromHex(keyPair.publicHex));
  const base = (clientPublic * modularPower(integerFromHex(verifierHex), scrambling)) % GROUP_PRIME;
  return deriveSessionKey(modularPower(base, keyPair.secret), scrambling);
}

/**
 * Reads and checks SRP_A.
 *
 * @throws SrpProtocolError when it is 0 modulo N or not hexadecimal.
 */
export function readClientPublic(clientPublicHex: string): bigint {
  let clientPublic: bigint;
  try {
    clientPublic = integerFromHex(clientPublicHex);
  } catch (cause) {
    throw new SrpProtocolError("the client's SRP_A is not a hexadecimal number.", { cause });
  }
  if (clientPublic % GROUP_PRIME === 0n) {
    throw new SrpProtocolError('the client value A is 0 modulo N.');
  }
  return clientPublic;
}

/** Compares two base64 signatures in constant time. */
export function signaturesMatch(expected: string, received: string): boolean {
  const left = Buffer.from(expected, 'base64');
  const right = Buffer.from(received, 'base64');
  return left.length === right.length && timingSafeEqual(left, right);
}

function equalHex(left: string, right: string): boolean {
  return left.length === right.length && timingSafeEqual(Buffer.from(left), Buffer.from(right));
}
