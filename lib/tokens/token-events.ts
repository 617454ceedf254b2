import type { TokenUse } from './claims/token-claims.js';
import type { TokenRejectionCode } from './token-errors.js';

/** What happens while tokens are checked. No event holds a token or anything out of one. */
export type TokenEvent =
  /** A token passed; `remembered` says that its signature had been checked before. */
  | {
      readonly type: 'token-accepted';
      readonly pool: string;
      readonly tokenUse: TokenUse;
      readonly remembered: boolean;
    }
  | { readonly type: 'token-rejected'; readonly pool: string; readonly code: TokenRejectionCode }
  /** A call was refused though its token, if it had one, is good: no token, the wrong group, too old a sign-in. */
  | { readonly type: 'access-denied'; readonly pool: string; readonly code: TokenRejectionCode }
  | { readonly type: 'keys-fetched'; readonly issuer: string; readonly keys: number }
  /**
   * A fetch failed. With `keys` above 0 the old keys go on serving; `age` is theirs. `outage` says for how long fetches
   * have failed. Both in milliseconds.
   */
  | {
      readonly type: 'keys-unavailable';
      readonly issuer: string;
      readonly keys: number;
      readonly age: number | undefined;
      readonly outage: number | undefined;
      readonly cause: unknown;
    }
  /** The revocation store failed; `accepted` tells whether the token was accepted regardless. */
  | {
      readonly type: 'revocation-unavailable';
      readonly pool: string;
      readonly accepted: boolean;
      readonly cause: unknown;
    }
  /** The revocation store has lost what it held: tokens that were revoked before pass again until they expire. */
  | { readonly type: 'revocation-store-emptied'; readonly pool: string };

/**
 * Is told of every event, synchronously. It must be quick; what it throws, or what its promise rejects with, is dropped,
 * for it must not change a verdict, let alone end the process.
 */
export type TokenObserver = (event: TokenEvent) => unknown;

/** Tells an observer, and keeps its failures away from the verdict. */
export function notify(observer: TokenObserver | undefined, event: TokenEvent): void {
  try {
    const pending = observer?.(event);
    if (pending !== undefined) {
      Promise.resolve(pending).catch(ignore);
    }
  } catch {
    // An observer that fails must neither admit nor refuse a token.
  }
}

function ignore(): void {
  // The same, later.
}
