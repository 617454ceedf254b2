import { Injectable } from '@nestjs/common';

import { MandateConfigurationError } from '../../errors/configuration-error.js';
import type { Clock } from '../../time/clock.js';
import type { TokenObserver } from '../../tokens/token-events.js';
import type { Verifier } from '../../tokens/verifier.js';
import type { TokenExtractor } from '../extractors/token-extractors.js';

/** A user pool, or a set of tenants, as the guard sees it. */
export interface AuthPool {
  readonly verifier: Verifier;
  /** Where to look for a token, in order. */
  readonly extractors: readonly TokenExtractor[];
  /** Names the protected area in `WWW-Authenticate` headers. Default: the name of the pool. */
  readonly realm?: string | undefined;
  readonly clock: Clock;
  /** Seconds by which the clocks may differ, for `@MaxAge`. Default 0. */
  readonly clockToleranceSeconds?: number | undefined;
  /** Is told when the guard refuses a call for what the verifier does not know: no token, no such group. */
  readonly observer?: TokenObserver | undefined;
}

/** A pool with the name under which it was registered. */
export interface RegisteredPool extends AuthPool {
  readonly name: string;
  readonly realm: string;
}

/** The name of the pool that was registered without one. */
export const DEFAULT_POOL = 'default';

/** The user pools of an application. Each registration of the module adds one; the guard chooses among them. */
@Injectable()
export class UserPools {
  readonly #pools = new Map<string, RegisteredPool>();
  /** The one that needs no name, so that the guard of a single pool looks nothing up. */
  #unnamed: RegisteredPool | undefined;

  /**
   * Adds a pool.
   *
   * @param name - as in the module's options; `undefined` makes it the default pool.
   * @throws MandateConfigurationError if the name is taken.
   */
  register(name: string | undefined, pool: AuthPool): RegisteredPool {
    const key = name ?? DEFAULT_POOL;
    if (this.#pools.has(key)) {
      throw new MandateConfigurationError('name', `must be unique, but two registrations are named "${key}"`);
    }
    const registered = { ...pool, name: key, realm: pool.realm ?? key };
    this.#pools.set(key, registered);
    this.#unnamed = this.#pools.get(DEFAULT_POOL) ?? this.#only();
    return registered;
  }

  /**
   * A pool by its name. Without a name: the default pool or, if there is none, the only one.
   *
   * @throws MandateConfigurationError if there is no such pool.
   */
  get(name?: string): RegisteredPool {
    const pool = name === undefined ? this.#unnamed : this.#pools.get(name);
    if (pool === undefined) {
      const known = [...this.#pools.keys()].map((key) => `"${key}"`).join(', ') || 'none';
      throw new MandateConfigurationError(
        'name',
        `must name a registered user pool, not "${name ?? DEFAULT_POOL}"; registered: ${known}`,
      );
    }
    return pool;
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
