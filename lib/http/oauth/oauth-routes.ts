import { Logger, type OnModuleInit } from '@nestjs/common';
import type { HttpAdapterHost } from '@nestjs/core';

import { MandateHttpException } from '../../auth/responses/mandate-http.exception.js';
import type { UserPools } from '../../auth/pools/user-pools.js';
import { MandateConfigurationError } from '../../errors/configuration-error.js';
import { MandateError } from '../../errors/mandate-error.js';
import { isObject } from '../../types/is-object.js';
import { acceptedSession } from '../session/accepted-session.js';
import type { SessionRegistration } from '../session/session-registration.js';
import { Answers } from './answers.js';
import { headersOf, isFormPost, isPageNavigation, isPrefetch } from './fetch-metadata.js';
import { LoginCookies } from './login-cookies.js';
import { LoginFlow } from './login-flow.js';
import { queryOf } from './login-query.js';
import { loginFailure, logoutFailure } from './failures.js';
import { errorPage, handOverPage, reloadPage } from './pages.js';
import { ReturnTo } from './return-to.js';
import type { ResolvedOAuthModuleOptions, ResolvedRoutes } from './oauth-option-rules.js';
import { requireStarted } from '../require-started.js';

/** Dependencies of `OAuthRoutes`. */
export interface OAuthRoutesDependencies {
  /** The name of the pool; undefined for the one without a name. */
  readonly pool: string | undefined;
  readonly options: ResolvedOAuthModuleOptions;
  readonly routes: ResolvedRoutes;
  readonly registration: SessionRegistration;
  readonly pools: UserPools;
  readonly http: HttpAdapterHost;
}

/** Where a browser goes, or what it is shown. */
interface Parts {
  readonly flow: LoginFlow;
  readonly cookies: LoginCookies;
  readonly returnTo: ReturnTo;
  /** The path of the login route, as browsers know it. */
  readonly loginPath: string;
}

/** What the routes of managed login do, whatever the platform. */
export class OAuthRoutes implements OnModuleInit {
  readonly #answers: Answers;
  readonly #logger = new Logger('MandateOAuthModule');
  #parts: Parts | undefined;

  constructor(private readonly dependencies: OAuthRoutesDependencies) {
    this.#answers = new Answers(dependencies.http);
  }

  /**
   * The registration of the sessions is in the same module, and comes first.
   *
   * @throws MandateConfigurationError without `oauth.redirectUri` or `oauth.logoutUri`.
   */
  async onModuleInit(): Promise<void> {
    const { registration, options, pools, pool } = this.dependencies;
    await registration.ready();
    const redirectUri = new URL(requireRedirectUri(registration.redirectUri));
    registration.oauth.logoutUrl();
    const base = this.#basePath(redirectUri.pathname);
    const { login, callback, logout } = this.dependencies.routes.paths;
    const { sessions } = registration;
    const returnTo = new ReturnTo({
      origin: redirectUri.origin,
      ...options.returnTo,
      refuse: [login, callback, logout].map((path) => `${base}/${path}`),
    });
    const cookies = new LoginCookies({
      cookies: sessions.cookies,
      secrets: options.session.secrets(),
      sessionCookie: options.session.cookieName,
      secure: sessions.secure,
      clock: pools.get(pool).clock,
    });
    const flow = new LoginFlow({ oauth: registration.oauth, sessions, cookies, returnTo, options });
    this.#parts = { flow, cookies, returnTo, loginPath: `${base}/${login}` };
  }

  /** GET: starts a sign-in. */
  async login(request: object, response: object): Promise<void> {
    if (isPrefetch(request)) {
      this.#answers.nothing(response);
      return;
    }
    try {
      if (!isPageNavigation(request)) {
        throw new MandateError(
          'REQUEST_MALFORMED',
          'A sign-in starts by a navigation of the whole page, such as location.assign(), not by fetch() or in a frame.',
        );
      }
      this.#answers.redirect(response, await this.#require().flow.start(request, response, queryOf(request)));
    } catch (error) {
      this.#showError(response, error);
    }
  }

