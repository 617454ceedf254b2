import { BoundedMap } from '../memory/bounded-map.js';
import { ExpiringMap } from '../memory/expiring-map.js';
import { SingleFlight } from '../memory/single-flight.js';
import type { Clock } from '../time/clock.js';
import { isFresh } from '../time/is-fresh.js';
import type { ClientToken } from './client-token.js';

/** What tokens are cached with. One cache serves several clients. */
export interface ClientTokenCacheOptions {
  readonly clock: Clock;
  /** Returns a number from 0 to 1, 1 excluded. */
  readonly jitter: () => number;
}

interface CachedToken {
  readonly token: ClientToken;
  readonly fetchedAt: number;
  /** Milliseconds after `fetchedAt` in which the token is used without asking again. */
  readonly ttl: number;
}

/** Tokens, by client, way, scopes and metadata. */
const CAPACITY = 1_000;

/** Milliseconds before its expiry at which a token is replaced. */
const RENEW_BEFORE = 60_000;

/** The most, in milliseconds, that a token is replaced earlier, so that instances which started together do not ask together. */
const JITTER = 30_000;

/** Milliseconds for which a failure is answered from memory, and for which a token counts as new. */
const RECENT = 5_000;

/** Remembers the tokens of app clients: each costs money, and their number per second is limited. */
export class ClientTokenCache {
  readonly #tokens = new BoundedMap<string, CachedToken>(CAPACITY);
  readonly #failures: ExpiringMap<string, Error>;
  readonly #requests = new SingleFlight<string, ClientToken>();

  constructor(private readonly options: ClientTokenCacheOptions) {
    this.#failures = new ExpiringMap(CAPACITY, options.clock);
  }

  /**
   * The cached token, or a new one. Calls that overlap share one request.
   *
   * @param fresh - whether a cached token is used only if it is new.
   */
  async get(key: string, fresh: boolean, request: () => Promise<ClientToken>): Promise<ClientToken> {
    const cached = this.#tokens.get(key);
    const now = this.options.clock();
    if (cached !== undefined && isFresh(cached.fetchedAt, fresh ? Math.min(RECENT, cached.ttl) : cached.ttl, now)) {
      return cached.token;
    }
    // A token that is about to expire is still of use while no other can be had. One that was refused is not.
    const reserve = fresh || cached === undefined || cached.token.expiresAt <= now ? undefined : cached.token;
    const failure = this.#failures.get(key);
    if (failure !== undefined) {
      return reserve ?? Promise.reject(failure);
    }
    return this.#requests
      .run(key, async () => this.#request(key, request))
      .catch((error: unknown) => {
        if (reserve === undefined) {
          throw error;
        }
        return reserve;
      });
  }

  async #request(key: string, request: () => Promise<ClientToken>): Promise<ClientToken> {
    try {
      const token = await request();
      const fetchedAt = this.options.clock();
      this.#tokens.set(key, { token, fetchedAt, ttl: this.#ttl(token.expiresAt - fetchedAt) });
      this.#failures.delete(key);
      return token;
    } catch (error) {
      this.#failures.set(key, error as Error, RECENT);
      throw error;
    }
  }

  #ttl(lifetime: number): number {
    const margin = Math.min(RENEW_BEFORE, lifetime / 2);
    return Math.max(0, lifetime - margin - this.options.jitter() * Math.min(JITTER, lifetime / 10));
  }
}
