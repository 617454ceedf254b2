import { MandateArgumentError } from '../errors/argument-error.js';
import { MandateError } from '../errors/mandate-error.js';
import { isObject } from '../types/is-object.js';
import type { TokenSet } from '../protocol/authentication-outcome.js';
import { within } from '../time/within.js';
import { withExpiry } from './with-expiry.js';

/**
 * What a token session asks of the application's storage.
 *
 * @publicApi
 */
export interface TokenSessionCallbacks {
  /**
   * Called for each renewal and awaited before the renewed tokens are used: store them here. It is called until it
   * succeeds with them: three times at once, then, while the calls that wait for the renewal fail with its error, at each
   * later use of the token session, which goes on with the renewed tokens. Calls of the token session wait for it, so it
   * must not wait for one of them.
   */
  readonly onRenewed?: ((tokens: TokenSet) => unknown) | undefined;
  /**
   * Reads the stored tokens. Awaited before the token session ends because Cognito rejected the refresh token: if another
   * instance of the application has renewed and stored it in the meantime, the token session goes on with what is stored.
   * Called again for up to three seconds after REFRESH_TOKEN_REUSED, when the other instance may still be storing. If it
   * fails, the token session does not end. Default: the token session ends at once.
   */
  readonly reload?: (() => TokenSet | null | undefined | Promise<TokenSet | null | undefined>) | undefined;
  /** Called once, when Cognito rejects the refresh token permanently or after `logout` or `deleteUser`. */
  readonly onEnded?: (() => unknown) | undefined;
  /**
   * How long `onRenewed`, `reload` and `onEnded` are waited for, each time they are called, in milliseconds. Default:
   * 10,000.
   */
  readonly callbackTimeout?: number | undefined;
}

const CALLBACK_TIMEOUT = 10_000;

/** The callbacks of one token session, each bounded in time. */
export class SessionCallbacks {
  /** @throws MandateArgumentError if a callback is not a function, or its timeout not a number of milliseconds. */
  constructor(private readonly options: TokenSessionCallbacks) {
    for (const name of ['onRenewed', 'reload', 'onEnded'] as const) {
      if (options[name] !== undefined && typeof options[name] !== 'function') {
        throw new MandateArgumentError(`options.${name}`, 'must be a function');
      }
    }
    // A longer delay than this fires at once.
    if (!(this.timeout >= 1 && this.timeout < 2 ** 31)) {
      throw new MandateArgumentError('options.callbackTimeout', 'must be a number of milliseconds, 1 or more');
    }
  }

  /** The time that a callback has, in milliseconds. */
  get timeout(): number {
    return this.options.callbackTimeout ?? CALLBACK_TIMEOUT;
  }

  get canReload(): boolean {
    return this.options.reload !== undefined;
  }

  /** Starts `onRenewed`; not bounded. */
  async renewed(tokens: TokenSet): Promise<void> {
    await this.options.onRenewed?.(tokens);
  }

  /** Returns the stored tokens, if they can be renewed. */
  async reload(): Promise<TokenSet | undefined> {
    const tokens: unknown = await this.bound('reload', async () => await this.options.reload?.());
    return isObject(tokens) && typeof tokens['accessToken'] === 'string' && typeof tokens['refreshToken'] === 'string'
      ? withExpiry(tokens as unknown as TokenSet, 'reload()')
      : undefined;
  }

  async ended(): Promise<void> {
    await this.bound('onEnded', async () => await this.options.onEnded?.());
  }

  /** @throws MandateError with the code CALLBACK_TIMEOUT, or what the callback throws. */
  async bound<T>(name: string, call: () => Promise<T>): Promise<T> {
    return within(
      this.timeout,
      call(),
      () => new MandateError('CALLBACK_TIMEOUT', `"${name}" did not finish within ${this.timeout} ms.`),
    );
  }
}
