import type { KeyObject } from 'node:crypto';

import { MandateConfigurationError } from '../../errors/configuration-error.js';
import { systemClock, type Clock } from '../../time/clock.js';
import { importSigningKeys, type SigningKey } from './jwk-import.js';
import { KeySetRefusedError, type FetchJwks } from './jwks-endpoint.js';
import { SigningKeysUnavailableError, TokenRejectedError } from '../token-errors.js';
import { notify, type TokenObserver } from '../token-events.js';

/** How the keys of one issuer are kept. All times are in milliseconds. */
export interface SigningKeysOptions {
  /** Names the keys in events. */
  readonly issuer: string;
  /** Reads the whole key set; absent for keys that never change. */
  readonly fetch?: FetchJwks;
  /** Keys to begin with. Without `fetch` there never are others. */
  readonly jwks?: readonly unknown[];
  /**
   * The keys of all issuers of the user pool, these among them. A pool has several addresses and signs under one: it is
   * no outage if the others have no keys. Default: these alone.
   */
  readonly pool?: readonly SigningKeys[];
  /**
   * Age from which the set is read again, in the background; from twice that age on, who asks for a key waits for it.
   * Default 10 minutes.
   */
  readonly maxAge?: number;
  /**
   * How much longer than `maxAge` old keys go on serving while the endpoint is down. Default 24 hours. Risk: during
   * that time a key that Cognito has withdrawn is still trusted.
   */
  readonly maxOutage?: number;
  /** Shortest time between two fetches, whatever key ids tokens bring. Default 10 seconds. */
  readonly cooldown?: number;
  /** The same as long as no key is known, unless the pool has keys elsewhere. Default 1 second. */
  readonly retryDelay?: number;
  readonly clock?: Clock;
  readonly observer?: TokenObserver | undefined;
}

/** What is known about the keys of an issuer. */
export interface SigningKeysStatus {
  readonly issuer: string;
  readonly keys: number;
  /** Milliseconds since the set was read; `undefined` for fixed keys and before the first fetch. */
  readonly age: number | undefined;
  /** Milliseconds since fetches of the set began to fail; `undefined` while they do not. */
  readonly outage: number | undefined;
}

/**
 * The signing keys of one issuer: one KeyObject per key id, made once. The set is fetched as a whole, by one request at
 * a time and at most one per cooldown, so that tokens with invented key ids cost next to nothing; a key that is known is
 * there at once, whatever the network does.
 */
export class SigningKeys {
  readonly issuer: string;
  readonly #fetch: FetchJwks | undefined;
  readonly #pool: readonly SigningKeys[];
  readonly #maxAge: number;
  readonly #maxOutage: number;
  readonly #cooldown: number;
  readonly #retryDelay: number;
  readonly #clock: Clock;
  readonly #observer: TokenObserver | undefined;
  #keys: ReadonlyMap<string, SigningKey>;
  #fetchedAt: number | undefined;
  #attemptedAt: number | undefined;
  #failure: unknown;
  #failedAt: number | undefined;
  #failingSince: number | undefined;
  /** The endpoint said that there is no key set, and the pool has keys elsewhere. */
  #isUnused = false;
  #fetching: Promise<void> | undefined;

  /** @throws MandateConfigurationError if neither a way to fetch keys nor a usable key is given. */
  constructor(options: SigningKeysOptions) {
    this.issuer = options.issuer;
    this.#fetch = options.fetch;
    this.#pool = options.pool ?? [];
    this.#maxAge = options.maxAge ?? 600_000;
    this.#maxOutage = options.maxOutage ?? 86_400_000;
    this.#cooldown = options.cooldown ?? 10_000;
    this.#retryDelay = options.retryDelay ?? 1_000;
    this.#clock = options.clock ?? systemClock;
    this.#observer = options.observer;
    this.#keys = importSigningKeys(options.jwks ?? []);
    if (this.#fetch === undefined && this.#keys.size === 0) {
      throw new MandateConfigurationError('jwks', 'holds no RSA signing key (kty "RSA", use "sig", alg "RS256", kid)');
    }
  }

  /**
   * The key at once, if it is known and its set not so old that `get` has to be waited for. Has the set read again in the
   * background when that is due.
   */
  find(kid: string): KeyObject | undefined {
    // This runs at every request, and fixed keys need no clock.
    const isUsable = this.#fetch === undefined || this.#mayServe();
    return isUsable ? this.#keys.get(kid)?.key : undefined;
  }

