import type { ApplicationConfig } from '@nestjs/core';

import { ProblemDetailsFilter } from '../../auth/problem-details.filter.js';
import type { Handler, NestModule } from '../startup/handlers.js';

/** Set by `@UseFilters`. */
const FILTERS = '__exceptionFilters__';

/** Answers whether refusals of a handler are problem details: whether `ProblemDetailsFilter` is its filter. */
export function problemFilters(application: {
  readonly modules: readonly NestModule[];
  readonly config: ApplicationConfig;
}): (handler: Handler) => boolean {
  const isGlobal =
    application.config.getGlobalFilters().some(isProblemFilter) || application.modules.some(providesProblemFilter);
  return ({ owner, callback }) =>
    isGlobal || [owner, callback].some((target) => filtersAt(target).some(isProblemFilter));
}

function filtersAt(target: object): readonly unknown[] {
  return (Reflect.getMetadata(FILTERS, target) as readonly unknown[] | undefined) ?? [];
}

function providesProblemFilter({ providers, injectables }: NestModule): boolean {
  return [...providers, ...injectables].some(([token, { metatype, inject, isAlias }]) => {
    const source: unknown = isAlias ? inject?.[0] : metatype;
    return typeof token === 'string' && token.startsWith('APP_FILTER ') && isProblemFilter(source);
  });
}

function isProblemFilter(filter: unknown): boolean {
  return filter instanceof ProblemDetailsFilter || filter === ProblemDetailsFilter || isSubclass(filter);
}

function isSubclass(filter: unknown): boolean {
  return typeof filter === 'function' && (filter.prototype as unknown) instanceof ProblemDetailsFilter;
}
