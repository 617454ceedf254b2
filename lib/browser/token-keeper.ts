import type { TokenSet } from '../protocol/authentication-outcome.js';
import { AuthClientError } from './auth-client-error.js';
import type { Locks } from './browser-globals.js';
import { reasonOf } from './session-codes.js';
import type { SessionWatch } from './session-watch.js';
import type { TokenStorage } from './token-storage.js';

/** Tokens are renewed this long before they expire, in milliseconds. */
const RENEW_BEFORE = 30_000;

/** Dependencies of `TokenKeeper`. */
export interface TokenKeeperDependencies {
  readonly storage: TokenStorage;
  readonly watch: SessionWatch;
  readonly clock: () => number;
  /** Calls the route that renews. */
  readonly renew: (tokens: TokenSet) => Promise<TokenSet>;
  /** Where tabs share the storage. */
  readonly locks: Locks | undefined;
  readonly lockName: string;
}

/** The tokens of `delivery: 'body'`, renewed when due: once for all calls of a tab, and for all tabs that share them. */
export class TokenKeeper {
  #renewal: Promise<TokenSet | undefined> | undefined;
  /** An access token that came with less than that left: the clock of this machine is wrong, and says nothing. */
  #undatable: string | undefined;

  constructor(private readonly dependencies: TokenKeeperDependencies) {}

  async load(): Promise<TokenSet | undefined> {
    return (await this.dependencies.storage.load()) ?? undefined;
  }

  async save(tokens: TokenSet): Promise<void> {
    if (this.#isDue(tokens)) {
      this.#undatable = tokens.accessToken;
    }
    await this.dependencies.storage.save(tokens);
  }

  async clear(): Promise<void> {
    await this.dependencies.storage.clear();
  }

  /** The access token, renewed if that is due and possible. */
  async accessToken(): Promise<string | undefined> {
    const tokens = await this.load();
    if (tokens === undefined || tokens.accessToken === this.#undatable || !this.#isDue(tokens)) {
      return tokens?.accessToken;
    }
    return (await this.renewIfPossible(tokens.accessToken))?.accessToken;
  }

  /** Renews the tokens of a stale access token, or returns what is there if that fails. */
  async renewIfPossible(stale: string): Promise<TokenSet | undefined> {
    return this.renew(stale).catch(() => this.load());
  }

  /**
   * Renews the tokens, unless others have replaced the stale ones already.
   *
   * @throws AuthClientError when the server refuses the renewal, which ends the session, or cannot be reached.
   */
  async renew(stale: string): Promise<TokenSet | undefined> {
    const { locks, lockName } = this.dependencies;
    const task = () => this.#renewOnce(stale);
    this.#renewal ??= (locks ? locks.request(lockName, task) : task()).finally(() => {
      this.#renewal = undefined;
    });
    return this.#renewal;
  }

  async #renewOnce(stale: string): Promise<TokenSet | undefined> {
    const { watch } = this.dependencies;
    const { epoch } = watch;
    const tokens = await this.load();
    if (tokens?.accessToken !== stale) {
      return tokens;
    }
    try {
      const renewed = await this.dependencies.renew(tokens);
      // Of a sign-in that has ended meanwhile nothing is kept.
      if (await this.#isCurrent(stale)) {
        await this.save({ ...tokens, ...renewed });
      }
      return await this.load();
    } catch (error) {
      if (isRefusal(error) && (await this.#isCurrent(stale))) {
        await this.clear();
        watch.ended(reasonOf(error.code), epoch);
      }
      throw error;
    }
  }

  async #isCurrent(accessToken: string): Promise<boolean> {
    return (await this.load())?.accessToken === accessToken;
  }

  #isDue({ expiresAt }: TokenSet): boolean {
    return expiresAt - RENEW_BEFORE <= this.dependencies.clock();
  }
}

/** Whether the sign-in is over. Without an answer, or with a fault of the server, it may go on. */
function isRefusal(error: unknown): error is AuthClientError {
  return (
    error instanceof AuthClientError &&
    (error.status === 401 || error.code.startsWith('REFRESH_TOKEN_') || error.code === 'USER_DISABLED')
  );
}
