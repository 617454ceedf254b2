import { hkdfSync } from 'node:crypto';

import { CompactEncrypt, compactDecrypt } from 'jose';

import { isObject } from '../../types/is-object.js';

/** Bytes: AES-256. */
const KEY_LENGTH = 32;
/** Bytes: enough to tell a few secrets apart. */
const KID_LENGTH = 9;

interface SealingKey {
  readonly kid: string;
  /** The protected header of what the key seals, encoded: anything else was not sealed here. */
  readonly header: string;
  readonly key: Uint8Array;
}

/**
 * Seals JSON as a compact JWE (RFC 7516) with `alg: dir` and `enc: A256GCM`. Each purpose and name has keys of its own, so
 * that what was sealed for one cookie opens as no other. A key is HKDF-SHA-256 (RFC 5869) of the secret without salt, with
 * the info `mandate <purpose> <name>`; the header `kid` is that of the info `mandate kid <purpose> <name>`.
 *
 * Nothing is compressed: the length would tell about secrets beside text that an attacker chooses.
 */
export class Seal {
  // Private by `#`, so that no dump contains a key.
  readonly #keys: readonly [SealingKey, ...SealingKey[]];

  /** @param secrets - the first seals, all open. */
  constructor(secrets: readonly string[], purpose: string, name: string) {
    const [first, ...others] = secrets.map((secret) => sealingKey(secret, `${purpose} ${name}`));
    if (first === undefined) {
      throw new RangeError('A seal needs a secret.');
    }
    this.#keys = [first, ...others];
  }

  /** Seals a value that JSON can express. */
  async seal(content: object): Promise<string> {
    const [{ kid, key }] = this.#keys;
    return new CompactEncrypt(Buffer.from(JSON.stringify(content)))
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid })
      .encrypt(key);
  }

  /** Returns what was sealed, or undefined for anything that was not sealed here for this purpose and name. */
  async open(sealed: string): Promise<Record<string, unknown> | undefined> {
    const header = sealed.slice(0, sealed.indexOf('.'));
    const sealing = this.#keys.find((key) => key.header === header);
    if (sealing === undefined) {
      return undefined;
    }
    try {
      const { plaintext } = await compactDecrypt(sealed, sealing.key);
      const content: unknown = JSON.parse(Buffer.from(plaintext).toString('utf8'));
      return isObject(content) ? content : undefined;
    } catch {
      // Whoever forged it learns nothing from the answer.
      return undefined;
    }
  }
}

/** The length of what `Seal.seal` returns, in bytes. */
export function sealedLength(content: object): number {
  const header = { alg: 'dir', enc: 'A256GCM', kid: 'x'.repeat((KID_LENGTH * 4) / 3) };
  const bytes = [Buffer.byteLength(JSON.stringify(header)), 0, 12, Buffer.byteLength(JSON.stringify(content)), 16];
  return bytes.reduce((sum, length) => sum + Math.ceil((length * 4) / 3), bytes.length - 1);
}

/** A key for a purpose other than sealing, such as a MAC. */
export function derivedKey(secret: string, info: string, length = KEY_LENGTH): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `mandate ${info}`, length));
}

function sealingKey(secret: string, info: string): SealingKey {
  const kid = derivedKey(secret, `kid ${info}`, KID_LENGTH).toString('base64url');
  const header = Buffer.from(JSON.stringify({ alg: 'dir', enc: 'A256GCM', kid })).toString('base64url');
  return { kid, header, key: new Uint8Array(derivedKey(secret, info)) };
}
