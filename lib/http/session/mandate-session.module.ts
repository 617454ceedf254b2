import { type DynamicModule, type FactoryProvider, Module, type ModuleMetadata } from '@nestjs/common';

import type { BrowserSessionOptions } from './browser-session.options.js';
import { getBrowserSessionsToken, SESSION_OPTIONS } from './injection-tokens.js';
import { type ResolvedSessionOptions, resolveSessionOptions } from './resolve-session-options.js';
import { assertOptions, registrationRules } from './session-option-rules.js';
import { sessionProviders } from './session-providers.js';

/**
 * Settings of a registration that cannot come from a factory.
 *
 * @publicApi
 */
export interface MandateSessionModuleExtras {
  /** The name of the pool's registration. Default: the one without a name. */
  readonly name?: string | undefined;
  /** Makes `BrowserSessionService` injectable everywhere. Default: false. */
  readonly isGlobal?: boolean | undefined;
}

/**
 * Options of `MandateSessionModule`.
 *
 * @publicApi
 */
export interface MandateSessionModuleOptions {
  readonly session: BrowserSessionOptions;
}

/**
 * Options of `MandateSessionModule.forRootAsync()`.
 *
 * @publicApi
 */
export interface MandateSessionModuleAsyncOptions extends MandateSessionModuleExtras, Pick<ModuleMetadata, 'imports'> {
  readonly inject?: FactoryProvider['inject'];
  readonly useFactory: FactoryProvider<MandateSessionModuleOptions>['useFactory'];
}

/**
 * Browser sessions for a pool whose users sign in by `CognitoService`, with forms or passkeys of the application's own. It
 * has no routes: call `BrowserSessionService.create` after a sign-in. Applications with managed login import
 * `MandateOAuthModule` instead, which brings the same sessions.
 *
 * @publicApi
 */
@Module({})
export class MandateSessionModule {
  /**
   * Adds browser sessions to the pool that `MandateModule` registers under the same name.
   *
   * @throws MandateConfigurationError at application start, for an option that is missing, unknown or malformed.
   * @example
   * imports: [
   *   MandateModule.forRoot({ userPoolId, clientId }),
   *   MandateSessionModule.forRoot({ session: { secret: sessionSecret, origin: 'https://app.example.com' } }),
   * ]
   */
  static forRoot({
    name,
    isGlobal,
    ...options
  }: MandateSessionModuleOptions & MandateSessionModuleExtras): DynamicModule {
    return this.forRootAsync({ name, isGlobal, useFactory: () => options });
  }

  /**
   * The same with options from a factory.
   *
   * @throws MandateConfigurationError at application start, for an option that is missing, unknown or malformed.
   */
  static forRootAsync(options: MandateSessionModuleAsyncOptions): DynamicModule {
    const { name, isGlobal = false, imports = [], inject = [], useFactory } = options;
    return {
      module: MandateSessionModule,
      global: isGlobal,
      imports,
      providers: [
        {
          provide: SESSION_OPTIONS,
          inject,
          useFactory: async (...dependencies: unknown[]): Promise<ResolvedSessionOptions> => {
            const given = await useFactory(...dependencies);
            assertOptions({ ...given, name }, registrationRules);
            return resolveSessionOptions(given.session, name);
          },
        },
        ...sessionProviders(name),
      ],
      exports: [getBrowserSessionsToken(name)],
    };
  }
}
