import type { KeyObject } from 'node:crypto';

import { MandateConfigurationError } from '../../errors/configuration-error.js';
import type { Clock } from '../../time/clock.js';
import { anyOf, claimMismatch, claimText } from '../claim-mismatch.js';
import { mismatched, SigningKeysUnavailableError } from '../token-errors.js';
import { notify, type TokenObserver } from '../token-events.js';
import { FetchSchedule, type FetchTimes } from './fetch-schedule.js';
import { importSigningKeys, type SigningKey } from './jwk-import.js';
import type { FetchJwks } from './jwks-endpoint.js';
import { KeySetRefusedError } from './jwks-request.js';

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
   * The keys of the pool's issuers. A pool has several addresses and signs under one: if the others have no keys, that is
   * not an outage. Default: none.
   */
  readonly pool?: readonly SigningKeys[] | undefined;
  /**
   * Those of them in the same Region, which are other forms of this issuer: if they have keys, it is no outage either that
   * this one cannot be reached. Default: none.
   */
  readonly sameRegion?: readonly SigningKeys[] | undefined;
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
  readonly #cooldownSeconds: number;
  readonly #onTokenEvent: TokenObserver | undefined;
  readonly #pool: readonly SigningKeys[];
  readonly #closing = new AbortController();
  /** What the endpoint has answered last, or is about to answer; `undefined` for a failure. Never rejects. */
  #reading: Promise<KeySet | undefined> | undefined;
  /** Why the endpoint could not be reached, where that is no outage. */
  #unreachable: unknown;

  /** @throws MandateConfigurationError if there is neither a usable key nor a way to fetch one. */
  constructor(options: SigningKeysOptions) {
    this.issuer = options.issuer;
    this.#fixed = importSigningKeys(options.jwks ?? []);
    this.#pool = (options.fetch && options.pool) ?? [];
    this.#retryAfterSeconds = options.fetch ? Math.ceil(options.retryDelay / 1000) : 0;
    this.#cooldownSeconds = options.fetch ? Math.ceil(options.cooldown / 1000) : 0;
    this.#onTokenEvent = options.fetch && options.onTokenEvent;
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
      throw this.#missing(kid);
    }
    return key;
  }

  /**
   * The key of this id that the pool publishes under another issuer, while it publishes none under this one. It tells a
   * forged token without a request, but accepts none: only the issuer's own keys do.
   */
  getPublishedElsewhere(kid: string): KeyObject | undefined {
    return this.#keys.size > 0 ? undefined : this.#pool.map((other) => other.#keys.get(kid)?.key).find(Boolean);
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

  /** Ends a fetch that is under way, and starts no further one. */
  close(): void {
    this.#closing.abort(new Error('The verifier was closed.'));
  }

  get #keys(): KeySet {
    return this.#schedule === undefined ? this.#fixed : (this.#schedule.value ?? NO_KEYS);
  }

  #createSchedule(options: FetchedSigningKeysOptions): FetchSchedule<KeySet> {
    const { issuer, fetch, sameRegion = [], ...times } = options;
    return new FetchSchedule<KeySet>({
      ...times,
      initial: this.#fixed.size > 0 ? this.#fixed : undefined,
      fetch: () => this.#fetch(fetch, sameRegion),
      hasSubstitute: () => this.#pool.some((other) => other.#keys.size > 0),
      onFetched: (keys) => {
        notify(this.#onTokenEvent, { type: 'keys-fetched', issuer, keys: keys.size });
      },
      onFailed: (cause) => {
        if (!this.#closing.signal.aborted) {
          notify(this.#onTokenEvent, { type: 'keys-unavailable', cause, ...this.status() });
        }
      },
    });
  }

  /** The key set; `undefined` if this issuer has none, or none that can be reached, and another of the pool has. */
  async #fetch(fetch: FetchJwks, sameRegion: readonly SigningKeys[]): Promise<KeySet | undefined> {
    this.#unreachable = undefined;
    const reading = this.#read(fetch);
    this.#reading = reading.catch(() => undefined);
    try {
      return await reading;
    } catch (cause) {
      if (this.#keys.size > 0 || !(await this.#isUnused(cause, sameRegion))) {
        throw cause;
      }
      this.#unreachable = cause instanceof KeySetRefusedError ? undefined : cause;
      return undefined;
    }
  }

  /** Whether the pool does not use this issuer, as far as a failed fetch shows. */
  async #isUnused(cause: unknown, sameRegion: readonly SigningKeys[]): Promise<boolean> {
    const isPublished = this.#isPublished(this.#pool);
    // Where the endpoint does not answer, nobody waits for a second one: what is known by now counts.
    return cause instanceof KeySetRefusedError ? isPublished : sameRegion.some((other) => other.#keys.size > 0);
  }

  async #read(fetch: FetchJwks): Promise<KeySet> {
    const keys = importSigningKeys(await fetch(this.#closing.signal), this.#keys);
    if (keys.size === 0) {
      throw new TypeError('The key set contains no RSA signing key.');
    }
    return keys;
  }

  /**
   * Whether the pool has keys under another issuer. Those never attempted are fetched now: a forged token can make any
   * issuer the first one, and that must not look as if the pool had no keys.
   */
  async #isPublished(issuers: readonly SigningKeys[]): Promise<boolean> {
    const others = issuers.filter((other) => other !== this);
    if (others.some((other) => other.#keys.size > 0)) {
      return true;
    }
    for (const other of others) {
      if (other.#schedule?.wasAttempted === false) {
        void other.preload();
      }
      // Not what its schedule makes of the answer: that may wait for this one in turn.
      if ((await other.#reading) !== undefined) {
        return true;
      }
    }
    return false;
  }

  #missing(kid: string): Error {
    if (this.#keys.size === 0 && this.#schedule?.isAbsent !== true) {
      return new SigningKeysUnavailableError(this.#retryAfterSeconds, { cause: this.#schedule?.failure });
    }
    const cause = this.#unreachable;
    if (cause === undefined || this.getPublishedElsewhere(kid) === undefined) {
      const published = this.#keys.size > 0 ? anyOf('kid', this.#keys.keys()) : `another iss than ${this.issuer}`;
      return mismatched('TOKEN_KEY_UNKNOWN', claimMismatch(published, claimText('kid', kid)));
    }
    // The pool has this key under another issuer, so the token may be genuine.
    notify(this.#onTokenEvent, { type: 'keys-unavailable', cause, ...this.status() });
    return new SigningKeysUnavailableError(this.#cooldownSeconds, { cause });
  }
}
