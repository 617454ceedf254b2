import { MandateError } from '../errors/mandate-error.js';
import { SingleFlight } from '../memory/single-flight.js';
import type { TokenSet } from '../protocol/authentication-outcome.js';
import type { Clock } from '../time/clock.js';
import type { SessionCallbacks } from './session-callbacks.js';

/** Waits a number of milliseconds. */
export type Wait = (milliseconds: number) => Promise<unknown>;

/** Delays before `onRenewed` is called again at once, in milliseconds. */
const DELAYS = [50, 200];

/**
 * Stores renewed tokens by calling `onRenewed` until it succeeds: with a store that keeps a refresh token that rotation
 * has replaced, the user would be signed out by a restart.
 */
export class TokenStoring {
  // Private by `#`, so that no dump of this object contains the tokens.
  /** The newest tokens. */
  #latest: TokenSet | undefined;
  /** The same, while they are not stored. */
  #unstored: TokenSet | undefined;
  readonly #attempts = new SingleFlight<'attempt', void>();
  /** When `onRenewed` is called again after it did not finish. */
  #notBefore = -Infinity;
  /** The pending call of `onRenewed`; never rejects. */
  #pending: Promise<unknown> | undefined;

  constructor(
    private readonly callbacks: SessionCallbacks,
    private readonly clock: Clock,
    private readonly wait: Wait,
  ) {}

  /** Resolves when no call of `onRenewed` is pending. */
  get settled(): Promise<unknown> {
    return Promise.resolve(this.#pending);
  }

  /**
   * Stores the tokens, in several attempts.
   *
   * @param isWanted - whether the tokens are still to be stored.
   * @throws what `onRenewed` throws, or a MandateError with the code CALLBACK_TIMEOUT.
   */
  async store(tokens: TokenSet, isWanted: () => boolean): Promise<void> {
    this.#latest = tokens;
    this.#unstored = tokens;
    const storing = this.#storeInAttempts(tokens, isWanted);
    this.#pending = storing.catch(() => undefined);
    await storing;
  }

  /** Tries again to store what could not be stored. Never rejects: the calls that waited for the renewal have failed. */
  async catchUp(): Promise<void> {
    const tokens = this.#unstored;
    if (tokens !== undefined && this.clock() >= this.#notBefore) {
      await this.#attempts.run('attempt', async () => {
        const attempt = this.#attempt(tokens).catch(() => undefined);
        this.#pending = attempt;
        await attempt;
      });
    }
  }

  /** Forgets what is not stored. */
  abandon(): void {
    this.#latest = undefined;
    this.#unstored = undefined;
  }

  async #storeInAttempts(tokens: TokenSet, isWanted: () => boolean): Promise<void> {
    for (const delay of DELAYS) {
      try {
        await this.#attempt(tokens);
        return;
      } catch (error) {
        if (!isWanted() || (error instanceof MandateError && error.code === 'CALLBACK_TIMEOUT')) {
          throw error;
        }
      }
      await this.wait(delay);
    }
    await this.#attempt(tokens);
  }

  async #attempt(tokens: TokenSet): Promise<void> {
    const stored = this.callbacks.renewed(tokens).then(() => {
      this.#stored(tokens);
    });
    this.#notBefore = this.clock() + this.callbacks.timeout;
    try {
      await this.callbacks.bound('onRenewed', () => stored);
    } catch (error) {
      if (!(error instanceof MandateError && error.code === 'CALLBACK_TIMEOUT')) {
        this.#notBefore = -Infinity;
      }
      throw error;
    }
  }

  /** An attempt that was given up may finish late and replace newer tokens, which are then stored again. */
  #stored(tokens: TokenSet): void {
    this.#unstored = tokens === this.#latest ? undefined : this.#latest;
  }
}
