import type { Clock } from '../../time/clock.js';
import { within } from '../../time/within.js';

/** How long a store is waited for, and by how many. */
export interface CircuitBreakerOptions {
  /** Milliseconds that the store may take. */
  readonly timeout: number;
  readonly clock: Clock;
  /** Largest number of questions that are waited for at once. Default 10,000. */
  readonly capacity?: number | undefined;
}

/** Milliseconds for which a store that took too long is not asked again. */
const PAUSE = 1_000;

/**
 * Keeps questions from piling up before a store that does not answer: its client may keep every one of them, without a
 * limit, until the store is back. After a question that took too long there is a pause; then one question finds out
 * whether the store answers again, and the others wait for no answer until it does.
 */
export class CircuitBreaker {
  readonly #timeout: number;
  readonly #clock: Clock;
  readonly #capacity: number;
  #open = 0;
  #pausedUntil: number | undefined;
  #isTrying = false;

  constructor({ timeout, clock, capacity = 10_000 }: CircuitBreakerOptions) {
    this.#timeout = timeout;
    this.#clock = clock;
    this.#capacity = capacity;
  }

  /** Asks the store, unless it took too long a moment ago. */
  async read<T>(question: () => Promise<T>): Promise<T> {
    if (this.#pausedUntil === undefined) {
      return this.#ask(question);
    }
    if (this.#isTrying || this.#isPaused(this.#pausedUntil)) {
      throw new Error('The store of revocations took too long a moment ago.');
    }
    this.#isTrying = true;
    try {
      const answer = await this.#ask(question);
      this.#pausedUntil = undefined;
      return answer;
    } finally {
      this.#isTrying = false;
    }
  }

  /** Tells the store something, during a pause too: nobody would tell it later. */
  async write<T>(work: () => Promise<T>): Promise<T> {
    return this.#ask(work);
  }

  /** A clock that was set back must not make a pause longer. */
  #isPaused(until: number): boolean {
    const left = until - this.#clock();
    return left > 0 && left <= PAUSE;
  }

  async #ask<T>(question: () => Promise<T>): Promise<T> {
    if (this.#open >= this.#capacity) {
      throw new Error(`The store of revocations has yet to answer ${String(this.#capacity)} questions.`);
    }
    this.#open += 1;
    try {
      return await within(this.#timeout, question(), () => {
        this.#pausedUntil = this.#clock() + PAUSE;
        return new Error(`The store of revocations took longer than ${String(this.#timeout)} ms.`);
      });
    } finally {
      this.#open -= 1;
    }
  }
}
