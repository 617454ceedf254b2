import { ConfigurableModuleBuilder } from '@nestjs/common';

import type { MandateModuleOptions } from './mandate.options.js';
import { createProviders, exportedTokens } from './mandate.providers.js';
import { MODULE_OPTIONS } from './mandate.tokens.js';

/** What a registration says beside the options: it cannot come out of a factory, for it shapes the module itself. */
export interface MandateModuleExtras {
  /** Makes the services injectable everywhere without importing the module again. Default: false. */
  readonly isGlobal?: boolean;
  /** The name of the pool, for applications with several: `InjectCognito('staff')`, `@Pool('staff')`. Default: none. */
  readonly name?: string | undefined;
}

const defaults: MandateModuleExtras = { isGlobal: false, name: undefined };

export const { ConfigurableModuleClass, OPTIONS_TYPE, ASYNC_OPTIONS_TYPE } =
  new ConfigurableModuleBuilder<MandateModuleOptions>({ optionsInjectionToken: MODULE_OPTIONS })
    .setClassMethodName('forRoot')
    .setFactoryMethodName('createMandateOptions')
    .setExtras(defaults, (definition, { isGlobal = false, name }) => ({
      ...definition,
      global: isGlobal,
      providers: [...(definition.providers ?? []), ...createProviders(name)],
      exports: exportedTokens(name),
    }))
    .build();

/** A class that gives the options: for `useClass` and `useExisting` of `forRootAsync()`. */
export interface MandateOptionsFactory {
  createMandateOptions(): MandateModuleOptions | Promise<MandateModuleOptions>;
}
