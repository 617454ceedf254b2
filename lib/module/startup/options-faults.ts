import type { InjectionToken } from '@nestjs/common';

import { MandateConfigurationError } from '../../errors/configuration-error.js';
import { MODULE_OPTIONS } from '../injection-tokens.js';
import type { NestModule } from './handlers.js';

type Wrapper = NonNullable<ReturnType<NestModule['providers']['get']>>;

/** Registrations whose options depend on a request: Nest would create them for each one, and none when it starts. */
export function optionsFaults(modules: readonly NestModule[]): MandateConfigurationError[] {
  return modules.flatMap((module) => {
    const wrapper = module.providers.get(MODULE_OPTIONS);
    if (wrapper === undefined || wrapper.isDependencyTreeStatic()) {
      return [];
    }
    const scoped = (wrapper.inject ?? [])
      .map((token) => (isOptional(token) ? token.token : token))
      .filter((token) => isScoped(module, token));
    const names = scoped.map((token) => `"${nameOf(token)}"`).join(', ');
    return [
      new MandateConfigurationError(
        'inject',
        `must not depend on a request, but ${names || 'a dependency of the factory'} is request-scoped. A pool is registered once, when the application starts. For pools that differ by request use @Pool or the option "tenants"`,
      ),
    ];
  });
}

function isScoped(module: NestModule, token: InjectionToken): boolean {
  return wrappersOf(module, token).some((wrapper) => !wrapper.isDependencyTreeStatic());
}

function wrappersOf(module: NestModule, token: InjectionToken): readonly Wrapper[] {
  return [module, ...module.imports].flatMap(({ providers }) => providers.get(token) ?? []);
}

function isOptional(token: unknown): token is { token: InjectionToken; optional: boolean } {
  return typeof token === 'object' && token !== null && 'token' in token;
}

function nameOf(token: InjectionToken): string {
  return typeof token === 'function' ? token.name : String(token);
}
