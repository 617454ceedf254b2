import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';

import type { Clock } from '../../../time/clock.js';
import { BoundedMap } from '../../../memory/bounded-map.js';
import type { SignInFlow } from '../../model/challenge-session.js';
import type { Random } from '../random.js';

const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;
const LIFE_MILLISECONDS = 3 * 60_000;
const MAX_SPENT = 20_000;

/** The server's half of an SRP exchange, which travels through the client. */
export interface SrpExchange {
  readonly clientId: string;
  /** The internal username; undefined for a user that is only pretended. */
  readonly username?: string;
  /** The flow that it is part of; what comes after the proof depends on it. */
  readonly flow?: SignInFlow;
  /** For a device's exchange. */
  readonly deviceKey?: string;
  /** SRP_A, b, B and v, hexadecimal. */
  readonly clientPublic: string;
  readonly secret: string;
  readonly serverPublic: string;
  readonly verifier: string;
}

type Sealed = SrpExchange & { readonly expiresAt: number };

/**
 * SECRET_BLOCK: an exchange encrypted under a key that only this server has. So PASSWORD_VERIFIER needs no session;
 * pycognito sends none. A block works once.
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

  /** Encrypts an exchange; the result is standard base64. */
  seal(exchange: SrpExchange): string {
    const sealed: Sealed = { ...exchange, expiresAt: this.clock() + LIFE_MILLISECONDS };
    const iv = this.random.bytes(IV_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.key, iv);
    const content = Buffer.concat([cipher.update(JSON.stringify(sealed), 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), content]).toString('base64');
  }

  /** Decrypts and spends a block; undefined when it is not ours, too old or used before. */
  open(block: string): SrpExchange | undefined {
    const exchange = this.decrypt(Buffer.from(block, 'base64'));
    if (exchange === undefined || this.clock() >= exchange.expiresAt || this.spent.get(exchange.serverPublic)) {
      return undefined;
    }
    this.spent.set(exchange.serverPublic, true);
    return exchange;
  }

  /** 32 bytes that only this server can derive from a text, always the same. */
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
