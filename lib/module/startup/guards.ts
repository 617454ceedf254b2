import type { CanActivate } from '@nestjs/common';
import type { ApplicationConfig } from '@nestjs/core';

import { CognitoAuthGuard } from '../../auth/cognito-auth.guard.js';
import type { Handler, HandlerKind, NestModule } from './handlers.js';

/** What of an application decides where its guards run. */
export interface GuardedApplication {
  readonly modules: readonly NestModule[];
  readonly config: ApplicationConfig;
  /** Whether global guards run for the messages of microservices. */
  readonly guardsMessages: boolean;
}

/** A guard as it was attached: its class or the instance itself. */
type AttachedGuard = CanActivate | (abstract new (...args: never[]) => CanActivate);

/** The guards of a handler, as far as they matter to `CognitoAuthGuard`. */
export interface Coverage {
  /** Whether `CognitoAuthGuard` or a subclass is among them. */
  readonly isCovered: boolean;
  /** The instances of it, except those that Nest creates for each request. */
  readonly guards: readonly CognitoAuthGuard[];
  /** Whether a test has replaced it by something else. */
  readonly isReplaced: boolean;
  /** The names of the other guards of the handler and its class. */
  readonly others: readonly string[];
  /** Whether a global `CognitoAuthGuard` exists that does not reach the handler. */
  readonly isMissedByGlobal: boolean;
}

/** Set by `@UseGuards`. A literal, because Nest 11 and 12 export the name from different internal files. */
const GUARDS = '__guards__';
/** Of `@nestjs/graphql`. */
const GRAPHQL_OPTIONS = 'GqlModuleOptions';

/** Answers which guards run before a handler. */
export function guardCoverage(application: GuardedApplication): (handler: Handler) => Coverage {
  const { modules, config } = application;
  const global = [
    ...config
      .getGlobalGuards()
      .filter(isCognitoGuard)
      .map((instance) => ({ instance })),
    ...modules.flatMap(globalGuardProviders),
  ];
  const guardsFields = modules.some(enhancesFieldResolvers);
  return ({ kind, owner, callback, module }) => {
    const reached = globalReaches(kind, application, guardsFields);
    const attached = kind === 'graphql-field' && !guardsFields ? [] : [...guardsAt(owner), ...guardsAt(callback)];
    const own = attached.filter(isCognitoGuard);
    const covering = [...(reached ? global : []), ...own.map((guard) => ({ instance: instanceOf(guard, module) }))];
    const instances = covering
      .map(({ instance }) => instance)
      .filter((instance) => instance !== undefined && instance !== null);
    const guards = instances.filter((instance) => instance instanceof CognitoAuthGuard);
    return {
      isCovered: covering.length > 0,
      guards,
      isReplaced: instances.length > 0 && guards.length === 0,
      others: attached.filter((guard) => !isCognitoGuard(guard)).map(nameOf),
      isMissedByGlobal: global.length > 0 && !reached,
    };
  };
}

function globalReaches(
  kind: HandlerKind,
  { config, guardsMessages }: GuardedApplication,
  guardsFields: boolean,
): boolean {
  switch (kind) {
    case 'rpc':
      return guardsMessages;
    case 'ws':
      // Nest 11 applies global guards to no gateway. Nest 12 does; its configuration is recognized by what it added.
      return 'getRouteConflictPolicy' in config;
    case 'graphql-field':
      return guardsFields;
    case 'http':
    case 'graphql':
    case 'other':
      return true;
  }
}

function guardsAt(target: object): readonly AttachedGuard[] {
  return (Reflect.getMetadata(GUARDS, target) as readonly AttachedGuard[] | undefined) ?? [];
}

function isCognitoGuard(guard: unknown): boolean {
  // `instanceof` and not a comparison: the guard may come from another copy of this package.
  return (isClass(guard) ? Object.create(guard.prototype) : guard) instanceof CognitoAuthGuard;
}

function isClass(value: unknown): value is { readonly prototype: object } {
  return typeof value === 'function' && typeof value.prototype === 'object' && value.prototype !== null;
}

/** Undefined for a guard that Nest creates for each request. */
function instanceOf(guard: AttachedGuard, { injectables }: NestModule): unknown {
  return typeof guard === 'function' ? injectables.get(guard)?.instance : guard;
}

function nameOf(guard: AttachedGuard): string {
  return (typeof guard === 'function' ? guard.name : guard.constructor.name) || 'a guard';
}

/**
 * The providers `{ provide: APP_GUARD, ... }` of the guard. Nest registers them under tokens of its own. The instance
 * alone does not tell: a test may have replaced it, and a request-scoped one is created for each request.
 */
function globalGuardProviders({ providers, injectables }: NestModule): readonly { readonly instance: unknown }[] {
  return [...providers, ...injectables].flatMap(([token, wrapper]) => {
    const { metatype, inject, isAlias } = wrapper;
    const isGlobalGuard = typeof token === 'string' && token.startsWith('APP_GUARD ');
    const source: unknown = isAlias ? inject?.[0] : metatype;
    return isGlobalGuard && isCognitoGuard(source) ? [wrapper] : [];
  });
}

function enhancesFieldResolvers({ providers }: NestModule): boolean {
  const options: unknown = providers.get(GRAPHQL_OPTIONS)?.instance;
  const enhancers = (options as { fieldResolverEnhancers?: readonly string[] } | undefined)?.fieldResolverEnhancers;
  return enhancers?.includes('guards') ?? false;
}
