import type { BrowserSessionDto } from '../dto/responses/browser-session.dto.js';
import type { TokenSet } from '../protocol/authentication-outcome.js';
import type { ApiCalls, CallOptions } from './api-calls.js';
import { AuthClientError } from './auth-client-error.js';
import { isAboutSession } from './session-codes.js';
import type { SessionWatch } from './session-watch.js';
import type { TokenKeeper } from './token-keeper.js';

/** Dependencies of `SessionCalls`. */
export interface SessionCallsDependencies {
  readonly calls: ApiCalls;
  readonly watch: SessionWatch;
  /** Absent with `delivery: 'cookie'`. */
  readonly keeper: TokenKeeper | undefined;
}

/** Asks for the session, and ends it. */
export class SessionCalls {
  constructor(private readonly dependencies: SessionCallsDependencies) {}

  /** The session of the cookie. If there is none where there was one, that is its end. */
  async session(options?: CallOptions): Promise<BrowserSessionDto | null> {
    const { calls, watch } = this.dependencies;
    const { epoch } = watch;
    const session = (await calls.call<BrowserSessionDto | null | undefined>('session', options)) ?? null;
    if (session === null) {
      watch.absent(epoch);
    } else {
      watch.seen(epoch);
    }
    return session;
  }

  async logout(everywhere: boolean | undefined, { signal }: CallOptions = {}): Promise<void> {
    const { calls, keeper } = this.dependencies;
    const tokens = await this.#tokensToEnd(everywhere);
    if (keeper !== undefined && tokens === undefined) {
      return;
    }
    const { refreshToken, accessToken: token } = tokens ?? {};
    await calls.call('logout', { body: { refreshToken, everywhere }, signal, token }).catch(unlessOver);
    await this.#end();
  }

  async deleteUser(options?: CallOptions): Promise<void> {
    await this.dependencies.calls.call('deleteMe', options);
    await this.#end();
  }

  /** To end every sign-in the server needs an access token that is still valid. */
  async #tokensToEnd(everywhere: boolean | undefined): Promise<TokenSet | undefined> {
    const { keeper } = this.dependencies;
    if (everywhere) {
      await keeper?.accessToken();
    }
    return keeper?.load();
  }

  async #end(): Promise<void> {
    const { keeper, watch } = this.dependencies;
    await keeper?.clear();
    watch.ended('signed-out');
  }
}

/** A session that is over already needs no end. */
function unlessOver(error: unknown): void {
  if (!(error instanceof AuthClientError && error.status === 401 && isAboutSession(error.code))) {
    throw error;
  }
}
