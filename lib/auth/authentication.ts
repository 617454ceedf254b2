import type { ExecutionContext } from '@nestjs/common';

import type { VerifiedClaims } from '../tokens/claims/token-claims.js';
import { requestContextOf } from './request-context.js';

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

/** What a guard decided for one handler of one class. */
interface Decision {
  readonly handler: object | undefined;
  readonly owner: object | undefined;
  /** `undefined` if the call was denied, or is a public one without a valid token. */
  readonly authentication: Authentication | undefined;
}

type Decisions = Map<object | undefined, Map<object | undefined, Decision>>;

// In the global registry: the decorators may come from another copy of this package than the guard.
const LATEST = Symbol.for('mandate.authentication');
const EARLIER = Symbol.for('mandate.earlier-authentications');

/** The object that lives as long as a call. Nearly every call has one handler, which must not cost a Map. */
interface Carrier {
  [LATEST]?: Decision;
  /** By handler and class: the fields of a GraphQL operation share one carrier. */
  [EARLIER]?: Decisions;
}

/**
 * Returns the caller that `CognitoAuthGuard` verified for a handler, or `undefined` if the caller is anonymous. For a
 * handler without a guard, such as a GraphQL field resolver, it is the caller that was verified last.
 *
 * Use it in guards, interceptors and parameter decorators of your own.
 *
 * @example
 * const CurrentPool = createParamDecorator((_, context: ExecutionContext) => authenticationOf(context)?.pool);
 *
 * @publicApi
 */
export function authenticationOf(context: ExecutionContext): Authentication | undefined {
  const carrier: Carrier | undefined = requestContextOf(context)?.carrier;
  return carrier && decisionFor(carrier, context.getHandler(), context.getClass())?.authentication;
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
  carrier[LATEST] = { handler: guarded?.getHandler(), owner: guarded?.getClass(), authentication };
}

function latestOf(carrier: Carrier): Decision | undefined {
  // An inherited decision would belong to another call.
  return Object.hasOwn(carrier, LATEST) ? carrier[LATEST] : undefined;
}

function earlierOf(carrier: Carrier): Decisions | undefined {
  return Object.hasOwn(carrier, EARLIER) ? carrier[EARLIER] : undefined;
}

function decisionFor(carrier: Carrier, handler: object, owner: object): Decision | undefined {
  const latest = latestOf(carrier);
  const isLatest = latest?.handler === handler && latest.owner === owner;
  return isLatest ? latest : (earlierOf(carrier)?.get(handler)?.get(owner) ?? latest);
}

function keepEarlier(carrier: Carrier, decision: Decision): void {
  const earlier: Decisions = earlierOf(carrier) ?? new Map<object | undefined, Map<object | undefined, Decision>>();
  const byOwner = earlier.get(decision.handler) ?? new Map<object | undefined, Decision>();
  earlier.set(decision.handler, byOwner.set(decision.owner, decision));
  carrier[EARLIER] = earlier;
}
