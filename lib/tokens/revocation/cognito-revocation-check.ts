import { hash } from 'node:crypto';

import { BoundedMap } from '../../memory/bounded-map.js';
import { systemClock, type Clock } from '../../time/clock.js';
import { within } from '../../time/within.js';
import type { RevocationCheck, OnUnavailable } from './revocation-check.js';
import { isClientCredentials, type VerifiedClaims } from '../claims/token-claims.js';
import { TokenRejectedError } from '../token-errors.js';

/** How Cognito is asked. */
export interface CognitoRevocationOptions {
  /** Whether Cognito itself takes the access token. Rejects if that cannot be found out. */
  readonly ask: (accessToken: string) => Promise<boolean>;
  /** Seconds for which an answer counts. Default 5; 0 asks at every request. */
  readonly cacheSeconds?: number | undefined;
  /** Milliseconds that Cognito may take. Default 3000. */
  readonly timeout?: number | undefined;
  /** What becomes of tokens that Cognito cannot be asked about. Default `reject`, with TOKEN_REVOCATION_UNCHECKABLE. */
  readonly onUncheckable?: OnUnavailable | undefined;
  /** Largest number of answers to remember, and of questions under way. Default 10,000. */
  readonly capacity?: number | undefined;
  readonly clock?: Clock | undefined;
}

interface Answer {
  /** Rejects where Cognito did not say. */
  readonly revoked: Promise<boolean>;
  readonly until: number;
}

/** Milliseconds for which Cognito is not asked again about a token after it did not say: it may be throttling. */
const PAUSE = 1_000;

/** The scope without which a token cannot be shown to Cognito. */
const SELF_SERVICE = 'aws.cognito.signin.user.admin';

/**
 * Asks Cognito about each token, at most once in some seconds; requests that overlap share one question. For pools
 * without a store: whatever revoked the token, this finds out, some seconds late at most.
 *
 * Cognito can be asked about access tokens with the scope `aws.cognito.signin.user.admin`. Machine tokens have no
 * sign-in that could end and pass. About all others, id tokens among them, nothing can ever be found out: that is no
 * outage, and an option of its own says what becomes of them.
 */
export class CognitoRevocationCheck implements RevocationCheck {
  readonly #options: CognitoRevocationOptions;
  readonly #clock: Clock;
  readonly #capacity: number;
  #answers: BoundedMap<string, Answer>;
  #questions = new Map<string, Promise<boolean>>();

  constructor(options: CognitoRevocationOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#capacity = options.capacity ?? 10_000;
    this.#answers = new BoundedMap(this.#capacity);
  }

  async isRevoked(claims: VerifiedClaims, token: string): Promise<boolean> {
    if (isClientCredentials(claims)) {
      return false;
    }
    if (claims.token_use !== 'access' || claims.scope?.split(' ').includes(SELF_SERVICE) !== true) {
      return this.#judgeOther();
    }
    const digest = hash('sha256', token, 'base64url');
    const answer = this.#answers.get(digest);
    return answer !== undefined && answer.until > this.#clock() ? answer.revoked : this.#ask(digest, token);
  }

  /** What Cognito said so far counts no longer: after a sign-out through this instance. Others find out on their own. */
  forget(): void {
    this.#answers = new BoundedMap(this.#capacity);
    this.#questions = new Map();
  }

  #judgeOther(): false {
    if (this.#options.onUncheckable === 'accept') {
      return false;
    }
    throw new TokenRejectedError('TOKEN_REVOCATION_UNCHECKABLE', { scope: SELF_SERVICE });
  }

  async #ask(digest: string, token: string): Promise<boolean> {
    const { timeout = 3_000 } = this.#options;
    const question = this.#questions.get(digest) ?? this.#put(digest, token);
    return within(timeout, question, () => new Error(`Cognito took longer than ${String(timeout)} ms.`));
  }

  async #put(digest: string, token: string): Promise<boolean> {
    if (this.#questions.size >= this.#capacity) {
      throw new Error(`Cognito has yet to answer ${String(this.#capacity)} questions.`);
    }
    // Answers to questions from before `forget` go where nobody looks any more.
    const [answers, questions] = [this.#answers, this.#questions];
    const question = this.#options.ask(token).then((accepted) => !accepted);
    questions.set(digest, question);
    const lifetime = await question.then(
      () => (this.#options.cacheSeconds ?? 5) * 1000,
      () => PAUSE,
    );
    questions.delete(digest);
    answers.set(digest, { revoked: question, until: this.#clock() + lifetime });
    return question;
  }
}
