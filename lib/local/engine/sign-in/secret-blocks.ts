import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';

import { BoundedMap } from '../../../memory/bounded-map.js';
import type { Clock } from '../../../time/clock.js';
import type { SignInFlow } from '../../model/challenge-session.js';
import type { Random } from '../random.js';

const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;
const LIFETIME_MS = 3 * 60_000;
const MAX_SPENT = 20_000;

/** The server's state of an SRP exchange, which travels through the client. */
export interface SrpExchange {
  readonly clientId: string;
  /** The internal username; undefined for an unknown user. */
  readonly username?: string;
  /** The flow that started the exchange; undefined for a device's exchange. */
  readonly flow?: SignInFlow;
  /** Undefined for a password's exchange. */
  readonly deviceKey?: string;
  /** A, hexadecimal, like the following three: b, B and v (RFC 5054 section 2.6). */
  readonly clientPublic: string;
  readonly secret: string;
  readonly serverPublic: string;
  readonly verifier: string;
}

type Sealed = SrpExchange & { readonly expiresAt: number };

/**
 * SECRET_BLOCK: an exchange, encrypted under a key of this server. PASSWORD_VERIFIER therefore needs no session, and
 * pycognito sends none. A block is single-use.
 */
export class SecretBlocks {
  private readonly key: Buffer;
  private readonly spent = new BoundedMap<string, true>(MAX_SPENT);

  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
  ) {
    this.key = random.bytes(32);
  }

  /** Encrypts an exchange. @returns base64. */
  seal(exchange: SrpExchange): string {
    const sealed: Sealed = { ...exchange, expiresAt: this.clock() + LIFETIME_MS };
    const iv = this.random.bytes(IV_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.key, iv);
    const content = Buffer.concat([cipher.update(JSON.stringify(sealed), 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), content]).toString('base64');
  }

  /** Decrypts and spends a block. @returns undefined if it is forged, expired or spent. */
  open(block: string): SrpExchange | undefined {
    const exchange = this.decrypt(Buffer.from(block, 'base64'));
    if (exchange === undefined || this.clock() >= exchange.expiresAt || this.spent.get(exchange.serverPublic)) {
      return undefined;
    }
    this.spent.set(exchange.serverPublic, true);
    return exchange;
  }

  /** Derives 32 bytes from a text (HMAC-SHA-256): stable, and unpredictable without this server's key. */
  pseudonym(text: string): Buffer {
    return createHmac('sha256', this.key).update(text, 'utf8').digest();
  }

  private decrypt(bytes: Buffer): Sealed | undefined {
    try {
      const decipher = createDecipheriv(ALGORITHM, this.key, bytes.subarray(0, IV_BYTES));
      decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
      const content = decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES));
      return JSON.parse(Buffer.concat([content, decipher.final()]).toString('utf8')) as Sealed;
    } catch {
      return undefined;
    }
  }
}
