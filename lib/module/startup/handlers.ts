import type { Type } from '@nestjs/common';
import { MetadataScanner, type ModulesContainer } from '@nestjs/core';

import { accessMetadataOf } from '../../auth/access/access-metadata.js';

/** What calls a handler; `graphql-field` is a field or reference resolver, `other` a library that is not known here. */
export type HandlerKind = 'http' | 'rpc' | 'ws' | 'graphql' | 'graphql-field' | 'other';

/** A module of the application. */
export type NestModule = ModulesContainer extends Map<string, infer Module> ? Module : never;

/** A method that Nest calls for requests or messages. */
export interface Handler {
  /** Class and method, such as `CatsController.find`. */
  readonly name: string;
  readonly kind: HandlerKind;
  readonly callback: () => unknown;
  readonly owner: Type;
  readonly module: NestModule;
}

/*
 * The metadata that the decorators of Nest's packages set. They are literals, because the packages are optional and
 * export the names from internal files, which differ between Nest 11 and 12.
 */
const ROUTE = 'path';
const MESSAGE_PATTERN = 'microservices:pattern';
const GATEWAY = 'websockets:is_gateway';
const SUBSCRIBED_MESSAGE = 'websockets:message_mapping';
const RESOLVER_TYPE = 'graphql:resolver_type';
const RESOLVED_PROPERTY = 'graphql:resolve_property';
const RESOLVED_REFERENCE = 'graphql:resolve_reference';
const ROOT_TYPES: readonly unknown[] = ['Query', 'Mutation', 'Subscription'];

/** All handlers of an application, each once per kind, and other provider methods with an access decorator. */
export function handlersOf(modules: Iterable<NestModule>): Handler[] {
  const scanner = new MetadataScanner();
  const handlers = new Map<string, Handler>();
  const seen = new Map<Type, number>();
  const add = (module: NestModule, owner: Type | undefined, kindsOf: KindsOf): void => {
    if (owner === undefined) {
      return;
    }
    const number = seen.get(owner) ?? seen.size;
    seen.set(owner, number);
    for (const method of scanner.getAllMethodNames(owner.prototype as object)) {
      const callback = (owner.prototype as Record<string, () => unknown>)[method];
      for (const kind of callback === undefined ? [] : kindsOf(callback, owner)) {
        const name = `${owner.name}.${method}`;
        handlers.set(`${number} ${name} ${kind}`, { name, kind, callback: callback as () => unknown, owner, module });
      }
    }
  };
  for (const module of modules) {
    module.controllers.forEach((wrapper) => {
      add(module, classOf(wrapper), controllerKinds);
    });
    module.providers.forEach((wrapper) => {
      add(module, classOf(wrapper), providerKinds);
    });
  }
  return [...handlers.values()];
}

type KindsOf = (callback: () => unknown, owner: Type) => readonly HandlerKind[];

const controllerKinds: KindsOf = (callback) => [
  ...(Reflect.hasMetadata(ROUTE, callback) ? (['http'] as const) : []),
  ...(Reflect.hasMetadata(MESSAGE_PATTERN, callback) ? (['rpc'] as const) : []),
];

const providerKinds: KindsOf = (callback, owner) => {
  if (Reflect.getMetadataKeys(callback).length === 0) {
    return [];
  }
  if (Reflect.hasMetadata(SUBSCRIBED_MESSAGE, callback) && Reflect.hasMetadata(GATEWAY, owner)) {
    return ['ws'];
  }
  const resolverType: unknown = Reflect.getMetadata(RESOLVER_TYPE, callback);
  if (ROOT_TYPES.includes(resolverType)) {
    return ['graphql'];
  }
  if ([RESOLVED_PROPERTY, RESOLVED_REFERENCE].some((key) => Reflect.hasMetadata(key, callback))) {
    return ['graphql-field'];
  }
  return Object.keys(accessMetadataOf(callback)).length > 0 ? ['other'] : [];
};

/** The class behind a provider: a factory and a value have that of their instance. */
function classOf({
  metatype,
  inject,
  instance,
}: {
  metatype: unknown;
  inject?: unknown;
  instance: unknown;
}): Type | undefined {
  const isClassProvider = typeof metatype === 'function' && !Array.isArray(inject);
  const candidate: unknown = isClassProvider
    ? metatype
    : typeof instance === 'object' && instance !== null
      ? instance.constructor
      : undefined;
  return typeof candidate === 'function' && candidate !== Object && isObjectLike(candidate.prototype)
    ? (candidate as Type)
    : undefined;
}

function isObjectLike(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