  /** GET: where Cognito sends the browser back. */
  async callback(request: object, response: object): Promise<void> {
    if (isPrefetch(request)) {
      this.#answers.nothing(response);
      return;
    }
    try {
      const { kind, target } = await this.#require().flow.complete(request, response, queryOf(request));
      if (kind === 'signed-in' && this.dependencies.options.session.sameSite === 'strict') {
        this.#answers.page(response, 200, handOverPage(target));
      } else if (kind === 'look-again') {
        this.#answers.page(response, 200, reloadPage(target));
      } else {
        this.#answers.redirect(response, target);
      }
    } catch (error) {
      this.#showError(response, error);
    }
  }

  /** POST: ends the session here, and sends the browser on to end the one at Cognito. */
  async logout(request: object, response: object): Promise<void> {
    const { cookies, returnTo } = this.#require();
    const { lifecycle, csrf } = this.dependencies.registration.sessions;
    const isForm = isFormPost(request);
    try {
      // A form cannot set a header, and the worst that a page of ours could do is to end the session.
      csrf.checkOrigin(headersOf(request));
      const { everywhere, local } = logoutOptionsOf(request);
      cookies.clear(request, response);
      await lifecycle.end(request, response, { everywhere });
      const url = local ? returnTo.default : this.dependencies.registration.oauth.logoutUrl();
      if (isForm) {
        this.#answers.redirect(response, url);
      } else {
        this.#answers.json(response, { url });
      }
    } catch (error) {
      if (isForm) {
        this.#showError(response, error, logoutFailure(returnTo.default));
      } else {
        throw httpError(error);
      }
    }
  }

  /** GET: the session as JSON, or null. */
  async session(request: object, response: object): Promise<void> {
    try {
      const { registration, pools, pool } = this.dependencies;
      const { verifier } = pools.get(pool);
      const session = await acceptedSession(registration.sessions.reader, verifier, request, response);
      this.#answers.json(response, session?.view() ?? null);
    } catch (error) {
      throw httpError(error);
    }
  }

  #showError(response: object, error: unknown, failure = loginFailure(this.#require().loginPath)): void {
    if (!(error instanceof MandateError)) {
      // A fault of the application, or its own answer.
      throw error;
    }
    if (error.status >= 500) {
      this.#logger.error(`A sign-in or a logout has failed: ${error.code}: ${error.message}`);
    }
    this.#answers.page(response, error.status, errorPage(error.code, failure(error)));
  }

  /** Where the routes are for browsers: a proxy and a global prefix may be in front. */
  #basePath(callbackPath: string): string {
    const { prefix, paths } = this.dependencies.routes;
    const end = `/${paths.callback}`;
    if (!callbackPath.endsWith(`/${prefix}${end}`)) {
      this.#logger.warn(
        `The option "oauth.redirectUri" has the path ${callbackPath}, but the callback is at the end of .../${prefix}${end}. Change one of them, unless a proxy translates them.`,
      );
    }
    return callbackPath.endsWith(end) ? callbackPath.slice(0, -end.length) : `/${prefix}`;
  }

  #require(): Parts {
    return requireStarted(this.#parts, 'session');
  }
}

/** How a session ends, from the body of a script or of a form. */
function logoutOptionsOf(request: object): { readonly everywhere: boolean; readonly local: boolean } {
  const { body } = request as { readonly body?: unknown };
  const isSet = (name: string): boolean =>
    isObject(body) && Object.hasOwn(body, name) && [true, 'true', 'on', '1'].includes(body[name] as string);
  return { everywhere: isSet('everywhere'), local: isSet('local') };
}

function requireRedirectUri(redirectUri: string | undefined): string {
  if (redirectUri === undefined) {
    throw new MandateConfigurationError(
      'oauth.redirectUri',
      'is required by MandateOAuthModule: set it in the options of MandateModule. For a sign-in of your own without managed login import MandateSessionModule instead',
    );
  }
  return redirectUri;
}

/** With the JSON body of `CognitoExceptionFilter`, whether the application has that filter or not. */
function httpError(error: unknown): unknown {
  return error instanceof MandateError ? new MandateHttpException(error) : error;
}
