import type { FactoryProvider, ModuleMetadata } from '@nestjs/common';

import type { MandateError } from '../../errors/mandate-error.js';
import type { TokenSet } from '../../protocol/authentication-outcome.js';
import type { BrowserSession } from '../session/browser-session.js';
import type { BrowserSessionOptions } from '../session/browser-session.options.js';

/**
 * Where the routes of `MandateOAuthModule` are, below its prefix.
 *
 * @publicApi
 */
export interface OAuthPaths {
  /** GET: starts a sign-in. Default: `login`. */
  readonly login?: string | undefined;
  /** GET: where Cognito sends the browser back, and so the end of `oauth.redirectUri`. Default: `callback`. */
  readonly callback?: string | undefined;
  /** POST: ends the session. Default: `logout`. */
  readonly logout?: string | undefined;
  /** GET: the session as JSON, or null. Default: `session`. */
  readonly session?: string | undefined;
}

/**
 * Where users go after a sign-in.
 *
 * @publicApi
 */
export interface ReturnToSettings {
  /** The path for those who came from nowhere. Default: `/`. */
  readonly default?: string | undefined;
  /** The paths that a link may name, with everything below them. Default: every path of the application's own origin. */
  readonly allow?: readonly string[] | undefined;
}

/**
 * A sign-in at managed login that has succeeded, before its session starts.
 *
 * @publicApi
 */
export interface LoginEvent {
  readonly tokens: TokenSet;
  readonly session: BrowserSession;
  /** The path that the browser goes to. */
  readonly returnTo: string;
  /** The request of the callback. */
  readonly request: object;
}

/**
 * What is known about a sign-in that has failed.
 *
 * @publicApi
 */
export interface LoginErrorContext {
  /** The path that the browser would have gone to. */
  readonly returnTo: string;
  /** The request of the callback. Its URL may hold a code: do not log it. */
  readonly request: object;
}

/**
 * Settings of `MandateOAuthModule` that cannot come from a factory, because the routes need them.
 *
 * @publicApi
 */
export interface MandateOAuthModuleExtras {
  /** The name of the pool's registration. Default: the one without a name. */
  readonly name?: string | undefined;
  /** Makes `BrowserSessionService` injectable everywhere. Default: false. */
  readonly isGlobal?: boolean | undefined;
  /** The path of the routes, after the global prefix of the application. Default: `auth`, or `auth/<name>`. */
  readonly prefix?: string | undefined;
  readonly paths?: OAuthPaths | undefined;
}

/**
 * Options of `MandateOAuthModule`.
 *
 * @publicApi
 */
export interface MandateOAuthModuleOptions {
  readonly session: BrowserSessionOptions;
  readonly returnTo?: ReturnToSettings | undefined;
  /**
   * Called after a sign-in, before its session starts: to create the application's own user, for example. It may return
   * another path of this application to go to. What it throws refuses the sign-in, whose tokens are revoked.
   */
  readonly onLogin?:
    ((login: LoginEvent) => string | undefined | Promise<string | undefined> | Promise<void>) | undefined;
  /**
   * Called when a sign-in has failed. It may return a path of this application to go to. Default: a page that says so, with
   * a link to sign in again.
   */
  readonly onError?:
    | ((
        error: MandateError,
        context: LoginErrorContext,
      ) => string | undefined | Promise<string | undefined> | Promise<void>)
    | undefined;
  /**
   * Starts a sign-in again, once, if Cognito has refused it because a PreSignUp trigger has just linked the user to a user
   * that existed ("Already found an entry for username"). Default: false.
   */
  readonly retryLinkedUser?: boolean | undefined;
}

/**
 * Options of `MandateOAuthModule.forRootAsync()`.
 *
 * @publicApi
 */
export interface MandateOAuthModuleAsyncOptions extends MandateOAuthModuleExtras, Pick<ModuleMetadata, 'imports'> {
  readonly inject?: FactoryProvider['inject'];
  readonly useFactory: FactoryProvider<MandateOAuthModuleOptions>['useFactory'];
}
