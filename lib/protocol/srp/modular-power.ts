import { constants, createPublicKey, publicEncrypt } from 'node:crypto';

import { GROUP_PRIME, GROUP_PRIME_BYTES, GROUP_PRIME_HEX } from './group.js';
import { integerFromBytes, modulo } from './integers.js';

const MODULUS_JWK = Buffer.from(GROUP_PRIME_HEX, 'hex').toString('base64url');

/**
 * base^exponent mod N, for the SRP group.
 *
 * An RSA public-key operation without padding is exactly m^e mod n, so documented calls reach OpenSSL's modular
 * exponentiation, which is about fourteen times faster than BigInt. A build of Node whose OpenSSL rejects such a key (a
 * strict FIPS provider) falls back to BigInt. OpenSSL treats the exponent as public, so this client, like every SRP client
 * in JavaScript, is not constant-time. The exponents are fresh or salted for each sign-in.
 *
 * @param base - any integer; it is reduced modulo N.
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
 * By OpenSSL. RSA exponents are odd, so for an even one the power of one less is multiplied by the base.
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

/** By BigInt: square and multiply. */
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
