import type { TokenUse } from './claims/token-claims.js';
import type { TokenRejectedError, TokenRejectionCode } from './token-errors.js';

/**
 * An event of token verification. No event holds a token. A rejection tells single values of a token that was refused,
 * such as its issuer.
 *
 * @publicApi
 */
export type TokenEvent =
  /** A token was accepted. `remembered`: its signature had been checked before. */
  | {
      readonly type: 'token-accepted';
      readonly pool: string;
      readonly tokenUse: TokenUse;
      readonly remembered: boolean;
    }
  /**
   * A token was rejected. `expected` and `received`: what was expected of it and what it has, such as
   * `client_id "a"` and `client_id "b"`, where that says more than the code; at most 200 printable characters each.
   */
  | {
      readonly type: 'token-rejected';
      readonly pool: string;
      readonly code: TokenRejectionCode;
      readonly expected?: string;
      readonly received?: string;
    }
  /**
   * A call was rejected for a reason other than an invalid token: no token, a missing group, a sign-in too long ago.
   * `expected` and `received`: what was required, and what the token or the request had instead.
   */
  | {
      readonly type: 'access-denied';
      readonly pool: string;
      readonly code: TokenRejectionCode;
      readonly expected?: string;
      readonly received?: string;
    }
  | { readonly type: 'keys-fetched'; readonly issuer: string; readonly keys: number }
  /**
   * A fetch of the key set failed. With `keys` above 0 the old keys, of that `age`, are still used. `outage`: how long
   * fetches have been failing. Both in milliseconds.
   */
  | {
      readonly type: 'keys-unavailable';
      readonly issuer: string;
      readonly keys: number;
      readonly age: number | undefined;
      readonly outage: number | undefined;
      readonly cause: unknown;
    }
  /** A token could not be checked for revocation. `accepted`: whether it was accepted regardless. */
  | {
      readonly type: 'revocation-unavailable';
      readonly pool: string;
      readonly accepted: boolean;
      readonly cause: unknown;
    }
  /**
   * The revocation store has lost its entries: tokens that were revoked before are accepted again until they expire.
   */
  | { readonly type: 'revocation-store-emptied'; readonly pool: string };

/**
 * Called for every event, synchronously. It must be quick. An exception that it throws, or a rejection of its promise,
 * is ignored: it must change no verdict and must not end the process.
 *
 * @publicApi
 */
export type TokenObserver = (event: TokenEvent) => unknown;

/** Tells an observer that a token was rejected. */
export function notifyOfRejection(observer: TokenObserver | undefined, pool: string, error: TokenRejectedError): void {
  notify(observer, { type: 'token-rejected', pool, code: error.code, ...error.mismatch });
}

/** Calls an observer and ignores its failures. */
export function notify(observer: TokenObserver | undefined, event: TokenEvent): void {
  try {
    const pending = observer?.(event);
    if (pending !== undefined) {
      Promise.resolve(pending).catch(ignore);
    }
  } catch {
    // An observer that fails must neither accept nor reject a token.
  }
}

function ignore(): void {
  // The same for an observer that fails later.
}
