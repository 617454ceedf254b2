import type { VerifiedClaims } from '../tokens/token-claims.js';

/** Who makes a call, and with which token. */
export interface Authentication {
  readonly claims: VerifiedClaims;
  readonly token: string;
  /** Name of the user pool that vouches for the token. */
  readonly pool: string;
}

const AUTHENTICATION = Symbol('mandate.authentication');

interface Carrier {
  [AUTHENTICATION]?: Authentication;
}

/** Keeps with a call who makes it. */
export function setAuthentication(carrier: object, authentication: Authentication): void {
  (carrier as Carrier)[AUTHENTICATION] = authentication;
}

/** Forgets what an earlier guard, or an earlier message over the same socket, left behind. */
export function clearAuthentication(carrier: object): void {
  if (Object.hasOwn(carrier, AUTHENTICATION)) {
    (carrier as Carrier)[AUTHENTICATION] = undefined as never;
  }
}

/** Who makes a call; `undefined` if nobody is signed in, or no guard looked. */
export function authenticationOf(carrier: object): Authentication | undefined {
  return Object.hasOwn(carrier, AUTHENTICATION) ? (carrier as Carrier)[AUTHENTICATION] : undefined;
}
