import { type DynamicModule, Inject, type MiddlewareConsumer, Module, type NestModule, Optional } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';

import { MandateConfigurationError } from '../../errors/configuration-error.js';
import type {
  MandateAuthApiModuleAsyncOptions,
  MandateAuthApiModuleExtras,
  MandateAuthApiModuleOptions,
} from './auth-api-options.js';
import { isFactoryOption } from './auth-api-option-rules.js';
import { createAuthApiMiddleware } from './auth-api.middleware.js';
import { type AuthApiMiddlewareSettings, defineAuthApi } from './define-auth-api.js';
import { AUTH_API_MIDDLEWARE } from './internal-tokens.js';
import { refuseMalformedJson } from './malformed-json.js';

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
export class MandateAuthApiModule implements NestModule {
  constructor(
    @Optional() @Inject(AUTH_API_MIDDLEWARE) private readonly middleware?: AuthApiMiddlewareSettings | null,
    @Optional() private readonly http?: HttpAdapterHost,
  ) {
    if (middleware === undefined) {
      throw new MandateConfigurationError(
        'imports',
        'contains the class MandateAuthApiModule, which has no routes by itself. Import what MandateAuthApiModule.forRoot() returns',
      );
    }
  }

  /** @internal */
  configure(consumer: MiddlewareConsumer): void {
    // Without routes there is none.
    if (!this.middleware || this.http === undefined) {
      return;
    }
    const { controller, prefix, filter: Filter } = this.middleware;
    consumer.apply(createAuthApiMiddleware(Filter)).forRoutes(controller);
    refuseMalformedJson(this.http.httpAdapter, prefix, new Filter());
  }

  /**
   * Adds the routes of a pool. Nest awaits the module: list the result in `imports` as it is.
   *
   * @throws MandateConfigurationError at application start, for an option that is missing, unknown or malformed.
   * @example
   * imports: [
   *   MandateModule.forRoot({ userPoolId, clientId }),
   *   MandateAuthApiModule.forRoot({
   *     delivery: 'cookie',
   *     session: { secret: sessionSecret, origin: 'https://app.example.com' },
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
    const defined = defineAuthApi(options).then((definition) => ({ module: MandateAuthApiModule, ...definition }));
    // Nest awaits it, but not at once: until then a failure must not end the process.
    defined.catch(() => undefined);
    return defined;
  }
}
