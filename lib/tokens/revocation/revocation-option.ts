import type { RevocationCheck, WhenUnavailable } from './revocation-check.js';
import type { RevocationStore } from './revocation-store.js';
import type { RevocationMarks } from './token-revoker.js';

/** Revocations are written to a store, and the guards of all instances that share it read them there. */
export interface RevocationByStore {
  /** A `Keyv`, or anything of its shape; `memory` works within this process only. */
  readonly store: RevocationStore | 'memory';
  /** Milliseconds that the store may take; later it counts as down. Default 1000. */
  readonly timeout?: number | undefined;
  /**
   * Seconds that a sign-in can live: the longest validity of a refresh token among the pool's app clients. For so long are
   * marks kept that the application writes (`InjectRevocationMarks`), and those of users who were disabled or whose
   * password was reset; sign-outs at Cognito are kept for a day. Default 3650 days, the most that Cognito allows. A
   * smaller number keeps the store smaller. Risk: one that is too small lets in again what was revoked.
   */
  readonly signInLifetime?: number | undefined;
}

/** Cognito is asked about each access token (GetUser), which costs a request to it every few seconds per token. */
export interface RevocationByCognito {
  readonly askCognito:
    | true
    | {
        /** Seconds for which an answer counts. Default 5. */
        readonly cacheSeconds?: number | undefined;
        /** Milliseconds that Cognito may take. Default 3000. */
        readonly timeout?: number | undefined;
        /**
         * What becomes of tokens that Cognito cannot be asked about: id tokens, and access tokens without the scope
         * `aws.cognito.signin.user.admin`. Default `refuse`, with 401 and TOKEN_REVOCATION_UNCHECKABLE. Risk of `admit`:
         * they pass until they expire, revoked or not.
         */
        readonly others?: WhenUnavailable | undefined;
      };
}

/**
 * How it is found out that a token was revoked. A check of one's own may have methods of `RevocationMarks` too:
 * `revokeSignIn` and `revokeUser`, both or neither, are told of sign-outs; `revokeToken` is for the application alone.
 */
export type RevocationOption = RevocationByStore | RevocationByCognito | OwnRevocation;

export type OwnRevocation = RevocationCheck & Partial<RevocationMarks>;
