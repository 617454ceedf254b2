import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';

import { MandateConfigurationError } from '../../errors/configuration-error.js';
import { CognitoExceptionFilter } from '../../auth/cognito-exception.filter.js';
import { USER_POOLS, type UserPools } from '../../auth/pools/user-pools.js';
import { getBrowserSessionsToken, SESSION_OPTIONS } from '../session/injection-tokens.js';
import { sessionProviders } from '../session/session-providers.js';
import type {
  MandateAuthApiModuleAsyncOptions,
  MandateAuthApiModuleExtras,
  MandateAuthApiModuleOptions,
} from './auth-api-options.js';
import { isFactoryOption } from './auth-api-option-rules.js';
import { AuthApiRegistration } from './auth-api-registration.js';
import { AuthApiResponses } from './auth-api-responses.js';
import { AUTH_API_ROUTE_NAMES, type AuthApiRoute } from './auth-api-routes.js';
import { createAuthApiController } from './auth-api.controller.js';
import { AuthApi } from './auth-api.js';
import { ConnectedContext } from './connected-context.js';
import { loadOptional } from './load-optional.js';
import { DEFAULT_HANDLERS } from './handlers/default-handlers.js';
import { getAuthApiToken } from './injection-tokens.js';
import { AUTH_API_CONTEXT, AUTH_API_OPTIONS, AUTH_API_REGISTRATION } from './internal-tokens.js';
import {
  type ResolvedAuthApiOptions,
  resolveAuthApiOptions,
  resolveAuthApiRoutes,
} from './resolve-auth-api-options.js';

/**
 * A complete auth API: sign-up, sign-in with every challenge, renewal, recovery, profile, MFA, devices, passkeys and sessions,
 * validated, limited, and described for @nestjs/swagger. It belongs to the pool that `MandateModule` registers under the same
 * name. It needs the packages class-validator, class-transformer and, unless `throttle` is null, @nestjs/throttler.
 *
 * The logic of each route is a handler class that the option `handlers` replaces; `features` and `paths` leave routes out.
 *
 * @publicApi
 */
@Module({})
export class MandateAuthApiModule {
  /**
   * Adds the routes of a pool. Nest awaits the module: list the result in `imports` as it is.
   *
   * @throws MandateConfigurationError at application start, for an option that is missing, unknown or malformed.
   * @example
   * imports: [
   *   MandateModule.forRoot({ userPoolId, clientId, extractors: [bearerToken(), browserSession()] }),
   *   MandateAuthApiModule.forRoot({
   *     delivery: 'cookie',
   *     session: { secret: process.env.SESSION_SECRET, origin: 'https://app.example.com' },
   *   }),
   * ]
   */
  static forRoot(options: MandateAuthApiModuleOptions & MandateAuthApiModuleExtras): Promise<DynamicModule> {
    const part = (isOfPart: (name: string) => boolean): object =>
      Object.fromEntries(Object.entries(options).filter(([name]) => isOfPart(name)));
    const factoryOptions: MandateAuthApiModuleOptions = part(isFactoryOption);
    const extras = part((name) => !isFactoryOption(name)) as MandateAuthApiModuleExtras;
    return this.forRootAsync({ ...extras, useFactory: () => factoryOptions });
  }

  /**
   * The same with options from a factory. What the routes need is set here, not by the factory: see
   * `MandateAuthApiModuleExtras`.
   *
   * @throws MandateConfigurationError at application start, for an option that is missing, unknown or malformed.
   */
  static forRootAsync(options: MandateAuthApiModuleAsyncOptions): Promise<DynamicModule> {
    const defined = defineModule(options);
    // Nest awaits it, but not at once: until then a failure must not end the process.
    defined.catch(() => undefined);
    return defined;
  }
}

async function defineModule(options: MandateAuthApiModuleAsyncOptions): Promise<DynamicModule> {
  const { inject = [], useFactory, ...extras } = options;
  const { name, isGlobal = false, imports = [], delivery, sharedSession } = extras;
  if (typeof useFactory !== 'function') {
    throw new MandateConfigurationError('useFactory', 'is required and must be a function that returns the options');
  }
  const routes = extras.routes === false ? new Map<AuthApiRoute, string>() : resolveAuthApiRoutes(extras);
  const bringsSessions = delivery === 'cookie' && sharedSession === undefined;
  return {
    module: MandateAuthApiModule,
    global: isGlobal,
    imports,
    controllers: routes.size === 0 ? [] : [await controllerOf(extras, routes)],
    providers: [
      {
        provide: AUTH_API_OPTIONS,
        inject,
        useFactory: async (...dependencies: unknown[]): Promise<ResolvedAuthApiOptions> =>
          resolveAuthApiOptions(await useFactory(...dependencies), extras),
      },
      ...(bringsSessions ? ownSessions(name) : []),
      ...apiProviders(extras, routes),
    ],
    exports: [getAuthApiToken(name), ...(bringsSessions ? [getBrowserSessionsToken(name)] : [])],
  };
}

async function controllerOf(
  extras: MandateAuthApiModuleExtras,
  routes: ReadonlyMap<AuthApiRoute, string>,
): Promise<ReturnType<typeof createAuthApiController>> {
  const { routeInputs } = await loadOptional(
    async () => import('./route-bodies.js'),
    'class-validator class-transformer',
  );
  const { MandateValidationPipe } = await import('./validation-pipe.js');
  return createAuthApiController({
    extras,
    prefix: prefixOf(extras),
    routes,
    inputOf: routeInputs(extras),
    pipe: new MandateValidationPipe(),
    filter: CognitoExceptionFilter,
  });
}

function prefixOf({ name, prefix = name === undefined ? 'auth' : `auth/${name}` }: MandateAuthApiModuleExtras): string {
  return prefix;
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
