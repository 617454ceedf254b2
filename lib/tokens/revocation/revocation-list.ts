import { MandateConfigurationError } from '../../errors/configuration-error.js';
import { systemClock, type Clock } from '../../time/clock.js';
import type { VerifiedClaims } from '../claims/token-claims.js';
import { REVOCATION_DEFAULTS, VERIFIER_DEFAULTS } from '../verifier-defaults.js';
import { CheckedStore } from './checked-store.js';
import { CircuitBreaker } from './circuit-breaker.js';
import { hidesFailures } from './keyv-adapter.js';
import { MemoryRevocationStore } from './memory-revocation-store.js';
import type { RevocationCheck } from './revocation-check.js';
import type { RevocationStore } from './revocation-store.js';
import {
  RevocationNotRecordedError,
  type RevocableClaims,
  type RevokeOptions,
  type TokenRevoker,
} from './token-revoker.js';

/**
 * Options of a `RevocationList`.
 *
 * @publicApi
 */
export interface RevocationListOptions {
  /** The pool whose tokens are revoked. Part of every key, so that pools can share a store. */
  readonly userPoolId: string;
  /** Default: the memory of this process, for 100,000 entries. */
  readonly store?: RevocationStore | undefined;
  /** Timeout of a store operation, in milliseconds. Default: 1,000. */
  readonly timeout?: number | undefined;
  /**
   * How long a sign-in can last, in seconds: the longest validity of a refresh token among the pool's app clients.
   * Entries of sign-ins that Cognito did not end are kept that long. Default: 3650 days, the longest that Cognito
   * allows. A smaller number keeps the store smaller. Risk: if it is too small, revoked sign-ins are accepted again.
   */
  readonly signInLifetimeSeconds?: number | undefined;
  /** Seconds for which a token is accepted after its `exp`: the tolerance of the verifier. Default: 0. */
  readonly clockToleranceSeconds?: number | undefined;
  readonly clock?: Clock | undefined;
  /** Called when the store was emptied: tokens that were revoked before are accepted again until they expire. */
  readonly onEmptied?: (() => void) | undefined;
}

/** Milliseconds. Cognito limits the validity of access and ID tokens to a day. */
const MAX_TOKEN_LIFETIME = 24 * 60 * 60 * 1000;
/** Milliseconds. For clocks that differ a little: an entry must outlive the token. */
const MARGIN = 60 * 1000;

/**
 * The revocation entries: single tokens (`jti`), sign-ins (`origin_jti`), and for users the time up to which every
 * sign-in is revoked. A check takes one round trip to the store. An entry holds a number, and no part of a token, and
 * is kept only as long as a token that it revokes can be issued and be valid.
 *
 * Tokens state the time of their sign-in in whole seconds, so a sign-in in the same second as `revokeUser` is revoked
 * too. The clocks of Cognito and of the instances that write entries should agree.
 *
 * @publicApi
 */
export class RevocationList implements RevocationCheck, TokenRevoker {
  readonly #options: RevocationListOptions;
  readonly #circuitBreaker: CircuitBreaker;
  readonly #store: CheckedStore;
  readonly #clock: Clock;
  readonly #tolerance: number;
  readonly #signInLifetime: number;
  /** The latest time in a token that was checked, in seconds: it is Cognito's, whatever the clock here says. */
  #latestIssue = 0;

  /**
   * @param circuitBreaker - that of another list in the same store. Default: one of its own.
   * @throws MandateConfigurationError for a Keyv whose adapter lacks `getMany`: it hides failures.
   */
  constructor(options: RevocationListOptions, circuitBreaker?: CircuitBreaker) {
    const { clock = systemClock, timeout = REVOCATION_DEFAULTS.storeTimeout } = options;
    const { store = new MemoryRevocationStore({ clock }), onEmptied } = options;
    if (hidesFailures(store)) {
      throw new MandateConfigurationError(
        'revocation',
        'must not be a Keyv whose adapter lacks getMany(), because it hides failures. Use an adapter with getMany(), such as @keyv/redis',
      );
    }
    this.#options = { ...options, store };
    this.#clock = clock;
    this.#tolerance = (options.clockToleranceSeconds ?? VERIFIER_DEFAULTS.clockToleranceSeconds) * 1000;
    this.#signInLifetime = (options.signInLifetimeSeconds ?? REVOCATION_DEFAULTS.signInLifetimeSeconds) * 1000;
    const capacity = REVOCATION_DEFAULTS.storeCapacity;
    this.#circuitBreaker = circuitBreaker ?? new CircuitBreaker({ timeout, clock, capacity });
    // The braces keep the keys of a pool on one node of a Redis cluster, and so within one round trip.
    const prefix = `mandate.revoked{${options.userPoolId}}`;
    this.#store = new CheckedStore({ store, prefix, circuitBreaker: this.#circuitBreaker, onEmptied });
  }

