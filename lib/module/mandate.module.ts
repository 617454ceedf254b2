import {
  ConfigurableModuleBuilder,
  Global,
  Inject,
  Module,
  Optional,
  type ConfigurableModuleAsyncOptions,
  type DynamicModule,
  type Type,
} from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';

import { CONNECTION_EXPIRY, ConnectionExpiry } from '../auth/connections/connection-expiry.js';
import { USER_POOLS, UserPools } from '../auth/pools/user-pools.js';
import { MandateError } from '../errors/mandate-error.js';
import { MODULE_OPTIONS } from './injection-tokens.js';
import type { MandateModuleOptions } from './options.js';
import { OVERRIDES, type Overrides } from './overrides.js';
import { withProtectedOptions } from './protect-secrets.js';
import { ROUTE_DOCUMENTATION, routeDocumentationProvider } from './openapi/route-documentation.provider.js';
import { createProviders, exportedTokens } from './providers.js';
import { StartUpCheck } from './startup/start-up-check.js';

/**
 * Settings of a registration that shape the module itself, so they cannot come from a factory.
 *
 * @publicApi
 */
export interface MandateModuleExtras {
  /** Makes the services injectable everywhere without importing the module again. Default: false. */
  readonly isGlobal?: boolean;
  /** The name of the pool, for applications with several: `InjectCognito('staff')`, `@Pool('staff')`. Default: none. */
  readonly name?: string | undefined;
}

/**
 * A class that creates the options, for `useClass` and `useExisting` of `forRootAsync()`.
 *
 * @publicApi
 */
export interface MandateOptionsFactory {
  /** @param name - the name of the registration; undefined for the one without a name. */
  createMandateOptions(name: string | undefined): MandateModuleOptions | Promise<MandateModuleOptions>;
}

type AsyncOptions = ConfigurableModuleAsyncOptions<MandateModuleOptions, 'createMandateOptions'>;

/**
 * Options of `forRootAsync()`: `useFactory` with `inject`, or `useClass`, or `useExisting`.
 *
 * @publicApi
 */
export interface MandateModuleAsyncOptions
  extends Pick<AsyncOptions, 'imports' | 'inject' | 'useFactory' | 'provideInjectionTokensFrom'>, MandateModuleExtras {
  /** A class that creates the options; Nest instantiates it. */
  readonly useClass?: Type<MandateOptionsFactory>;
  /** A class that creates the options and is already a provider. */
  readonly useExisting?: Type<MandateOptionsFactory>;
}

const NO_EXTRAS: MandateModuleExtras = { isGlobal: false, name: undefined };

const { ConfigurableModuleClass } = new ConfigurableModuleBuilder<MandateModuleOptions>({
  optionsInjectionToken: MODULE_OPTIONS,
})
  .setClassMethodName('forRoot')
  .setFactoryMethodName('createMandateOptions')
  .setExtras(NO_EXTRAS, (definition, { isGlobal = false, name }) => ({
    ...definition,
    global: isGlobal,
    providers: [...withProtectedOptions(definition.providers), ...createProviders(name)],
    exports: exportedTokens(name),
  }))
  .build();

/**
 * Shared by all registrations of `MandateModule`: the pools that the guard selects from, the check at the start, and the
 * open connections.
 */
@Global()
@Module({
  providers: [
    UserPools,
    StartUpCheck,
    { provide: USER_POOLS, useExisting: UserPools },
    { provide: ConnectionExpiry, inject: [UserPools], useFactory: (pools: UserPools) => new ConnectionExpiry(pools) },
    { provide: CONNECTION_EXPIRY, useExisting: ConnectionExpiry },
    routeDocumentationProvider,
    { provide: OVERRIDES, useValue: {} satisfies Overrides },
  ],
  exports: [UserPools, USER_POOLS, OVERRIDES, ConnectionExpiry, CONNECTION_EXPIRY, StartUpCheck, ROUTE_DOCUMENTATION],
})
export class MandateCoreModule {
  /**
   * @param modules - all modules of the application; not known if this package has a copy of @nestjs/core of its own.
   * @throws MandateError if two copies of this package register pools: the guard would know those of one copy only.
   */
  constructor(@Optional() @Inject(ModulesContainer) modules?: ModulesContainer) {
    const copies = [...(modules?.values() ?? [])].filter(({ providers }) => providers.has(USER_POOLS));
    if (copies.length > 1) {
      throw new MandateError(
        'CONFIGURATION_INVALID',
        'Two copies of "mandate" register user pools in this application, and a guard knows the pools of one. Run "npm ls mandate" and keep one copy.',
      );
    }
  }
}

/**
 * Amazon Cognito for one user pool and app client. Register it once per pool; give all but one of them a `name`.
 *
 * It provides `CognitoService`, `CognitoAdminService`, `CognitoClient`, `TokenVerifier` and the passport strategy
 * `cognito`, and registers the pool with `CognitoAuthGuard`.
 *
 * @publicApi
 */
@Module({ imports: [MandateCoreModule] })
export class MandateModule extends ConfigurableModuleClass {
  /**
   * Registers a user pool whose options are known when the module is defined.
   *
   * @param options - `userPoolId` and `clientId` are required; see `MandateModuleOptions` for the others.
   * @throws MandateConfigurationError at application start, for an option that is missing, unknown or malformed.
   * @example
   * MandateModule.forRoot({ userPoolId: 'eu-west-1_AbCdEfGhI', clientId: '1h57kf5cpq17m0eml12EXAMPLE' })
   */
  static override forRoot(options: MandateModuleOptions & MandateModuleExtras): DynamicModule {
    return super.forRoot(options);
  }

  /**
   * Registers a user pool whose options come from a factory, for example from `ConfigService`.
   *
   * @param options - `useFactory` with `inject`, or a class with `createMandateOptions(name)` as `useClass` or
   *   `useExisting`. `name` and `isGlobal` are set here, not by the factory.
   * @throws MandateConfigurationError at application start, for an option that is missing, unknown or malformed.
   * @example
   * MandateModule.forRootAsync({
   *   inject: [ConfigService],
   *   useFactory: (config: ConfigService) => ({
   *     userPoolId: config.getOrThrow('COGNITO_USER_POOL_ID'),
   *     clientId: config.getOrThrow('COGNITO_CLIENT_ID'),
   *   }),
   * })
   */
  static override forRootAsync({ useClass, useExisting, ...options }: MandateModuleAsyncOptions): DynamicModule {
    const factory = useClass ?? useExisting;
    if (factory === undefined) {
      return super.forRootAsync(options);
    }
    // Nest's builder calls the factory without arguments; one class for several pools must know which one it
    // configures.
    const definition = super.forRootAsync({
      ...options,
      inject: [factory],
      useFactory: (created: MandateOptionsFactory) => created.createMandateOptions(options.name),
    });
    return useClass === undefined
      ? definition
      : { ...definition, providers: [useClass, ...(definition.providers ?? [])] };
  }
}
