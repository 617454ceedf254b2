import { createHash } from 'node:crypto';

/** The least non-negative remainder. JavaScript's `%` keeps the sign of the dividend. */
export function modulo(value: bigint, modulus: bigint): bigint {
  const remainder = value % modulus;
  return remainder < 0n ? remainder + modulus : remainder;
}

/**
 * Reads a big-endian hexadecimal integer of any length, including odd lengths and leading zeros.
 *
 * @throws SyntaxError when the text is empty or not hexadecimal.
 */
export function integerFromHex(hex: string): bigint {
  if (!/^[0-9a-f]+$/i.test(hex)) {
    throw new SyntaxError('Expected a hexadecimal integer.');
  }
  return BigInt(`0x${hex}`);
}

/** Reads big-endian bytes as an unsigned integer. An empty array is 0. */
export function integerFromBytes(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
}

/** Lower-case hexadecimal without leading zeros, the wire format of SRP integers. */
export function integerToHex(value: bigint): string {
  return value.toString(16);
}

/**
 * The bytes that Cognito hashes for an integer: big-endian two's complement of a non-negative number, with a zero byte in
 * front when the top bit is set. This is not the PAD of RFC 5054, which pads to the length of N.
 */
export function signedBytes(value: bigint): Buffer {
  let hex = value.toString(16);
  if (hex.length % 2 === 1) {
    hex = `0${hex}`;
  }
  return Buffer.from(/^[89a-f]/.test(hex) ? `00${hex}` : hex, 'hex');
}

/** SHA-256 over the concatenated parts, as an unsigned integer. */
export function hashToInteger(...parts: Uint8Array[]): bigint {
  const hash = createHash('sha256');
  for (const part of parts) {
    hash.update(part);
  }
  return integerFromBytes(hash.digest());
}
