import { requireObject, requireText } from '../../errors/require-argument.js';
import type { TokenSet } from '../../protocol/authentication-outcome.js';
import type { BrowserSession } from './browser-session.js';
import type { BrowserSessions } from './create-browser-sessions.js';
import type { EndSessionOptions } from './session-lifecycle.js';
import { requireStarted } from '../require-started.js';

/**
 * The browser sessions of a pool: for applications that sign users in by `CognitoService`, with forms or passkeys of their
 * own. The controller of `MandateOAuthModule` uses it too, so that both kinds of sign-in lead to the same session.
 *
 * Requests and responses are those of Express or Fastify. With Express inject the response by
 * `@Res({ passthrough: true })`.
 *
 * @publicApi
 */
export class BrowserSessionService {
  #sessions: BrowserSessions | undefined;

  /** @internal */
  connect(sessions: BrowserSessions): void {
    this.#sessions = sessions;
  }

  /**
   * Starts a session: sets its cookie in the response. A session that the browser had before ends.
   *
   * Call it for requests of your own pages only (`assertOwnOrigin`): otherwise another site could sign a visitor in to an
   * account of its own.
   *
   * @param tokens - as `CognitoService` or `CognitoOAuthService` returned them. They are verified.
   * @throws TokenRejectedError if a token is not accepted.
   * @throws MandateArgumentError if the id token is of another user than the access token.
   * @throws MandateError SESSION_STORE_UNAVAILABLE, SESSION_TOO_LARGE
   * @example
   * const outcome = await this.cognito.authenticate(credentials);
   * if (outcome.status === 'AUTHENTICATED') {
   *   await this.sessions.create(response, outcome.tokens);
   * }
   */
  async create(response: object, tokens: TokenSet): Promise<BrowserSession> {
    requireObject('response', response);
    const { lifecycle, tokens: contents } = this.parts();
    return (await lifecycle.start(response, await contents.begin(tokens))).view();
  }

  /**
   * Returns the session of a request as it is, or undefined. It renews nothing, and does not check where the request comes
   * from: use the guard and `@Session()` to protect a handler.
   *
   * @throws MandateError SESSION_STORE_UNAVAILABLE
   */
  async read(request: object): Promise<BrowserSession | undefined> {
    requireObject('request', request);
    return (await this.parts().reader.peek(request))?.view();
  }

  /**
   * Ends the session of a request: deletes the cookie, whatever else fails, and the entry in the store, and revokes the
   * refresh token at Cognito as far as possible. Has no effect without a session.
   *
   * The session at Cognito's pages stays: `MandateOAuthModule` ends that one too.
   *
   * @throws MandateError SESSION_STORE_UNAVAILABLE after the cookie was deleted: a copy of it may still work.
   * @throws CognitoServiceError with `everywhere`, if Cognito refused to sign out all sign-ins.
   */
  async end(request: object, response: object, options: EndSessionOptions = {}): Promise<void> {
    requireObject('request', request);
    requireObject('response', response);
    requireObject('options', options);
    await this.parts().lifecycle.end(request, response, options);
  }

  /**
   * Ends all sessions that a user has by now, in all browsers. It requires a store. Cognito's own sign-ins stay: end them
   * with `CognitoAdminService.logout`.
   *
   * @param sub - the user's id (claim `sub`), not the username.
   * @throws MandateConfigurationError without a store.
   * @throws MandateError SESSION_STORE_UNAVAILABLE
   */
  async endAll(sub: string): Promise<void> {
    requireText('sub', sub);
    await this.parts().lifecycle.endAll(sub);
  }

  /**
   * Requires that a request comes from a page of this application, for sign-in forms of your own.
   *
   * @throws MandateError CSRF_CHECK_FAILED
   */
  assertOwnOrigin(request: object): void {
    requireObject('request', request);
    const { headers } = request as { readonly headers?: Readonly<Record<string, unknown>> };
    this.parts().csrf.checkOrigin(headers ?? {});
  }

  /**
   * The token for the field `_csrf` of a plain form, with `csrf.doubleSubmit`; undefined without a session.
   *
   * @throws MandateError SESSION_STORE_UNAVAILABLE
   */
  async csrfToken(request: object): Promise<string | undefined> {
    requireObject('request', request);
    const { reader, csrf } = this.parts();
    const session = await reader.peek(request);
    return session && csrf.tokenOf(session.content.sid);
  }

  /** @internal The parts, for other modules of this package too. */
  parts(): BrowserSessions {
    return requireStarted(this.#sessions, 'session');
  }
}
