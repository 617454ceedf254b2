import type { ArgumentsHost } from '@nestjs/common';

import { isObject } from '../types/is-object.js';

/** Where a field is in an operation: graphql's `Path`. The fields below it refer to the same object. */
interface FieldPath {
  readonly prev: FieldPath | undefined;
  /** The type that the field belongs to; `undefined` for an item of a list. */
  readonly typename?: string | undefined;
}

/** A call of a resolver. */
export interface GraphqlCall {
  /** The context of the operation. */
  readonly context: unknown;
  /**
   * An object that one execution of an operation has for itself. Neither the context nor the parsed operation is one:
   * both may serve a whole connection.
   */
  readonly execution: object | undefined;
  /** What carries the decision about this field; `undefined` if graphql does not tell where the field is. */
  readonly carrier: object | undefined;
  /** What carries the decisions about the fields above it, the nearest first. */
  readonly ancestors: () => Iterable<object>;
}

type Fields = Readonly<Record<string | symbol, unknown>>;

/** On a path: what carries the decisions about entities, by their type. */
const ENTITIES = Symbol('mandate.entities');
/** On the context of an operation: what carries the decision about a subscription, by its parsed operation. */
const SUBSCRIPTIONS = Symbol('mandate.subscriptions');

/**
 * Reads the arguments of a resolver: root, arguments, context, info. Reference and type resolvers have no arguments, so
 * that their context comes one earlier.
 */
export function graphqlCallOf(host: ArgumentsHost): GraphqlCall {
  const isReference = isFieldInfo(host.getArgByIndex<unknown>(2));
  const context = host.getArgByIndex<unknown>(isReference ? 1 : 2);
  const info = fieldsOf(host.getArgByIndex<unknown>(isReference ? 2 : 3));
  const { path } = info as { readonly path?: FieldPath };
  const execution = isObject(info['variableValues']) ? info['variableValues'] : undefined;
  if (path === undefined) {
    return { context, execution, carrier: undefined, ancestors: () => [] };
  }
  const entity = isReference ? fieldsOf(host.getArgByIndex<unknown>(0))['__typename'] : undefined;
  return {
    context,
    execution,
    carrier: entity === undefined ? carrierOf(path, context, info) : entityCarrier(path, entity),
    ancestors: () => ancestorsOf(path, context, info),
  };
}

/**
 * A value that lives as long as the object that it is attached to. It is hidden from what copies or lists the object.
 *
 * @returns `undefined` if nothing can be attached to the object.
 */
export function attached<T>(holder: object, key: symbol, create: () => T): T | undefined {
  if (!Object.hasOwn(holder, key) && Object.isExtensible(holder)) {
    Object.defineProperty(holder, key, { value: create() });
  }
  return Object.hasOwn(holder, key) ? ((holder as Fields)[key] as T) : undefined;
}

function* ancestorsOf(path: FieldPath, context: unknown, info: Fields): Iterable<object> {
  let type = path.typename;
  for (let at = path.prev; at !== undefined; at = at.prev) {
    const isEntity = Object.hasOwn(at, ENTITIES) && type !== undefined;
    yield (isEntity ? entityCarrier(at, type) : undefined) ?? carrierOf(at, context, info);
    type = at.typename ?? type;
  }
}

function carrierOf(path: FieldPath, context: unknown, info: Fields): object {
  const isRoot = path.prev === undefined;
  return (isRoot ? subscriptionCarrier(context, info) : undefined) ?? path;
}

/**
 * The guard decides on a subscription once; then each event is an execution with a path of its own. What they share is the
 * context and the parsed operation, which has one field.
 */
function subscriptionCarrier(context: unknown, { operation }: Fields): object | undefined {
  if (!isObject(context) || fieldsOf(operation)['operation'] !== 'subscription') {
    return undefined;
  }
  const subscriptions = attached(context, SUBSCRIPTIONS, () => new WeakMap<object, object>());
  const known = subscriptions?.get(operation as object);
  const carrier = known ?? {};
  subscriptions?.set(operation as object, carrier);
  return subscriptions && carrier;
}

/** All entities of a federated query have one path. Each type may accept a pool of its own. */
function entityCarrier(path: FieldPath, type: unknown): object | undefined {
  const entities = attached(path, ENTITIES, () => new Map<unknown, object>());
  const carrier = entities?.get(type) ?? {};
  entities?.set(type, carrier);
  return entities && carrier;
}

function isFieldInfo(value: unknown): boolean {
  return isObject(value) && Object.hasOwn(value, 'fieldNodes') && Object.hasOwn(value, 'schema');
}

function fieldsOf(value: unknown): Fields {
  return isObject(value) ? value : {};
}
