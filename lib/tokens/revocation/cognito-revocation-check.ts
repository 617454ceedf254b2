import { hash } from 'node:crypto';

import { BoundedMap } from '../../memory/bounded-map.js';
import { SingleFlight } from '../../memory/single-flight.js';
import { systemClock, type Clock } from '../../time/clock.js';
import { isFresh } from '../../time/is-fresh.js';
import { within } from '../../time/within.js';
import { isClientCredentials, type VerifiedClaims } from '../claims/token-claims.js';
import { TokenRejectedError } from '../token-errors.js';
import { REVOCATION_DEFAULTS } from '../verifier-defaults.js';
import type { OnUnavailable, RevocationCheck } from './revocation-check.js';

/** Options of a `CognitoRevocationCheck`. */
export interface CognitoRevocationOptions {
  /** Asks Cognito whether it accepts an access token. Rejects if that could not be checked. */
  readonly isAccepted: (accessToken: string) => Promise<boolean>;
  /** How long an answer is cached, in seconds. 0 asks at every request. Default: 5. */
  readonly cacheSeconds?: number | undefined;
  /** Timeout of a request to Cognito, in milliseconds. Default: 3,000. */
  readonly timeout?: number | undefined;
  /**
   * What happens to tokens that Cognito cannot check. Default: `reject`, with TOKEN_REVOCATION_UNCHECKABLE.
   */
  readonly onUncheckable?: OnUnavailable | undefined;
  /** Largest number of cached answers, and of pending requests. Default: 10,000. */
  readonly capacity?: number | undefined;
  readonly clock?: Clock | undefined;
}

interface Answer {
  /** Rejects if Cognito did not answer. */
  readonly isRevoked: Promise<boolean>;
  readonly givenAt: number;
  /** Milliseconds. */
  readonly ttl: number;
}

/** Milliseconds for which a failed request is not repeated: Cognito may be throttling. */
const RETRY_DELAY = 1_000;

/** The scope that an access token must have for Cognito to accept it. */
const SELF_SERVICE_SCOPE = 'aws.cognito.signin.user.admin';

/**
 * Asks Cognito about each token, at most once every few seconds; requests that overlap share one call. For pools
 * without a store: it detects every revocation, whatever caused it, within a few seconds.
 *
 * Cognito can check access tokens with the scope `aws.cognito.signin.user.admin`. Machine tokens have no
 * sign-in that could end, and are accepted. All others, ID tokens among them, can never be checked: that is not an
 * outage, and `onUncheckable` decides.
 */
export class CognitoRevocationCheck implements RevocationCheck {
  readonly #options: CognitoRevocationOptions;
  readonly #clock: Clock;
  readonly #capacity: number;
  readonly #timeout: number;
  readonly #cacheTime: number;
  #answers: BoundedMap<string, Answer>;
  #calls = new SingleFlight<string, boolean>();

  constructor(options: CognitoRevocationOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#capacity = options.capacity ?? REVOCATION_DEFAULTS.cognitoCapacity;
    this.#timeout = options.timeout ?? REVOCATION_DEFAULTS.cognitoTimeout;
    this.#cacheTime = (options.cacheSeconds ?? REVOCATION_DEFAULTS.cacheSeconds) * 1000;
    this.#answers = new BoundedMap(this.#capacity);
  }

  /**
   * Whether Cognito no longer accepts the token.
   *
   * @throws TokenRejectedError TOKEN_REVOCATION_UNCHECKABLE
   */
  async isRevoked(claims: VerifiedClaims, token: string): Promise<boolean> {
    if (isClientCredentials(claims)) {
      return false;
    }
    if (claims.token_use !== 'access' || claims.scope?.split(' ').includes(SELF_SERVICE_SCOPE) !== true) {
      return this.#acceptUncheckable();
    }
    const digest = hash('sha256', token, 'base64url');
    const answer = this.#answers.get(digest);
    return answer !== undefined && isFresh(answer.givenAt, answer.ttl, this.#clock())
      ? answer.isRevoked
      : this.#ask(digest, token);
  }

  /** Forgets all answers, after a sign-out through this instance. Other instances notice when theirs expire. */
  forget(): void {
    this.#answers = new BoundedMap(this.#capacity);
    this.#calls = new SingleFlight();
  }

  #acceptUncheckable(): false {
    if ((this.#options.onUncheckable ?? REVOCATION_DEFAULTS.onUncheckable) === 'accept') {
      return false;
    }
    throw new TokenRejectedError('TOKEN_REVOCATION_UNCHECKABLE', { scope: SELF_SERVICE_SCOPE });
  }

  async #ask(digest: string, token: string): Promise<boolean> {
    const call = this.#calls.run(digest, () => this.#call(digest, token));
    return within(this.#timeout, call, () => new Error(`Cognito took longer than ${this.#timeout} ms.`));
  }

  async #call(digest: string, token: string): Promise<boolean> {
    if (this.#calls.size >= this.#capacity) {
      throw new Error(`${this.#capacity} requests to Cognito are pending.`);
    }
    // After `forget`, the answer to an earlier request goes to a map that is no longer read.
    const answers = this.#answers;
    const isRevoked = this.#options.isAccepted(token).then((isAccepted) => !isAccepted);
    const ttl = await isRevoked.then(
      () => this.#cacheTime,
      () => RETRY_DELAY,
    );
    answers.set(digest, { isRevoked, givenAt: this.#clock(), ttl });
    return isRevoked;
  }
}
