import type { DynamicModule, ExceptionFilter, Provider, Type } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';

import { MandateConfigurationError } from '../../errors/configuration-error.js';
import { CognitoExceptionFilter } from '../../auth/cognito-exception.filter.js';
import { ProblemDetailsFilter } from '../../auth/problem-details.filter.js';
import { USER_POOLS, type UserPools } from '../../auth/pools/user-pools.js';
import { ROUTE_DOCUMENTATION } from '../../module/openapi/route-documentation.provider.js';
import type { RouteDocumentation } from '../../module/openapi/route-documentation.js';
import { getBrowserSessionsToken, SESSION_OPTIONS } from '../session/injection-tokens.js';
import { sessionProviders } from '../session/session-providers.js';
import type { MandateAuthApiModuleAsyncOptions, MandateAuthApiModuleExtras } from './auth-api-options.js';
import { AuthApiRegistration } from './auth-api-registration.js';
import { AuthApiResponses } from './auth-api-responses.js';
import { AUTH_API_ROUTE_NAMES, type AuthApiRoute } from './auth-api-routes.js';
import { createAuthApiController } from './auth-api.controller.js';
import { AuthApi } from './auth-api.js';
import { ConnectedContext } from './connected-context.js';
import { withForeignValidation } from './foreign-validation.js';
import { loadForAuthApi } from './load-for-auth-api.js';
import { DEFAULT_HANDLERS } from './handlers/default-handlers.js';
import { getAuthApiToken } from './injection-tokens.js';
import { AUTH_API_CONTEXT, AUTH_API_MIDDLEWARE, AUTH_API_OPTIONS, AUTH_API_REGISTRATION } from './internal-tokens.js';
import type { AuthApiDocument } from './openapi/auth-api-document.js';
import {
  prefixOf,
  type ResolvedAuthApiOptions,
  resolveAuthApiOptions,
  resolveAuthApiRoutes,
} from './resolve-auth-api-options.js';

/** What the middleware of a registration is made from. */
export interface AuthApiMiddlewareSettings {
  readonly controller: Type<unknown>;
  readonly prefix: string;
  readonly filter: Type<ExceptionFilter>;
}

/** Answers what the API refuses. */
function filterOf({ problemDetails = false }: MandateAuthApiModuleExtras): Type<ExceptionFilter> {
  return withForeignValidation(problemDetails ? ProblemDetailsFilter : CognitoExceptionFilter);
}

/**
 * Defines the module of one registration.
 *
 * @throws MandateConfigurationError for a setting that is missing, unknown or malformed.
 */
export async function defineAuthApi(options: MandateAuthApiModuleAsyncOptions): Promise<Omit<DynamicModule, 'module'>> {
  const { inject = [], useFactory, ...extras } = options;
  const { name, isGlobal = false, imports = [], delivery, sharedSession } = extras;
  if (typeof useFactory !== 'function') {
    throw new MandateConfigurationError('useFactory', 'is required and must be a function that returns the options');
  }
  const routes = resolveAuthApiRoutes(extras);
  const bringsSessions = delivery === 'cookie' && sharedSession === undefined;
  const described = routes.size === 0 ? undefined : await describedController(extras, routes);
  return {
    global: isGlobal,
    imports,
    controllers: described === undefined ? [] : [described.controller],
    providers: [
      {
        provide: AUTH_API_OPTIONS,
        inject,
        useFactory: async (...dependencies: unknown[]): Promise<ResolvedAuthApiOptions> =>
          resolveAuthApiOptions(await useFactory(...dependencies), extras),
      },
      ...(bringsSessions ? ownSessions(name) : []),
      ...apiProviders(extras, routes),
      ...(described === undefined ? [] : [documentProvider(described.document, extras)]),
      {
        provide: AUTH_API_MIDDLEWARE,
        useValue:
          described === undefined
            ? null
            : { controller: described.controller, prefix: prefixOf(extras), filter: filterOf(extras) },
      },
    ],
    exports: [getAuthApiToken(name), ...(bringsSessions ? [getBrowserSessionsToken(name)] : [])],
  };
}

async function describedController(
  extras: MandateAuthApiModuleExtras,
  routes: ReadonlyMap<AuthApiRoute, string>,
): Promise<{ readonly controller: Type<unknown>; readonly document: AuthApiDocument }> {
  const { routeInputs } = await loadForAuthApi(
    async () => import('./route-bodies.js'),
    'class-validator class-transformer',
  );
  const { MandateValidationPipe } = await import('./validation-pipe.js');
  const { AuthApiDocument: Document } = await import('./openapi/auth-api-document.js');
  const inputOf = routeInputs(extras);
  const document = new Document(extras, inputOf);
  const controller = createAuthApiController({
    extras,
    prefix: prefixOf(extras),
    routes,
    inputOf,
    pipe: new MandateValidationPipe(),
    filter: filterOf(extras),
    document,
  });
  return { controller, document };
}

/** Nest creates all providers before it hands an application over, so a document can be made at once. */
function documentProvider(document: AuthApiDocument, { name, delivery }: MandateAuthApiModuleExtras): Provider {
  return {
    provide: Symbol('mandate:auth-api-document'),
    inject: [AUTH_API_OPTIONS, ROUTE_DOCUMENTATION],
    useFactory: (options: ResolvedAuthApiOptions, documentation: RouteDocumentation) => {
      const { revealUsers, autoSignIn, throttle } = options;
      document.connect(() => ({
        revealUsers,
        autoSignIn,
        isThrottled: (route) => throttle !== null && throttle.limits?.[route] !== null,
        csrfHeader: delivery === 'cookie' ? documentation.sessionsOf(name)?.csrfHeader : undefined,
      }));
    },
  };
}

function ownSessions(pool: string | undefined): Provider[] {
  return [
    {
      provide: SESSION_OPTIONS,
      inject: [AUTH_API_OPTIONS],
      useFactory: ({ session }: ResolvedAuthApiOptions) => session,
    },
    ...sessionProviders(pool),
  ];
}

function apiProviders(extras: MandateAuthApiModuleExtras, routes: ReadonlyMap<AuthApiRoute, string>): Provider[] {
  const { name: pool, handlers = {}, responses = AuthApiResponses } = extras;
  return [
    AuthApi,
    ...(pool === undefined ? [] : [{ provide: getAuthApiToken(pool), useExisting: AuthApi }]),
    { provide: AuthApiResponses, useClass: responses },
    {
      provide: AUTH_API_CONTEXT,
      inject: [AUTH_API_OPTIONS, AuthApiResponses],
      useFactory: (options: ResolvedAuthApiOptions, made: AuthApiResponses) => new ConnectedContext(options, made),
    },
    ...AUTH_API_ROUTE_NAMES.map((route) => ({
      provide: DEFAULT_HANDLERS[route],
      useClass: handlers[route] ?? DEFAULT_HANDLERS[route],
    })),
    {
      provide: AUTH_API_REGISTRATION,
      inject: [AuthApi, USER_POOLS, ModuleRef],
      useFactory: (api: AuthApi, pools: UserPools, modules: ModuleRef) =>
        new AuthApiRegistration({ pool, prefix: prefixOf(extras), routes, api, pools, modules }),
    },
  ];
}
