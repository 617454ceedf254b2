import { Logger } from '@nestjs/common';

import { MandateConfigurationError } from '../../errors/configuration-error.js';
import { MandateError } from '../../errors/mandate-error.js';
import type { TokenSet } from '../../protocol/authentication-outcome.js';
import type { EndedSessions } from './ended-sessions.js';
import type { ResponseCookies } from './response-cookies.js';
import type { SessionContent } from './session-content.js';
import type { SessionKeeper } from './session-keeper.js';
import { cookieHeaderOf, type CallSessionReader } from './session-reader.js';
import type { SessionRenewal } from './session-renewal.js';
import type { SessionResponses } from './session-responses.js';
import type { Session, SessionLimits } from './session.js';

/** Dependencies of `SessionLifecycle`. */
export interface SessionLifecycleDependencies {
  readonly keeper: SessionKeeper;
  readonly reader: CallSessionReader;
  readonly renewal: SessionRenewal;
  readonly responses: SessionResponses;
  readonly cookies: ResponseCookies;
  readonly ended: EndedSessions;
  readonly limits: SessionLimits;
  /** Revokes one sign-in at Cognito. */
  readonly revoke: (tokens: TokenSet) => Promise<void>;
  /** Ends all sign-ins of a user at Cognito. */
  readonly signOutEverywhere: (accessToken: string) => Promise<void>;
}

/**
 * How a session ends.
 *
 * @publicApi
 */
export interface EndSessionOptions {
  /**
   * Also ends all other sign-ins of the user at Cognito (GlobalSignOut), and with a store all other sessions. The access
   * token needs the scope `aws.cognito.signin.user.admin`. Default: false.
   */
  readonly everywhere?: boolean | undefined;
}

/** Starts and ends sessions. */
export class SessionLifecycle {
  readonly #logger = new Logger('BrowserSessions');

  constructor(private readonly dependencies: SessionLifecycleDependencies) {}

  /**
   * Starts a session under a new id, and ends the one that the browser had.
   *
   * @param previous - what `nameOf` returned, where the request of the response does not carry that session.
   */
  async start(response: object, content: SessionContent, previous?: string): Promise<Session> {
    const { keeper, responses, cookies } = this.dependencies;
    const request = { headers: { cookie: cookies.sentWith(response) } };
    const names = new Set([await this.nameOf(request), previous]);
    const kept = await keeper.create(content);
    for (const name of names) {
      await this.#endNamed(name);
    }
    responses.set(response, kept);
    return kept.session;
  }

  /** Names the session of a request without giving it away. */
  async nameOf(request: object): Promise<string | undefined> {
    const session = await this.dependencies.reader.peek(request);
    return session && (session.storedAs?.key ?? session.content.sid);
  }

  /**
   * Ends the session of a request. The cookie is deleted first, whatever else fails.
   *
   * @throws MandateError SESSION_STORE_UNAVAILABLE
   * @throws what signing out everywhere throws.
   */
  async end(request: object, response: object, { everywhere = false }: EndSessionOptions): Promise<void> {
    const { keeper, reader, responses } = this.dependencies;
    responses.clear(response);
    const session = cookieHeaderOf(request) === '' ? undefined : await reader.peek(request);
    if (session === undefined) {
      return;
    }
    const current = everywhere ? await this.#upToDate(session) : session;
    try {
      await keeper.end(session);
      if (everywhere) {
        await this.#endEverywhere(current);
      }
    } finally {
      await this.#revoke(current.content);
    }
  }

  /** @throws MandateConfigurationError without a store. */
  async endAll(sub: string): Promise<void> {
    const { shared } = this.dependencies.keeper;
    if (shared === undefined) {
      throw new MandateConfigurationError(
        'session.store',
        'is required by endAll(): without it each session is in its browser. The TokenRevoker of the option "revocation" can reject the tokens of a user instead',
      );
    }
    await shared.endAll(sub);
  }

  async #endNamed(name: string | undefined): Promise<void> {
    const { keeper, ended, limits } = this.dependencies;
    if (name === undefined) {
      return;
    }
    await keeper.shared?.endKey(name);
    ended.add(name, limits.absolute);
  }

  /** An access token that has expired authorizes nothing. */
  async #upToDate(session: Session): Promise<Session> {
    const { renewal } = this.dependencies;
    const kept = renewal.isDue(session) ? await renewal.renew(session).catch(() => undefined) : undefined;
    return kept?.session ?? session;
  }

  async #endEverywhere({ content: { sub, accessToken } }: Session): Promise<void> {
    const { keeper, signOutEverywhere } = this.dependencies;
    await keeper.shared?.endAll(sub);
    await signOutEverywhere(accessToken);
  }

  /** Best effort: the session has ended here, and its refresh token is in no browser any longer. */
  async #revoke(content: SessionContent): Promise<void> {
    if (content.refreshToken === undefined) {
      return;
    }
    try {
      await this.dependencies.revoke({ tokenType: 'Bearer', ...content });
    } catch (error) {
      const reason = error instanceof MandateError ? `${error.code}: ${error.message}` : 'an unknown error';
      this.#logger.warn(`A session has ended, but its refresh token could not be revoked: ${reason}`);
    }
  }
}
