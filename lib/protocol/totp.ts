import { createHmac } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const STEP_MILLISECONDS = 30_000;
const DIGITS = 6;

/** Encodes base32 (RFC 4648 section 6) without padding, the form that authenticator apps read. */
export function encodeBase32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const groups = bits.match(/.{1,5}/g) ?? [];
  return groups.map((group) => ALPHABET.charAt(parseInt(group.padEnd(5, '0'), 2))).join('');
}

/**
 * Decodes base32 (RFC 4648 section 6), ignoring case, spaces and padding.
 *
 * @throws SyntaxError when the text is not base32.
 */
export function decodeBase32(text: string): Buffer {
  const letters = text.toUpperCase().replaceAll(/[\s=]/g, '');
  if (!/^[A-Z2-7]*$/.test(letters)) {
    throw new SyntaxError('Expected base32.');
  }
  const bits = Array.from(letters, (letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const bytes = bits.match(/.{8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => parseInt(byte, 2)));
}

/**
 * The number of the 30-second time step (RFC 6238 section 4.2).
 *
 * @param now - milliseconds since the epoch.
 */
export function totpStep(now: number): number {
  return Math.floor(now / STEP_MILLISECONDS);
}

/**
 * The code of a time step: HOTP (RFC 4226 section 5.3) with SHA-1 and 6 digits.
 *
 * @param secret - SecretCode of AssociateSoftwareToken, base32.
 * @param step - see `totpStep`.
 * @throws SyntaxError when the secret is not base32.
 */
export function totpCode(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const digest = createHmac('sha1', decodeBase32(secret)).update(counter).digest();
  const offset = digest.readUInt8(digest.length - 1) & 0x0f;
  const number = digest.readUInt32BE(offset) & 0x7fffffff;
  return String(number % 10 ** DIGITS).padStart(DIGITS, '0');
}
