import { Injectable } from '@nestjs/common';

import { MandateConfigurationError } from '../../errors/configuration-error.js';
import type { Clock } from '../../time/clock.js';
import type { TokenObserver } from '../../tokens/token-events.js';
import type { Verifier } from '../../tokens/verifier.js';
import { DEFAULT_EXTRACTORS } from '../extractors/extract-token.js';
import type { ExtractingPool, SessionReader, TokenExtractor } from '../extractors/token-extractor.js';
import type { UserLoader } from '../user-loader.js';

/**
 * A user pool, or a set of tenants, as the guard uses it.
 *
 * @publicApi
 */
export interface AuthPool {
  readonly verifier: Verifier;
  /** Where to find the token of a call, in order. */
  readonly extractors: readonly TokenExtractor[];
  /** Names the protected area in `WWW-Authenticate` headers. Default: the name of the pool. */
  readonly realm?: string | undefined;
  readonly clock: Clock;
  /** Allowed clock skew for `@MaxAge`. Default: 0 s. */
  readonly clockToleranceSeconds?: number | undefined;
  /** Whether connections end when their token expires. Default: true. */
  readonly endConnectionsAtExpiry?: boolean | undefined;
  /** Called when the guard denies a call for a reason unknown to the verifier: no token, a missing group or scope. */
  readonly observer?: TokenObserver | undefined;
  /** Loads the application's own user. Default: the claims of the token are the user. */
  readonly loadUser?: UserLoader | undefined;
}

/**
 * A pool and the name that it was registered under.
 *
 * @publicApi
 */
export interface RegisteredPool extends AuthPool, ExtractingPool {
  readonly name: string;
  readonly realm: string;
}

/** A pool whose sessions are attached once all modules exist. */
interface Attachable {
  sessions?: SessionReader | undefined;
  extractors: readonly TokenExtractor[];
}

/**
 * The name of the pool that was registered without one.
 *
 * @publicApi
 */
export const DEFAULT_POOL = 'default';

/**
 * The injection token of the application's `UserPools`. Not the class, which differs between two copies of this package:
 * the guard of one works with the module of the other.
 */
export const USER_POOLS = 'mandate:UserPools';

/**
 * The user pools of an application. Each registration of `MandateModule` adds one; the guard looks them up by name.
 *
 * @publicApi
 */
@Injectable()
export class UserPools {
  readonly #pools = new Map<string, RegisteredPool>();
  /** The pool that needs no name, kept apart so that the guard of a single pool skips the look-up. */
  #unnamed: RegisteredPool | undefined;
  #loadsUsers = false;

  /** Whether any of the pools loads users. */
  get loadsUsers(): boolean {
    return this.#loadsUsers;
  }

  /**
   * Adds a pool.
   *
   * @param name - as in the options of the module; `undefined` registers the default pool.
   * @throws MandateConfigurationError if the name is taken, or no name.
   */
  register(name: string | undefined, pool: AuthPool): RegisteredPool {
    const key: unknown = name ?? DEFAULT_POOL;
    if (typeof key !== 'string' || key.trim() === '') {
      throw new MandateConfigurationError('name', 'must be a non-blank string, or @Pool could not name it');
    }
    if (this.#pools.has(key)) {
      throw new MandateConfigurationError('name', `must be unique, but two registrations are named "${key}"`);
    }
    const registered = { ...pool, name: key, realm: pool.realm ?? key };
    this.#pools.set(key, registered);
    this.#loadsUsers ||= pool.loadUser !== undefined;
    this.#unnamed = this.#pools.get(DEFAULT_POOL) ?? this.#only();
    return registered;
  }

  /**
   * Returns a pool by its name. Without a name: the default pool or, if there is none, the only pool.
   *
   * @throws MandateConfigurationError if there is no such pool.
   */
  get(name?: string): RegisteredPool {
    const pool = name === undefined ? this.#unnamed : this.#pools.get(name);
    if (pool === undefined) {
      const known = [...this.#pools.keys()].map((key) => `"${key}"`).join(', ') || 'none';
      throw new MandateConfigurationError(
        'name',
        `must name a registered user pool, not "${name ?? DEFAULT_POOL}". Registered pools: ${known}`,
      );
    }
    return pool;
  }

  /**
   * Attaches browser sessions to a pool, for `browserSession()` among its extractors.
   *
   * @param extractor - reads the sessions; added to the default extractors, never to those that the application has chosen.
   * @throws MandateConfigurationError if there is no such pool, or it has sessions already.
   */
  attachSessions(name: string | undefined, sessions: SessionReader, extractor?: TokenExtractor): void {
    const pool: Attachable = this.get(name);
    if (pool.sessions !== undefined) {
      throw new MandateConfigurationError(
        'name',
        `must name a pool without browser sessions, but two modules bring sessions for "${this.get(name).name}"`,
      );
    }
    pool.sessions = sessions;
    if (extractor !== undefined && pool.extractors === DEFAULT_EXTRACTORS) {
      // After the others: a request with a token of its own is not asked where it comes from.
      pool.extractors = [...pool.extractors, extractor];
    }
  }

  /** The names of all pools. */
  names(): readonly string[] {
    return [...this.#pools.keys()];
  }

  #only(): RegisteredPool | undefined {
    const [only, ...others] = this.#pools.values();
    return others.length === 0 ? only : undefined;
  }
}