  /** The list of another pool in the same store, the memory of this process included. */
  forPool(userPoolId: string): RevocationList {
    return new RevocationList({ ...this.#options, userPoolId }, this.#circuitBreaker);
  }

  /**
   * Whether a token, its sign-in, or all sign-ins of its user up to that time were revoked.
   *
   * @throws Error if the store fails.
   */
  async isRevoked(claims: VerifiedClaims): Promise<boolean> {
    this.#latestIssue = Math.max(this.#latestIssue, claims.iat);
    const keys = [tokenKey(claims), signInKey(claims)].filter((key) => key !== undefined);
    const [revokedUntil, ...entries] = await this.#store.read([userKey(claims.sub), ...keys]);
    return entries.some((entry) => entry !== undefined) || isCovered(claims, revokedUntil);
  }

  /**
   * Revokes one token, by its claim `jti`.
   *
   * @throws RevocationNotRecordedError if the entry could not be written.
   */
  async revokeToken(claims: RevocableClaims): Promise<void> {
    const left = claims.exp * 1000 - this.#clock();
    await this.#record(tokenKey(claims), 1, Math.min(Math.max(left, 0), MAX_TOKEN_LIFETIME));
  }

  /**
   * Revokes all tokens of one sign-in, by the claim `origin_jti` that they share.
   *
   * @throws RevocationNotRecordedError if the entry could not be written.
   */
  async revokeSignIn(claims: RevocableClaims, options?: RevokeOptions): Promise<void> {
    await this.#record(signInKey(claims), 1, this.#lifetimeOf(options));
  }

  /**
   * Revokes all tokens of the sign-ins that a user has by now, renewed ones included.
   *
   * @param sub - the user's id (claim `sub`), not the username.
   * @throws RevocationNotRecordedError if the entry could not be written.
   */
  async revokeUser(sub: string, options?: RevokeOptions): Promise<void> {
    // A clock that was set back would leave out the latest sign-ins.
    const now = Math.max(Math.floor(this.#clock() / 1000), this.#latestIssue);
    await this.#record(userKey(sub), now, this.#lifetimeOf(options));
  }

  /**
   * Milliseconds for which tokens of a sign-in may be presented. The last one may be issued at the very end of the
   * sign-in. An entry for a sign-out at Cognito may replace a longer one: all sign-ins up to then have ended.
   */
  #lifetimeOf({ endedAtCognito = false }: RevokeOptions = {}): number {
    return endedAtCognito ? MAX_TOKEN_LIFETIME : this.#signInLifetime + MAX_TOKEN_LIFETIME;
  }

  /** @param lifetime - milliseconds for which a token may be presented that the entry revokes. */
  async #record(key: string | undefined, value: number, lifetime: number): Promise<void> {
    if (key === undefined) {
      const cause = new Error('The token lacks the claim jti or origin_jti, which identifies the revocation entry.');
      throw new RevocationNotRecordedError({ cause });
    }
    const ttl = lifetime + MARGIN + this.#tolerance;
    await this.#store.write([{ key, value, ttl }]).catch((cause: unknown) => {
      throw new RevocationNotRecordedError({ cause });
    });
  }
}

/** Whether a sign-in is from that second or earlier. Machine tokens have no sign-in, but a time of issue. */
function isCovered({ auth_time: signedInAt, iat }: VerifiedClaims, revokedUntil: number | undefined): boolean {
  return revokedUntil !== undefined && (signedInAt ?? iat) <= revokedUntil;
}

function userKey(sub: string): string {
  return `user:${sub}`;
}

function tokenKey({ jti }: RevocableClaims): string | undefined {
  return jti === undefined ? undefined : `token:${jti}`;
}

function signInKey({ origin_jti: origin }: RevocableClaims): string | undefined {
  return origin === undefined ? undefined : `sign-in:${origin}`;
}
