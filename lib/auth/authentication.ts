import type { ExecutionContext } from '@nestjs/common';

import type { VerifiedClaims } from '../tokens/claims/token-claims.js';
import { attached, graphqlCallOf } from './graphql-call.js';
import { requestContextOf, type RequestContext, type Transport } from './request-context.js';

/**
 * The verified identity behind a call.
 *
 * @publicApi
 */
export interface Authentication {
  readonly claims: VerifiedClaims;
  /** The token that was verified. */
  readonly token: string;
  /** Name of the user pool that verified the token. */
  readonly pool: string;
  /** The application's own user: what the option `loadUser`, or a strategy's `validate`, returned. */
  readonly user?: unknown;
}

/** The handler and the class that a guard decided on: a part of Nest's ExecutionContext. */
type GuardedHandler = Pick<ExecutionContext, 'getHandler' | 'getClass'>;

/** What a guard decided for one handler of one class. Whoever prints what it is recorded with does not print the token. */
class Decision {
  readonly #authentication: Authentication | undefined;

  constructor(
    readonly handler: object | undefined,
    readonly owner: object | undefined,
    authentication: Authentication | undefined,
  ) {
    this.#authentication = authentication;
  }

  /** `undefined` if the call was denied, or is a public one without a valid token. */
  get authentication(): Authentication | undefined {
    return this.#authentication;
  }
}

type Decisions = Map<object | undefined, Map<object | undefined, Decision>>;

// In the global registry: the decorators may come from another copy of this package than the guard.
const LATEST = Symbol.for('mandate.authentication');
const EARLIER = Symbol.for('mandate.earlier-authentications');
/** On an HTTP request: the caller that its first GraphQL field was admitted for. */
const FIRST = Symbol.for('mandate.first-authentication');

/** The object that lives as long as a call. Nearly every call has one handler, which must not cost a Map. */
interface Carrier {
  [LATEST]?: Decision;
  /** By handler and class: the handlers of one event share a carrier. */
  [EARLIER]?: Decisions;
}

/**
 * Returns the caller that `CognitoAuthGuard` verified for a handler, or `undefined` if the caller is anonymous. A GraphQL
 * field without a guard has the caller of the nearest field above it that has one; a subscription's fields have the
 * subscriber. Without such a field the caller is `undefined`.
 *
 * Use it in guards, interceptors and parameter decorators of your own.
 *
 * @example
 * const CurrentPool = createParamDecorator((_, context: ExecutionContext) => authenticationOf(context)?.pool);
 *
 * @publicApi
 */
export function authenticationOf(context: ExecutionContext): Authentication | undefined {
  const call = requestContextOf(context);
  if (call === undefined) {
    return undefined;
  }
  return call.source.transport === 'graphql'
    ? callerOfField(call, context)
    : decisionFor(call.carrier, context.getHandler(), context.getClass())?.authentication;
}

/**
 * Records a guard's decision with the object that lives as long as the call.
 *
 * @param authentication - `undefined` for an anonymous caller: it replaces what an earlier message over the same socket
 *   left behind.
 */
export function setAuthentication(
  carrier: Carrier,
  authentication: Authentication | undefined,
  guarded?: GuardedHandler,
): void {
  const latest = latestOf(carrier);
  if (latest !== undefined) {
    keepEarlier(carrier, latest);
  } else if (authentication === undefined && !Object.isExtensible(carrier)) {
    // A GraphQL operation without a context has a frozen carrier, which is anonymous without a record.
    return;
  }
  record(carrier, LATEST, new Decision(guarded?.getHandler(), guarded?.getClass(), authentication));
}

/**
 * Sets `request.user` to the application's own user or the caller's claims, as passport does. A GraphQL operation whose
 * fields have different callers has no user.
 */
export function setRequestUser(request: object, authentication: Authentication, transport: Transport): void {
  const holder = request as { user?: unknown };
  const first = transport === 'graphql' ? attached(request, FIRST, () => authentication) : undefined;
  holder.user =
    first === undefined || isSameCaller(first, authentication)
      ? (authentication.user ?? authentication.claims)
      : undefined;
}

function isSameCaller(one: Authentication | undefined, other: Authentication | undefined): boolean {
  return one?.token === other?.token && one?.pool === other?.pool;
}

/** Hidden from what copies, lists or compares the carrier: it may be the payload of a message. */
function record<Key extends keyof Carrier>(carrier: Carrier, key: Key, value: Carrier[Key]): void {
  if (Object.hasOwn(carrier, key)) {
    carrier[key] = value;
  } else {
    Object.defineProperty(carrier, key, { value, writable: true, configurable: true });
  }
}

function latestOf(carrier: Carrier): Decision | undefined {
  // An inherited decision would belong to another call.
  return Object.hasOwn(carrier, LATEST) ? carrier[LATEST] : undefined;
}

function earlierOf(carrier: Carrier): Decisions | undefined {
  return Object.hasOwn(carrier, EARLIER) ? carrier[EARLIER] : undefined;
}

function decisionFor(carrier: Carrier, handler: object, owner: object): Decision | undefined {
  return ownDecision(carrier, handler, owner) ?? latestOf(carrier);
}

function ownDecision(carrier: Carrier, handler: object, owner: object): Decision | undefined {
  const latest = latestOf(carrier);
  const isLatest = latest?.handler === handler && latest.owner === owner;
  return isLatest ? latest : earlierOf(carrier)?.get(handler)?.get(owner);
}

/** The fields of an operation may accept different pools, and are resolved in any order. */
function callerOfField(call: RequestContext, context: ExecutionContext): Authentication | undefined {
  const own = ownDecision(call.carrier, context.getHandler(), context.getClass());
  if (own !== undefined) {
    return own.authentication;
  }
  const { carrier, ancestors } = graphqlCallOf(context);
  const guarded = [...(carrier === undefined ? [call.carrier] : ancestors())].find((each) => latestOf(each));
  // Passport records its caller with the request.
  return agreedCaller(guarded ?? call.httpRequest);
}

/** The caller if all decisions agree on it. */
function agreedCaller(carrier: Carrier | undefined): Authentication | undefined {
  const latest = carrier && latestOf(carrier)?.authentication;
  const earlier = [...((carrier && earlierOf(carrier)?.values()) ?? [])].flatMap((byOwner) => [...byOwner.values()]);
  return earlier.every(({ authentication }) => isSameCaller(authentication, latest)) ? latest : undefined;
}

function keepEarlier(carrier: Carrier, decision: Decision): void {
  const earlier: Decisions = earlierOf(carrier) ?? new Map<object | undefined, Map<object | undefined, Decision>>();
  const byOwner = earlier.get(decision.handler) ?? new Map<object | undefined, Decision>();
  earlier.set(decision.handler, byOwner.set(decision.owner, decision));
  record(carrier, EARLIER, earlier);
}
