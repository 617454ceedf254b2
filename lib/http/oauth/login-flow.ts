import { MandateError } from '../../errors/mandate-error.js';
import type { CognitoOAuthService } from '../../oauth/cognito-oauth.service.js';
import type { TokenSet } from '../../protocol/authentication-outcome.js';
import { CognitoOAuthError } from '../../protocol/oauth/oauth-error.js';
import type { BrowserSessions } from '../session/create-browser-sessions.js';
import type { SessionContent } from '../session/session-content.js';
import { Session } from '../session/session.js';
import { headersOf } from './fetch-metadata.js';
import type { LoginCookies, PendingLogin } from './login-cookies.js';
import { loginOptionsOf, onlyValue, returnToOf } from './login-query.js';
import type { ResolvedOAuthModuleOptions } from './oauth-option-rules.js';
import type { ReturnTo } from './return-to.js';

/** Dependencies of `LoginFlow`. */
export interface LoginFlowDependencies {
  readonly oauth: Pick<CognitoOAuthService, 'startLogin' | 'completeLogin' | 'revokeToken'>;
  readonly sessions: BrowserSessions;
  readonly cookies: LoginCookies;
  readonly returnTo: ReturnTo;
  readonly options: ResolvedOAuthModuleOptions;
}

/** Where the browser goes after a callback. */
export interface LoginResult {
  /**
   * `signed-in` if the answer sets the cookie of a session; `look-again` if the request could not carry that cookie, and the
   * next one of an own page tells whether there is one.
   */
  readonly kind: 'signed-in' | 'look-again' | 'elsewhere';
  readonly target: string;
}

/** Text of Cognito after AdminLinkProviderForUser in a PreSignUp trigger. The same sign-in succeeds the second time. */
const JUST_LINKED = /already found an entry for username/i;

/** Signs a browser in at managed login: from the login route to the callback. */
export class LoginFlow {
  constructor(private readonly dependencies: LoginFlowDependencies) {}

  /**
   * Starts a sign-in.
   *
   * @returns where the browser goes.
   */
  async start(request: object, response: object, query: URLSearchParams): Promise<string> {
    const { returnTo, sessions } = this.dependencies;
    // A store that is down must not keep anybody from the sign-in, which would end the old session.
    const previous = await sessions.lifecycle.nameOf(request).catch(() => undefined);
    const target = returnTo.resolve(returnToOf(query));
    return this.#begin(request, response, {
      returnTo: target,
      previous,
      options: loginOptionsOf(query),
      isRetry: false,
    });
  }

  /**
   * Ends a sign-in with the query of the callback.
   *
   * @throws MandateError as `CognitoOAuthService.completeLogin`, unless `onError` names a path.
   */
  async complete(request: object, response: object, query: URLSearchParams): Promise<LoginResult> {
    const { oauth, sessions, returnTo } = this.dependencies;
    const login = await this.#take(request, response, query);
    if (login === undefined && !query.has('error')) {
      // The back button, or the same callback twice. The code is not used.
      if ((await sessions.lifecycle.nameOf(request)) !== undefined) {
        return { kind: 'elsewhere', target: returnTo.default };
      }
      if (query.has('code') && this.#hidesSession(request)) {
        // Without the code this happens once.
        return {
          kind: 'look-again',
          target: `?${new URLSearchParams({ state: query.get('state') ?? '' }).toString()}`,
        };
      }
    }
    const target = returnTo.resolve(login?.returnTo);
    try {
      const tokens = await oauth.completeLogin(query, login?.transaction);
      return await this.#signIn(request, response, tokens, target, login?.previous);
    } catch (error) {
      return this.#fail(request, response, error, target, login);
    }
  }

  /** Browsers send a `Strict` cookie to no request that a page of another site causes. */
  #hidesSession(request: object): boolean {
    return (
      this.dependencies.options.session.sameSite === 'strict' && headersOf(request)['sec-fetch-site'] === 'cross-site'
    );
  }

  async #begin(request: object, response: object, login: Omit<PendingLogin, 'transaction'>): Promise<string> {
    const { oauth, cookies } = this.dependencies;
    const { url, transaction } = await oauth.startLogin(login.options);
    await cookies.add(request, response, { ...login, transaction });
    return url;
  }

  async #take(request: object, response: object, query: URLSearchParams): Promise<PendingLogin | undefined> {
    const { cookies } = this.dependencies;
    const state = onlyValue(query, 'state');
    if (state !== undefined) {
      return cookies.take(request, response, state);
    }
    // Cognito reports most errors without a state. A code without one is nobody's.
    return query.has('error') && !query.has('code') ? cookies.takeNewest(request, response) : undefined;
  }

  async #signIn(
    request: object,
    response: object,
    tokens: TokenSet,
    target: string,
    previous: string | undefined,
  ): Promise<LoginResult> {
    const { sessions, returnTo, options } = this.dependencies;
    try {
      const content = await sessions.tokens.begin(tokens);
      const session = viewOf(content, options);
      const chosen = await options.onLogin?.({ tokens, session, returnTo: target, request });
      await sessions.lifecycle.start(response, content, previous);
      return { kind: 'signed-in', target: returnTo.ownPath(chosen) ?? target };
    } catch (error) {
      await this.#revoke(tokens);
      throw error;
    }
  }

  async #fail(
    request: object,
    response: object,
    error: unknown,
    target: string,
    login: PendingLogin | undefined,
  ): Promise<LoginResult> {
    const { options, returnTo } = this.dependencies;
    if (login !== undefined && !login.isRetry && options.retryLinkedUser === true && isJustLinked(error)) {
      const { returnTo: path, previous, options: started } = login;
      const url = await this.#begin(request, response, { returnTo: path, previous, options: started, isRetry: true });
      return { kind: 'elsewhere', target: url };
    }
    if (error instanceof MandateError && options.onError !== undefined) {
      const path = returnTo.ownPath(await options.onError(error, { returnTo: target, request }));
      if (path !== undefined) {
        return { kind: 'elsewhere', target: path };
      }
    }
    throw error;
  }

  /** Best effort: nobody has seen these tokens. */
  async #revoke({ refreshToken, accessToken }: TokenSet): Promise<void> {
    if (refreshToken !== undefined) {
      await this.dependencies.oauth.revokeToken(refreshToken, { accessToken }).catch(() => undefined);
    }
  }
}

function viewOf(content: SessionContent, { session }: ResolvedOAuthModuleOptions): ReturnType<Session['view']> {
  return new Session(content, session).view();
}

function isJustLinked(error: unknown): boolean {
  return error instanceof CognitoOAuthError && JUST_LINKED.test(error.description ?? '');
}
