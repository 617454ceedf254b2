import type { OnUnavailable, RevocationCheck } from './revocation-check.js';
import type { RevocationStore } from './revocation-store.js';
import type { TokenRevoker } from './token-revoker.js';

/** What every form of the option takes. */
interface RevocationBehavior {
  /**
   * What happens to a token while it cannot be checked whether it was revoked. Default: `reject`, with status 503. Risk
   * of `accept`: during an outage revoked tokens are accepted.
   */
  readonly onUnavailable?: OnUnavailable | undefined;
}

/** Revocations are written to a store, and the guards of all instances that share it read them there. */
export interface RevocationByStore extends RevocationBehavior {
  /** A `Keyv`, or anything of its shape; `memory` works within this process only. */
  readonly store: RevocationStore | 'memory';
  /** Milliseconds that the store may take; later it counts as down. Default 1000. */
  readonly timeout?: number | undefined;
  /**
   * Seconds that a sign-in can live: the longest validity of a refresh token among the pool's app clients. For so long are
   * marks kept that the application writes (`InjectTokenRevoker`), and those of users who were disabled or whose
   * password was reset; sign-outs at Cognito are kept for a day. Default 3650 days, the most that Cognito allows. A
   * smaller number keeps the store smaller. Risk: one that is too small lets in again what was revoked.
   */
  readonly signInLifetimeSeconds?: number | undefined;
}

/** Cognito is asked about each access token (GetUser), which costs a request to it every few seconds per token. */
export interface RevocationByCognito extends RevocationBehavior {
  readonly askCognito:
    | true
    | {
        /** Seconds for which an answer counts. Default 5. */
        readonly cacheSeconds?: number | undefined;
        /** Milliseconds that Cognito may take. Default 3000. */
        readonly timeout?: number | undefined;
        /**
         * What becomes of tokens that Cognito cannot be asked about: id tokens, and access tokens without the scope
         * `aws.cognito.signin.user.admin`. Default `reject`, with 401 and TOKEN_REVOCATION_UNCHECKABLE. Risk of `accept`:
         * they pass until they expire, revoked or not.
         */
        readonly onUncheckable?: OnUnavailable | undefined;
      };
}

/** A check of the application's own. */
export interface RevocationByCheck extends RevocationBehavior {
  /**
   * Decides about every token that is otherwise valid. With the methods `revokeSignIn` and `revokeUser`, both or neither,
   * it is also told of sign-outs; `revokeToken` is for the application alone.
   */
  readonly check: OwnRevocation;
}

/** How revoked tokens are recognised. */
export type RevocationOption = RevocationByStore | RevocationByCognito | RevocationByCheck;

/** A check that may also record revocations. */
export type OwnRevocation = RevocationCheck & Partial<TokenRevoker>;
