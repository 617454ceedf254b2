import { createHash, createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';

import { RecordMap } from '../../model/record-map.js';

const MODULUS_BITS = 2048;

/** A signing key pair with the `kid` that the key set publishes. */
export interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** A pool signs access and ID tokens with different keys. */
export interface PoolKeys {
  readonly access: SigningKey;
  readonly id: SigningKey;
}

/** An entry of `/.well-known/jwks.json`. */
export interface PublicJwk {
  readonly alg: 'RS256';
  readonly e: string;
  readonly kid: string;
  readonly kty: 'RSA';
  readonly n: string;
  readonly use: 'sig';
}

/** A pool's private keys, PEM (PKCS #8). */
export interface PoolKeysPem {
  readonly access: string;
  readonly id: string;
}

/**
 * Keys that servers of this process have generated and no longer use. They are the one thing that outlives a server:
 * generating them is most of the time that a test's server takes.
 */
const spare: PoolKeys[] = [];

/**
 * The signing keys of all pools. They are generated with a pool's first token: generating a 2048-bit key takes a quarter
 * of a second on a thread that file access needs too.
 */
export class SigningKeys {
  /** By pool id, for storage. */
  readonly records = new RecordMap<PoolKeysPem>();
  private readonly byPool = new Map<string, Promise<PoolKeys>>();
  /** Pools whose keys were given: nobody else may have them. */
  private readonly given = new Set<string>();

  constructor() {
    this.records.path = '/keys/';
  }

  /** A pool's keys, generated on first use. */
  of(poolId: string): Promise<PoolKeys> {
    let keys = this.byPool.get(poolId);
    if (keys === undefined) {
      keys = this.create(poolId);
      this.byPool.set(poolId, keys);
    }
    return keys;
  }

  /** Sets a pool's keys. */
  import(poolId: string, pem: PoolKeysPem): void {
    this.use(poolId, pem);
    this.records.set(poolId, pem);
  }

  /** Sets a pool's keys as they were stored. */
  restore(poolId: string, number: number, pem: PoolKeysPem): void {
    this.use(poolId, pem);
    this.records.restore(poolId, number, pem);
  }

  private use(poolId: string, pem: PoolKeysPem): void {
    const keys = { access: signingKey(createPrivateKey(pem.access)), id: signingKey(createPrivateKey(pem.id)) };
    this.byPool.set(poolId, Promise.resolve(keys));
    this.given.add(poolId);
  }

  /** Leaves the keys that were generated to servers that start later. No tokens are signed after this. */
  async release(): Promise<void> {
    const own = [...this.byPool].filter(([poolId]) => !this.given.has(poolId));
    this.byPool.clear();
    spare.push(...(await Promise.all(own.map(([, keys]) => keys))));
  }

  forget(poolId: string): void {
    this.byPool.delete(poolId);
    this.records.delete(poolId);
  }

  /** The public keys as a JSON Web Key Set (RFC 7517 section 5). */
  async jwks(poolId: string): Promise<{ keys: PublicJwk[] }> {
    const keys = await this.of(poolId);
    return { keys: [keys.id, keys.access].map(publicJwk) };
  }

  private async create(poolId: string): Promise<PoolKeys> {
    const keys = spare.pop() ?? (await generatePoolKeys());
    this.records.set(poolId, { access: pemOf(keys.access), id: pemOf(keys.id) });
    return keys;
  }
}

async function generatePoolKeys(): Promise<PoolKeys> {
  const [access, id] = await Promise.all([generateKey(), generateKey()]);
  return { access, id };
}

async function generateKey(): Promise<SigningKey> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: MODULUS_BITS });
  return signingKey(privateKey);
}

function signingKey(privateKey: KeyObject): SigningKey {
  const publicKey = createPublicKey(privateKey);
  const digest = createHash('sha256').update(publicKey.export({ type: 'spki', format: 'der' }));
  return { kid: digest.digest('base64'), privateKey, publicKey };
}

function pemOf({ privateKey }: SigningKey): string {
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function publicJwk(key: SigningKey): PublicJwk {
  const { e = '', n = '' } = key.publicKey.export({ format: 'jwk' });
  return { alg: 'RS256', e, kid: key.kid, kty: 'RSA', n, use: 'sig' };
}
