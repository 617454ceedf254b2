import type { AuthApiRoute } from '../auth-api-routes.js';

/**
 * How many calls are answered within a time.
 *
 * @publicApi
 */
export interface AuthApiLimit {
  /** Calls. */
  readonly limit: number;
  /** Milliseconds. */
  readonly ttl: number;
}

/**
 * The limits of a route. `null` turns one off; what is left out is the default.
 *
 * @publicApi
 */
export interface AuthApiRouteLimits {
  /** For each address of a client; of an IPv6 address its network of 64 bits counts. */
  readonly address?: AuthApiLimit | null | undefined;
  /**
   * For each user: the one who is named in the body, or the one who is signed in. The username and each alias of one user are
   * counted apart: only Cognito knows that they belong together.
   */
  readonly user?: AuthApiLimit | null | undefined;
}

/**
 * Where hits are counted: the `ThrottlerStorage` of @nestjs/throttler 6.
 *
 * @publicApi
 */
export interface AuthApiThrottleStorage {
  increment(
    key: string,
    ttl: number,
    limit: number,
    blockDuration: number,
    throttlerName: string,
  ): Promise<{
    readonly totalHits: number;
    readonly timeToExpire: number;
    readonly isBlocked: boolean;
    readonly timeToBlockExpire: number;
  }>;
}

/** A storage that ends its timers. */
export interface StoppableStorage extends AuthApiThrottleStorage {
  stop(): void;
}

/**
 * The limits of the API, by the network of the client and by a digest of the username, normalised. Calls beyond a limit are
 * answered 429 with `Retry-After` until the time is over, and calls in between prolong nothing: nobody is locked out. Every
 * valid call counts, whatever becomes of it, so that the limits do not tell which users exist.
 *
 * @publicApi
 */
export interface AuthApiThrottleOptions {
  /**
   * Where hits are counted: a storage that all instances share, such as `ThrottlerStorageRedisService` of
   * @nest-lab/throttler-storage-redis. While it fails, or takes longer than 500 ms, each instance counts for itself.
   * Default: the memory of this process, by @nestjs/throttler, for at most 50,000 users and addresses.
   */
  readonly storage?: AuthApiThrottleStorage | undefined;
  /** Limits that differ from the defaults, by route. `null` turns off those of a route. */
  readonly limits?: Readonly<Partial<Record<AuthApiRoute, AuthApiRouteLimits | null | undefined>>> | undefined;
  /**
   * The address of a request's client. Default: `request.ip`. Behind proxies set `trust proxy` of Express to their exact
   * number, or `trustProxy` of Fastify to their addresses (Fastify 5.12 ignores a number there). Risk: without it all users
   * have the address of the proxy, and with a larger number, or `true`, anybody chooses an address by the header
   * `X-Forwarded-For`.
   */
  readonly addressOf?: ((request: object) => string) | undefined;
}