  /**
   * The key, fetched if it is not known, or very old, and the cooldown allows it.
   *
   * @throws TokenRejectedError TOKEN_KEY_UNKNOWN
   * @throws SigningKeysUnavailableError if no key at all is known.
   */
  async get(kid: string): Promise<KeyObject> {
    const known = this.find(kid);
    if (known !== undefined) {
      return known;
    }
    await this.preload();
    const key = this.#keys.get(kid)?.key;
    if (key === undefined) {
      throw this.#keys.size > 0 || this.#isUnused ? new TokenRejectedError('TOKEN_KEY_UNKNOWN') : this.#unavailable();
    }
    return key;
  }

  status(): SigningKeysStatus {
    this.#forgetOutdated();
    return {
      issuer: this.issuer,
      keys: this.#keys.size,
      age: this.#elapsedSince(this.#fetchedAt),
      outage: this.#elapsedSince(this.#failingSince),
    };
  }

  /** Reads the set now unless the cooldown forbids it, so that the first token need not wait. Never rejects. */
  async preload(): Promise<void> {
    if (this.#fetching !== undefined || this.#mayFetch()) {
      await this.#refresh();
    }
  }

  #refresh(): Promise<void> {
    this.#fetching ??= this.#fetchOnce().finally(() => {
      this.#fetching = undefined;
    });
    return this.#fetching;
  }

  async #fetchOnce(): Promise<void> {
    this.#attemptedAt = this.#clock();
    try {
      const jwks = (await this.#fetch?.()) ?? [];
      const keys = importSigningKeys(jwks, this.#keys);
      if (keys.size === 0) {
        throw new TypeError('The key set holds no RSA signing key.');
      }
      this.#keys = keys;
      this.#fetchedAt = this.#clock();
      this.#failingSince = undefined;
      notify(this.#observer, { type: 'keys-fetched', issuer: this.issuer, keys: keys.size });
    } catch (cause) {
      await this.#fail(cause);
    }
  }

  async #fail(cause: unknown): Promise<void> {
    this.#failure = cause;
    this.#failedAt = this.#clock();
    const elsewhere = this.#keys.size === 0 ? this.#askElsewhere() : undefined;
    this.#isUnused = cause instanceof KeySetRefusedError && (await elsewhere) === true;
    if (this.#isUnused) {
      this.#failingSince = undefined;
      return;
    }
    this.#failingSince ??= this.#failedAt;
    notify(this.#observer, { type: 'keys-unavailable', cause, ...this.status() });
  }

  /**
   * Whether the pool has keys under another issuer. Those that were never asked are asked now: anybody can make this one
   * be asked first, with a forged token, and it must not seem as if the pool had no keys at all.
   */
  async #askElsewhere(): Promise<boolean> {
    for (const other of this.#pool) {
      if (other.#attemptedAt === undefined) {
        await other.preload();
      }
      if (other.#keys.size > 0) {
        return true;
      }
    }
    return false;
  }

  #mayFetch(): boolean {
    const pause = this.#keys.size > 0 || this.#isUnused ? this.#cooldown : this.#retryDelay;
    const elapsed = this.#clock() - (this.#attemptedAt ?? Number.NEGATIVE_INFINITY);
    // A clock that was set back must not stop fetches for hours.
    return this.#fetch !== undefined && (elapsed >= pause || elapsed < 0);
  }

  /**
   * Whether there are keys that may be used at once. They are read again when they are old, and when they were given and
   * never read; very old ones serve only while a recent attempt to do so has failed.
   */
  #mayServe(): boolean {
    this.#forgetOutdated();
    const age = this.#elapsedSince(this.#fetchedAt);
    if (this.#keys.size === 0 || (age !== undefined && age < this.#maxAge)) {
      return this.#keys.size > 0;
    }
    if (this.#mayFetch()) {
      void this.#refresh();
    }
    const limit = 2 * this.#maxAge;
    return age === undefined || age < limit || (this.#elapsedSince(this.#failedAt) ?? limit) < limit;
  }

  #forgetOutdated(): void {
    if ((this.#elapsedSince(this.#fetchedAt) ?? 0) >= this.#maxAge + this.#maxOutage) {
      this.#keys = new Map();
      this.#fetchedAt = undefined;
    }
  }

  #elapsedSince(moment: number | undefined): number | undefined {
    return moment === undefined ? undefined : Math.max(0, this.#clock() - moment);
  }

  #unavailable(): SigningKeysUnavailableError {
    return new SigningKeysUnavailableError(Math.ceil(this.#retryDelay / 1000), { cause: this.#failure });
  }
}
