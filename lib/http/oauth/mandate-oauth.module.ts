import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';

import { USER_POOLS, type UserPools } from '../../auth/pools/user-pools.js';
import { getBrowserSessionsToken, SESSION_OPTIONS, SESSION_REGISTRATION } from '../session/injection-tokens.js';
import { sessionProviders } from '../session/session-providers.js';
import type { SessionRegistration } from '../session/session-registration.js';
import type {
  MandateOAuthModuleAsyncOptions,
  MandateOAuthModuleExtras,
  MandateOAuthModuleOptions,
} from './oauth-module.options.js';
import { createOAuthController, OAUTH_ROUTES } from './oauth.controller.js';
import {
  type ResolvedOAuthModuleOptions,
  resolveOAuthModuleOptions,
  type ResolvedRoutes,
  resolveRoutes,
} from './oauth-option-rules.js';
import { OAuthRoutes } from './oauth-routes.js';

/** The checked options of one registration. */
const OAUTH_MODULE_OPTIONS = Symbol('mandate:oauth-module-options');

/**
 * Managed login for browsers: routes that sign users in at Cognito's pages and out again, and sessions that hold the tokens
 * where no script can read them. It belongs to the pool that `MandateModule` registers under the same name with the option
 * `oauth`. If that pool has the option `extractors`, put `browserSession()` into it.
 *
 * - `GET /auth/login` starts a sign-in. Parameters: `returnTo`, a path of this application, and `identity_provider`,
 *   `idp_identifier`, `login_hint`, `lang`, `prompt`, `page`. It must be a navigation: a link, or `location.assign()`.
 * - `GET /auth/callback` is where Cognito sends the browser back: the path of `oauth.redirectUri`.
 * - `POST /auth/logout` ends the session, revokes its refresh token, and leads to Cognito's own logout: scripts receive
 *   `{ url }` and go there, forms are redirected. The body may say `everywhere` (all sign-ins of the user end) and `local`
 *   (the session at Cognito stays, so that the next sign-in asks nothing).
 * - `GET /auth/session` answers with the `BrowserSession` as JSON, or with `null`; always with status 200.
 *
 * @publicApi
 */
@Module({})
export class MandateOAuthModule {
  /**
   * Adds the routes and the sessions of a pool.
   *
   * @throws MandateConfigurationError at application start, for an option that is missing, unknown or malformed.
   * @example
   * imports: [
   *   MandateModule.forRoot({
   *     userPoolId, clientId, clientSecret,
   *     oauth: { domain, redirectUri: 'https://app.example.com/auth/callback', logoutUri: 'https://app.example.com/' },
   *   }),
   *   MandateOAuthModule.forRoot({ session: { secret: sessionSecret } }),
   * ]
   */
  static forRoot(options: MandateOAuthModuleOptions & MandateOAuthModuleExtras): DynamicModule {
    const { name, isGlobal, prefix, paths, ...others } = options;
    return this.forRootAsync({ name, isGlobal, prefix, paths, useFactory: () => others });
  }

  /**
   * The same with options from a factory. `name`, `isGlobal`, `prefix` and `paths` are set here, not by the factory.
   *
   * @throws MandateConfigurationError at application start, for an option that is missing, unknown or malformed.
   */
  static forRootAsync(options: MandateOAuthModuleAsyncOptions): DynamicModule {
    const { imports = [], inject = [], useFactory, ...extras } = options;
    const routes = resolveRoutes(extras);
    return {
      module: MandateOAuthModule,
      global: extras.isGlobal ?? false,
      imports,
      controllers: [createOAuthController(routes)],
      providers: [
        {
          provide: OAUTH_MODULE_OPTIONS,
          inject,
          useFactory: async (...dependencies: unknown[]): Promise<ResolvedOAuthModuleOptions> =>
            resolveOAuthModuleOptions(await useFactory(...dependencies), extras),
        },
        ...oauthProviders(extras.name, routes),
      ],
      exports: [getBrowserSessionsToken(extras.name)],
    };
  }
}

function oauthProviders(pool: string | undefined, routes: ResolvedRoutes): Provider[] {
  return [
    {
      provide: SESSION_OPTIONS,
      inject: [OAUTH_MODULE_OPTIONS],
      useFactory: ({ session }: ResolvedOAuthModuleOptions) => session,
    },
    ...sessionProviders(pool),
    {
      provide: OAUTH_ROUTES,
      inject: [OAUTH_MODULE_OPTIONS, SESSION_REGISTRATION, USER_POOLS, HttpAdapterHost],
      useFactory: (
        options: ResolvedOAuthModuleOptions,
        registration: SessionRegistration,
        pools: UserPools,
        http: HttpAdapterHost,
      ) => new OAuthRoutes({ pool, options, routes, registration, pools, http }),
    },
  ];
}
