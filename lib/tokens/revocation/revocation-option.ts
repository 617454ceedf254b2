import type { OnUnavailable, RevocationCheck } from './revocation-check.js';
import type { RevocationStore } from './revocation-store.js';
import type { TokenRevoker } from './token-revoker.js';

/** Members of every form of the option. */
interface RevocationBehavior {
  /**
   * What happens to a token that could not be checked. Default: `reject`, with status 503. Risk of `accept`: revoked
   * tokens are accepted during an outage.
   */
  readonly onUnavailable?: OnUnavailable | undefined;
}

/**
 * Revocations are written to a store, and the guards of all instances that share it read them there.
 *
 * @publicApi
 */
export interface RevocationByStore extends RevocationBehavior {
  /** A `Keyv`, or any object of its shape; `memory` works within this process only. */
  readonly store: RevocationStore | 'memory';
  /** Timeout of a store operation, in milliseconds. Default: 1,000. */
  readonly timeout?: number | undefined;
  /**
   * How long a sign-in can last, in seconds: the longest validity of a refresh token among the pool's app clients.
   * Entries of the application (`InjectTokenRevoker`), of disabled users and of password resets are kept that long;
   * those of sign-outs at Cognito for a day. Default: 3650 days, the longest that Cognito allows. A smaller number
   * keeps the store smaller. Risk: if it is too small, revoked sign-ins are accepted again.
   */
  readonly signInLifetimeSeconds?: number | undefined;
}

/**
 * Cognito checks each access token (GetUser), which costs a request every few seconds per token.
 *
 * @publicApi
 */
export interface RevocationByCognito extends RevocationBehavior {
  readonly askCognito:
    | true
    | {
        /** How long an answer is cached, in seconds. Default: 5. */
        readonly cacheSeconds?: number | undefined;
        /** Timeout of a request to Cognito, in milliseconds. Default: 3,000. */
        readonly timeout?: number | undefined;
        /**
         * What happens to tokens that Cognito cannot check: ID tokens, and access tokens without the scope
         * `aws.cognito.signin.user.admin`. Default: `reject`, with 401 and TOKEN_REVOCATION_UNCHECKABLE. Risk of
         * `accept`: they are accepted until they expire, revoked or not.
         */
        readonly onUncheckable?: OnUnavailable | undefined;
      };
}

/**
 * The application's own check.
 *
 * @publicApi
 */
export interface RevocationByCheck extends RevocationBehavior {
  /**
   * Called for every token that is otherwise valid. If it has the methods `revokeSignIn` and `revokeUser`, both or
   * neither, they are called for sign-outs; `revokeToken` is for the application alone.
   */
  readonly check: OwnRevocation;
}

/**
 * The option `revocation`: how revoked tokens are recognized.
 *
 * @publicApi
 */
export type RevocationOption = RevocationByStore | RevocationByCognito | RevocationByCheck;

/**
 * A revocation check that may also record revocations.
 *
 * @publicApi
 */
export type OwnRevocation = RevocationCheck & Partial<TokenRevoker>;
