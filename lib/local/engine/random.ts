import { randomBytes, randomUUID } from 'node:crypto';

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Returns `size` random bytes. */
export type RandomSource = (size: number) => Uint8Array;

/** Identifiers, codes and secrets in Cognito's formats, from one source of random bytes. */
export class Random {
  /** @param source - default: the random bytes of `node:crypto`. */
  constructor(private readonly source?: RandomSource) {}

  bytes(size: number): Buffer {
    return Buffer.from((this.source ?? randomBytes)(size));
  }

  /** A version 4 UUID. */
  uuid(): string {
    if (this.source === undefined) {
      // Node.js fetches random bytes for many of them at once. Each response has one.
      return randomUUID();
    }
    const bytes = this.bytes(16);
    bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
    bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
    const hex = bytes.toString('hex');
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
  }

  /** Uniformly distributed decimal digits. */
  digits(length: number): string {
    return this.sample('0123456789', length);
  }

  /** Lower-case letters and digits, the alphabet of client ids and client secrets. */
  lowerAlphanumeric(length: number): string {
    return this.sample('0123456789abcdefghijklmnopqrstuvwxyz', length);
  }

  /** Letters and digits, the alphabet of pool ids. */
  alphanumeric(length: number): string {
    return this.sample(BASE62, length);
  }

  private sample(alphabet: string, length: number): string {
    const limit = 256 - (256 % alphabet.length);
    let text = '';
    while (text.length < length) {
      for (const byte of this.bytes(length)) {
        // Rejection sampling: higher bytes would favour the first characters of the alphabet.
        if (byte < limit && text.length < length) {
          text += alphabet.charAt(byte % alphabet.length);
        }
      }
    }
    return text;
  }
}
