import type { KeyObject } from 'node:crypto';

import { MandateConfigurationError } from '../../errors/configuration-error.js';
import type { Clock } from '../../time/clock.js';
import { SigningKeysUnavailableError, TokenRejectedError } from '../token-errors.js';
import { notify, type TokenObserver } from '../token-events.js';
import { FetchSchedule, type FetchTimes } from './fetch-schedule.js';
import { importSigningKeys, type SigningKey } from './jwk-import.js';
import { KeySetRefusedError, type FetchJwks } from './jwks-endpoint.js';

/** Signing keys of an issuer that never change. */
export interface FixedSigningKeysOptions {
  /** Identifies the keys in events. */
  readonly issuer: string;
  /** The JSON Web Keys (RFC 7517). */
  readonly jwks: readonly unknown[];
  readonly fetch?: undefined;
}

/** Signing keys of an issuer that are fetched. */
export interface FetchedSigningKeysOptions extends FetchTimes {
  /** Identifies the keys in events. */
  readonly issuer: string;
  /** Reads the whole key set. */
  readonly fetch: FetchJwks;
  /** Initial keys. Default: none. */
  readonly jwks?: readonly unknown[] | undefined;
  /**
   * The keys of the pool's other issuers. A pool has several addresses and signs under one: if the others have no keys,
   * that is not an outage. Default: none.
   */
  readonly pool?: readonly SigningKeys[] | undefined;
  readonly clock: Clock;
  readonly onTokenEvent?: TokenObserver | undefined;
}

/** Options of `SigningKeys`. */
export type SigningKeysOptions = FixedSigningKeysOptions | FetchedSigningKeysOptions;

/**
 * Status of the signing keys of an issuer.
 *
 * @publicApi
 */
export interface SigningKeysStatus {
  readonly issuer: string;
  /** Number of keys. */
  readonly keys: number;
  /** Milliseconds since the key set was fetched; `undefined` for fixed keys and before the first fetch. */
  readonly age: number | undefined;
  /** Milliseconds since fetches of the key set began to fail; `undefined` while they do not. */
  readonly outage: number | undefined;
}

type KeySet = ReadonlyMap<string, SigningKey>;

const NO_KEYS: KeySet = new Map();

/**
 * The signing keys of one issuer: one KeyObject per key id, created once. The set is fetched as a whole, by one request
 * at a time and at most one per cooldown, so that tokens with forged key ids cost next to nothing.
 */
export class SigningKeys {
  readonly issuer: string;
  /** Undefined for keys that never change. */
  readonly #schedule: FetchSchedule<KeySet> | undefined;
  readonly #fixed: KeySet;
  readonly #retryAfterSeconds: number;

  /** @throws MandateConfigurationError if there is neither a usable key nor a way to fetch one. */
  constructor(options: SigningKeysOptions) {
    this.issuer = options.issuer;
    this.#fixed = importSigningKeys(options.jwks ?? []);
    this.#retryAfterSeconds = options.fetch ? Math.ceil(options.retryDelay / 1000) : 0;
    this.#schedule = options.fetch && this.#createSchedule(options);
    if (this.#schedule === undefined && this.#fixed.size === 0) {
      throw new MandateConfigurationError(
        'jwks',
        'must contain an RSA signing key (kty "RSA", use "sig", alg "RS256", kid)',
      );
    }
  }

  /**
   * The key if it is cached and fresh enough to be used without waiting. Fetches the set in the background when due.
   */
  getCached(kid: string): KeyObject | undefined {
    // This runs for every request, and fixed keys need no clock.
    const keys = this.#schedule === undefined ? this.#fixed : this.#schedule.current();
    return keys?.get(kid)?.key;
  }

  /**
   * The key, fetched if it is unknown or very old and the cooldown allows a fetch.
   *
   * @throws TokenRejectedError TOKEN_KEY_UNKNOWN
   * @throws SigningKeysUnavailableError if no key at all is available.
   */
  async get(kid: string): Promise<KeyObject> {
    const cached = this.getCached(kid);
    if (cached !== undefined) {
      return cached;
    }
    await this.preload();
    const key = this.#keys.get(kid)?.key;
    if (key === undefined) {
      throw this.#missing();
    }
    return key;
  }

  /** The status of the keys. Never causes a request. */
  status(): SigningKeysStatus {
    const keys = this.#keys.size;
    return { issuer: this.issuer, keys, age: this.#schedule?.age, outage: this.#schedule?.outage };
  }

  /** Fetches the set now unless the cooldown forbids it, so that the first token need not wait. Never rejects. */
  async preload(): Promise<void> {
    await this.#schedule?.refresh();
  }

  get #keys(): KeySet {
    return this.#schedule === undefined ? this.#fixed : (this.#schedule.value ?? NO_KEYS);
  }

  #createSchedule(options: FetchedSigningKeysOptions): FetchSchedule<KeySet> {
    const { issuer, fetch, pool = [], onTokenEvent, ...times } = options;
    return new FetchSchedule<KeySet>({
      ...times,
      initial: this.#fixed.size > 0 ? this.#fixed : undefined,
      fetch: () => this.#fetch(fetch, pool),
      onFetched: (keys) => {
        notify(onTokenEvent, { type: 'keys-fetched', issuer, keys: keys.size });
      },
      onFailed: (cause) => {
        notify(onTokenEvent, { type: 'keys-unavailable', cause, ...this.status() });
      },
    });
  }

  /** The key set; `undefined` if this issuer has none and another issuer of the pool has. */
  async #fetch(fetch: FetchJwks, pool: readonly SigningKeys[]): Promise<KeySet | undefined> {
    try {
      const keys = importSigningKeys(await fetch(), this.#keys);
      if (keys.size === 0) {
        throw new TypeError('The key set contains no RSA signing key.');
      }
      return keys;
    } catch (cause) {
      const elsewhere = this.#keys.size === 0 ? this.#haveKeys(pool) : undefined;
      if (cause instanceof KeySetRefusedError && (await elsewhere) === true) {
        return undefined;
      }
      throw cause;
    }
  }

  /**
   * Whether the pool has keys under another issuer. Those never attempted are fetched now: a forged token can make any
   * issuer the first one, and that must not look as if the pool had no keys.
   */
  async #haveKeys(pool: readonly SigningKeys[]): Promise<boolean> {
    for (const other of pool) {
      if (other.#schedule?.wasAttempted === false) {
        await other.preload();
      }
      if (other.#keys.size > 0) {
        return true;
      }
    }
    return false;
  }

  #missing(): Error {
    return this.#keys.size > 0 || this.#schedule?.isAbsent === true
      ? new TokenRejectedError('TOKEN_KEY_UNKNOWN')
      : new SigningKeysUnavailableError(this.#retryAfterSeconds, { cause: this.#schedule?.failure });
  }
}
