import { randomBytes } from 'node:crypto';

import type { SrpClientKeyPair } from './client-key-pair.js';
import { GROUP_GENERATOR, GROUP_MULTIPLIER, GROUP_PRIME } from './group.js';
import { privateKey, type SrpIdentity } from './identity.js';
import { integerFromBytes, integerFromHex, integerToHex, modulo } from './integers.js';
import { modularPower } from './modular-power.js';
import { deriveSessionKey, scramblingParameter } from './session-key.js';
import { SrpProtocolError } from './srp-error.js';

/** RFC 5054 section 3.1 requires at least 256 bits. The group has a strength of 128 bits, so more would add nothing. */
const SECRET_BYTES = 32;

/** The server's values in the challenge PASSWORD_VERIFIER or DEVICE_PASSWORD_VERIFIER. */
export interface SrpServerParameters {
  /** SRP_B, hexadecimal. */
  readonly serverPublicHex: string;
  /** SALT, hexadecimal. */
  readonly saltHex: string;
}

/**
 * Starts an exchange (RFC 5054 section 2.5.3).
 *
 * @param random - source of random bytes. Default: `randomBytes` of `node:crypto`.
 * @throws SrpProtocolError when the random source returns only zeros.
 * @publicApi
 */
export function createClientKeyPair(random: (size: number) => Uint8Array = randomBytes): SrpClientKeyPair {
  const secret = integerFromBytes(random(SECRET_BYTES));
  const publicValue = modularPower(GROUP_GENERATOR, secret);
  // g^0 = 1 would make the session key public; a working random source never returns zeros only.
  if (publicValue === 1n) {
    throw new SrpProtocolError('the random source returned zeros.');
  }
  return { secret, publicHex: integerToHex(publicValue) };
}

/**
 * The session key of the client: S = (B - k * g^x) ^ (a + u * x) mod N.
 *
 * @throws SrpProtocolError when B or u is 0 modulo N, or when the server's values are not hexadecimal.
 */
export function clientSessionKey(
  keyPair: SrpClientKeyPair,
  server: SrpServerParameters,
  identity: SrpIdentity,
  password: string,
): Buffer {
  const serverPublic = readInteger(server.serverPublicHex, 'SRP_B');
  const salt = readInteger(server.saltHex, 'SALT');
  if (serverPublic % GROUP_PRIME === 0n) {
    throw new SrpProtocolError('the server value B is 0 modulo N.');
  }
  const scrambling = scramblingParameter(integerFromHex(keyPair.publicHex), serverPublic);
  const x = privateKey(identity, password, salt);
  const base = modulo(serverPublic - GROUP_MULTIPLIER * modularPower(GROUP_GENERATOR, x), GROUP_PRIME);
  return deriveSessionKey(modularPower(base, keyPair.secret + scrambling * x), scrambling);
}

function readInteger(hex: string, name: string): bigint {
  try {
    return integerFromHex(hex);
  } catch (cause) {
    throw new SrpProtocolError(`the server's ${name} is not a hexadecimal number.`, { cause });
  }
}
