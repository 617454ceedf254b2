import { MandateConfigurationError } from '../../errors/configuration-error.js';
import { systemClock, type Clock } from '../../time/clock.js';
import { overlooksFailures } from './keyv-adapter.js';
import type { RevocationCheck } from './revocation-check.js';
import { CircuitBreaker } from './circuit-breaker.js';
import { CheckedStore, type StoreEntry } from './checked-store.js';
import {
  RevocationNotRecordedError,
  type RevocableClaims,
  type RevokeOptions,
  type TokenRevoker,
} from './token-revoker.js';
import { MemoryRevocationStore } from './memory-revocation-store.js';
import type { RevocationStore } from './revocation-store.js';
import type { VerifiedClaims } from '../claims/token-claims.js';

/** How revocations are kept. */
export interface RevocationListOptions {
  /** The pool whose tokens are meant: begins every key, so that pools can share a store. */
  readonly userPoolId: string;
  /** Default: the memory of this process, for 100,000 marks. */
  readonly store?: RevocationStore | undefined;
  /** Milliseconds that the store may take; later it counts as down. Default 1000. */
  readonly timeout?: number | undefined;
  /**
   * Seconds that a sign-in can live: the longest validity of a refresh token among the pool's app clients. For so long
   * marks are kept whose sign-ins Cognito did not end. Default 3650 days, the most that Cognito allows, so that no mark is
   * gone too early; a smaller number keeps the store smaller. Risk: one that is too small lets in again what was revoked.
   */
  readonly signInLifetimeSeconds?: number | undefined;
  /** Seconds by which a token outlives its `exp`: the verifier's own tolerance. Default 0. */
  readonly clockToleranceSeconds?: number | undefined;
  readonly clock?: Clock | undefined;
  /** Is told when the store was emptied: tokens that were revoked before pass again until they expire. */
  readonly onEmptied?: (() => void) | undefined;
}

/** No access or id token lives longer: Cognito allows a day at most. */
const LONGEST_LIFE = 24 * 60 * 60 * 1000;
/** Seconds. No refresh token lives longer (CreateUserPoolClient, RefreshTokenValidity). */
const LONGEST_SIGN_IN = 3650 * 24 * 60 * 60;
/** For clocks that differ a little: a mark must outlive the token. */
const MARGIN = 60 * 1000;

/**
 * A list of what was revoked: single tokens (`jti`), sign-ins (`origin_jti`), and for users the moment before which
 * every sign-in counts as ended. One round trip to the store answers for a token. A mark holds a number, nothing out of
 * a token, and is kept only as long as a token that it refuses could be issued and live.
 *
 * Tokens tell their sign-in in whole seconds, so a sign-in in the very second of `revokeUser` counts as ended too. The
 * clocks of whoever writes a mark and of Cognito should agree.
 */
export class RevocationList implements RevocationCheck, TokenRevoker {
  readonly #options: RevocationListOptions;
  readonly #gate: CircuitBreaker;
  readonly #ledger: CheckedStore;
  readonly #clock: Clock;
  readonly #tolerance: number;
  readonly #signInLifetimeSeconds: number;

  /**
   * @param gate - of another list in the same store; default: one of its own.
   * @throws MandateConfigurationError for a Keyv whose adapter lacks `getMany`: it hides failures.
   */
  constructor(options: RevocationListOptions, gate?: CircuitBreaker) {
    const { clock = systemClock, timeout = 1_000, store = new MemoryRevocationStore({ clock }) } = options;
    if (overlooksFailures(store)) {
      throw new MandateConfigurationError('revocation', 'has a Keyv whose adapter lacks getMany(): it hides failures');
    }
    this.#clock = clock;
    this.#tolerance = (options.clockToleranceSeconds ?? 0) * 1000;
    this.#signInLifetimeSeconds = (options.signInLifetimeSeconds ?? LONGEST_SIGN_IN) * 1000;
    // The braces keep the keys of a pool on one node of a Redis cluster, and so within one round trip.
    const prefix = `mandate.revoked{${options.userPoolId}}`;
    this.#options = { ...options, store };
    this.#gate = gate ?? new CircuitBreaker({ timeout, clock });
    this.#ledger = new CheckedStore({ store, prefix, gate: this.#gate, onEmptied: options.onEmptied });
  }

  /** The list of another pool in the same store, the memory of this process included. */
  forPool(userPoolId: string): RevocationList {
    return new RevocationList({ ...this.#options, userPoolId }, this.#gate);
  }

  async isRevoked(claims: VerifiedClaims): Promise<boolean> {
    const marks = [tokenKey(claims), signInKey(claims)].filter((key) => key !== undefined);
    const [notBefore, ...found] = await this.#ledger.read([userKey(claims.sub), ...marks]);
    return found.some((mark) => mark !== undefined) || isEnded(claims, notBefore);
  }

  async revokeToken(claims: RevocableClaims): Promise<void> {
    const left = claims.exp * 1000 - this.#clock();
    await this.#mark(tokenKey(claims), 1, Math.min(Math.max(left, 0), LONGEST_LIFE));
  }

  async revokeSignIn(claims: RevocableClaims, options?: RevokeOptions): Promise<void> {
    await this.#mark(signInKey(claims), 1, this.#lifeOf(options));
  }

  async revokeUser(sub: string, options?: RevokeOptions): Promise<void> {
    await this.#mark(userKey(sub), Math.floor(this.#clock() / 1000), this.#lifeOf(options));
  }

  /**
   * Milliseconds for which tokens of a sign-in turn up. The last one may be issued at the very end of the sign-in. That a
   * mark of Cognito's sign-outs takes the place of a longer one does no harm: all sign-ins up to then are over.
   */
  #lifeOf({ endedAtCognito = false }: RevokeOptions = {}): number {
    return endedAtCognito ? LONGEST_LIFE : this.#signInLifetimeSeconds + LONGEST_LIFE;
  }

  /** @param life - milliseconds for which a token may turn up that the mark refuses. */
  async #mark(key: string | undefined, value: number, life: number): Promise<void> {
    if (key === undefined) {
      throw new RevocationNotRecordedError({ cause: new Error('The token has no jti or origin_jti to mark it by.') });
    }
    const entry: StoreEntry = { key, value, ttl: life + MARGIN + this.#tolerance };
    await this.#ledger.write([entry]).catch((cause: unknown) => {
      throw new RevocationNotRecordedError({ cause });
    });
  }
}

/** Whether a sign-in is from before the mark, or from the same second. Machine tokens have no sign-in, but an issue date. */
function isEnded({ auth_time: signedInAt, iat }: VerifiedClaims, notBefore: number | undefined): boolean {
  return notBefore !== undefined && (signedInAt ?? iat) <= notBefore;
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
