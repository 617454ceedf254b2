import { constants, createPublicKey, publicEncrypt } from 'node:crypto';

import { GROUP_PRIME, GROUP_PRIME_BYTES, GROUP_PRIME_HEX } from './group.js';
import { integerFromBytes, modulo } from './integers.js';

const MODULUS_JWK = Buffer.from(GROUP_PRIME_HEX, 'hex').toString('base64url');

/**
 * base^exponent mod N, for the SRP group.
 *
 * An RSA public-key operation without padding is exactly m^e mod n, so OpenSSL's modular exponentiation can be reached
 * through documented calls: about fourteen times faster than BigInt. A build of Node whose OpenSSL refuses such a key
 * (a strict FIPS provider) gets the BigInt result instead. OpenSSL treats the exponent as public, so like every SRP
 * client in JavaScript this one is not constant-time; the exponents are fresh or salted for each sign-in.
 *
 * @param base - any integer; reduced modulo N first.
 * @param exponent - a non-negative integer.
 * @throws RangeError when the exponent is negative.
 */
export function modularPower(base: bigint, exponent: bigint): bigint {
  if (exponent < 0n) {
    throw new RangeError('The exponent must not be negative.');
  }
  const reduced = modulo(base, GROUP_PRIME);
  if (reduced < 2n || exponent < 3n) {
    return modularPowerByBigInt(reduced, exponent);
  }
  try {
    return modularPowerByOpenSsl(reduced, exponent);
  } catch {
    return modularPowerByBigInt(reduced, exponent);
  }
}

/**
 * The fast way. RSA exponents are odd, so an even one is taken one lower and multiplied once.
 *
 * @param base - 2 to N - 1.
 * @param exponent - 3 to N - 1.
 */
export function modularPowerByOpenSsl(base: bigint, exponent: bigint): bigint {
  const isEven = exponent % 2n === 0n;
  const key = createPublicKey({
    format: 'jwk',
    key: { kty: 'RSA', n: MODULUS_JWK, e: bytesOf(isEven ? exponent - 1n : exponent).toString('base64url') },
  });
  const power = integerFromBytes(
    publicEncrypt({ key, padding: constants.RSA_NO_PADDING }, bytesOf(base, GROUP_PRIME_BYTES)),
  );
  return isEven ? (power * base) % GROUP_PRIME : power;
}

/** The portable way: square and multiply. */
export function modularPowerByBigInt(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = modulo(base, GROUP_PRIME);
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) {
      result = (result * square) % GROUP_PRIME;
    }
    square = (square * square) % GROUP_PRIME;
  }
  return result;
}

function bytesOf(value: bigint, length = 0): Buffer {
  const hex = value.toString(16);
  return Buffer.from(hex.padStart(Math.max(hex.length + (hex.length % 2), length * 2), '0'), 'hex');
}
