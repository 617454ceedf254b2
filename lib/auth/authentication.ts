import type { VerifiedClaims } from '../tokens/claims/token-claims.js';

/** Who makes a call, and with which token. */
export interface Authentication {
  readonly claims: VerifiedClaims;
  readonly token: string;
  /** Name of the user pool that vouches for the token. */
  readonly pool: string;
}

/** For whom a guard decides: one handler of one class. */
export interface GuardedHandler {
  readonly getHandler: () => object;
  readonly getClass: () => object;
}

/** What a guard found out for one handler. */
interface Verdict {
  readonly handler: object | undefined;
  readonly owner: object | undefined;
  /** Nobody, if the call was refused or is a public one without a good token. */
  readonly authentication: Authentication | undefined;
  /** Those for other handlers: the fields of a GraphQL operation share one object. */
  readonly earlier: Verdict | undefined;
}

const LATEST = Symbol('mandate.authentication');

interface Carrier {
  [LATEST]?: Verdict;
}

/**
 * Keeps with a call who makes it, as a guard found out for a handler.
 *
 * @param authentication - `undefined` for nobody: it forgets what an earlier message over the same socket left behind.
 */
export function setAuthentication(
  carrier: object,
  authentication: Authentication | undefined,
  guarded?: GuardedHandler,
): void {
  const handler = guarded?.getHandler();
  const owner = guarded?.getClass();
  const latest = latestOf(carrier);
  if (authentication === undefined && latest === undefined && !Object.isExtensible(carrier)) {
    // A GraphQL operation without a context of its own: nobody is found with it in any case.
    return;
  }
  const earlier = without(latest, handler, owner);
  (carrier as Carrier)[LATEST] = { handler, owner, authentication, earlier };
}

/**
 * Who makes a call, as the guard of this handler found out; for a handler that no guard looked at, such as the resolver
 * of a field, as the latest guard did. `undefined` if nobody is signed in, or no guard looked.
 */
export function authenticationAt(carrier: object, guarded: GuardedHandler): Authentication | undefined {
  const handler = guarded.getHandler();
  const owner = guarded.getClass();
  const latest = latestOf(carrier);
  let verdict = latest;
  while (verdict !== undefined && !isFor(verdict, handler, owner)) {
    verdict = verdict.earlier;
  }
  return (verdict ?? latest)?.authentication;
}

function latestOf(carrier: object): Verdict | undefined {
  // Never what a prototype says.
  return Object.hasOwn(carrier, LATEST) ? (carrier as Carrier)[LATEST] : undefined;
}

function without(verdict: Verdict | undefined, handler?: object, owner?: object): Verdict | undefined {
  if (verdict === undefined) {
    return undefined;
  }
  const earlier = without(verdict.earlier, handler, owner);
  return isFor(verdict, handler, owner) ? earlier : { ...verdict, earlier };
}

function isFor(verdict: Verdict, handler?: object, owner?: object): boolean {
  return verdict.handler === handler && verdict.owner === owner;
}
