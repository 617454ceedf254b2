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
 * The limits of a route. `null` turns one off.
 *
 * @publicApi
 */
export interface AuthApiRouteLimits {
  /** For each address of a client. */
  readonly address?: AuthApiLimit | null | undefined;
  /** For each user: the one who is named in the body, or the one who is signed in. */
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

/**
 * The limits of the API. Calls beyond a limit are answered 429 with `Retry-After`, until the time is over: nobody is locked
 * out.
 *
 * @publicApi
 */
export interface AuthApiThrottleOptions {
  /**
   * Where hits are counted: a storage that all instances share, such as one on Redis. Default: the memory of this process,
   * by @nestjs/throttler.
   */
  readonly storage?: AuthApiThrottleStorage | undefined;
  /** Limits that differ from the defaults, by route. */
  readonly limits?: Readonly<Partial<Record<AuthApiRoute, AuthApiRouteLimits | null | undefined>>> | undefined;
  /**
   * The address of a request's client. Default: `request.ip`. Behind proxies set `trust proxy` of Express or `trustProxy` of
   * Fastify to their exact number: otherwise all users have one address, or anybody chooses one.
   */
  readonly addressOf?: ((request: object) => string) | undefined;
}
