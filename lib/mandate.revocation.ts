import type { CognitoClient } from './client/cognito-client.js';
import type { MandateErrorCode } from './errors/error-codes.js';
import { MandateConfigurationError } from './errors/configuration-error.js';
import { MandateError } from './errors/mandate-error.js';
import type { Clock } from './time/clock.js';
import { CognitoRevocationCheck } from './tokens/cognito-revocation.js';
import type { RevocationCheck, WhenUnavailable } from './tokens/revocation.js';
import { RevocationList } from './tokens/revocation-list.js';
import type { RevocationMarks, SignOutMarks, SignOutNotice } from './tokens/revocation-marks.js';
import type { RevocationStore } from './tokens/revocation-store.js';
import type { TokenUse } from './tokens/token-claims.js';
import { notify, type TokenObserver } from './tokens/token-events.js';

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

type OwnRevocation = RevocationCheck & Partial<RevocationMarks>;

/** What came of the option. */
export interface Revocation {
  /** For the verifier. */
  readonly check?: RevocationCheck | undefined;
  /** For the services. */
  readonly signOutMarks?: SignOutMarks | SignOutNotice | undefined;
  /** For the application. */
  readonly marks: RevocationMarks;
  /** The same for the tokens of another pool. What is kept in memory, they share. */
  forPool(userPoolId: string): Revocation;
}

interface RevocationSettings {
  readonly revocation?: RevocationOption | undefined;
  readonly userPoolId: string;
  readonly tokenUse?: TokenUse | null | undefined;
  readonly clockTolerance?: number | undefined;
  readonly clock: Clock;
  /** The name under which the pool is registered, for events. */
  readonly pool: string;
  readonly observer: TokenObserver;
}

/** Answers to GetUser that say that the token is worth nothing. All others leave that open. */
const REFUSALS: ReadonlySet<MandateErrorCode> = new Set<MandateErrorCode>([
  'ACCESS_TOKEN_EXPIRED',
  'ACCESS_TOKEN_INVALID',
  'ACCESS_TOKEN_REVOKED',
  'NOT_AUTHORIZED',
  'PASSWORD_RESET_REQUIRED',
  'USER_DISABLED',
  'USER_NOT_CONFIRMED',
  'USER_NOT_FOUND',
]);

/**
 * Makes what the option asks for.
 *
 * @throws MandateConfigurationError if that cannot work.
 */
export function createRevocation(settings: RevocationSettings, client: Pick<CognitoClient, 'send'>): Revocation {
  const { revocation, userPoolId, clockTolerance, clock, pool, observer } = settings;
  if (revocation === undefined) {
    return forEveryPool({ marks: nowhere });
  }
  if ('isRevoked' in revocation) {
    return forEveryPool(byOwnCheck(revocation));
  }
  if ('store' in revocation) {
    const store = revocation.store === 'memory' ? undefined : revocation.store;
    const { timeout, signInLifetime } = revocation;
    const onEmptied = () => {
      notify(observer, { type: 'revocation-store-emptied', pool });
    };
    return byList(new RevocationList({ userPoolId, store, timeout, signInLifetime, clockTolerance, clock, onEmptied }));
  }
  if (settings.tokenUse === 'id') {
    throw new MandateConfigurationError('revocation', 'cannot ask Cognito about id tokens, the only ones let in here');
  }
  const limits = revocation.askCognito === true ? {} : revocation.askCognito;
  const check = new CognitoRevocationCheck({ ...limits, clock, ask: async (token) => isTaken(client, token) });
  // Cognito knows of sign-outs by itself; what it said before counts no longer.
  const forget = () => {
    check.forget();
  };
  return forEveryPool({ check, signOutMarks: { forget }, marks: nowhere });
}

function byList(list: RevocationList): Revocation {
  return { check: list, signOutMarks: list, marks: list, forPool: (userPoolId) => byList(list.forPool(userPoolId)) };
}

function forEveryPool(parts: Omit<Revocation, 'forPool'>): Revocation {
  const revocation: Revocation = { ...parts, forPool: () => revocation };
  return revocation;
}

function byOwnCheck(check: OwnRevocation): Omit<Revocation, 'forPool'> {
  const { revokeToken, revokeSignIn, revokeUser } = check;
  if ([revokeToken, revokeSignIn, revokeUser].every((method) => method === undefined)) {
    return { check, marks: nowhere };
  }
  if (revokeSignIn === undefined || revokeUser === undefined) {
    throw new MandateConfigurationError(
      'revocation',
      'must have both revokeSignIn() and revokeUser() to be told of sign-outs, or neither, and no revokeToken() then',
    );
  }
  const marks: RevocationMarks = {
    revokeToken: async (claims) => (revokeToken === undefined ? refuse() : revokeToken.call(check, claims)),
    revokeSignIn: async (claims, options) => revokeSignIn.call(check, claims, options),
    revokeUser: async (sub, options) => revokeUser.call(check, sub, options),
  };
  return { check, signOutMarks: marks, marks };
}

async function isTaken(client: Pick<CognitoClient, 'send'>, accessToken: string): Promise<boolean> {
  try {
    await client.send('GetUser', { AccessToken: accessToken });
    return true;
  } catch (error) {
    if (error instanceof MandateError && REFUSALS.has(error.code)) {
      return false;
    }
    throw error;
  }
}

/** Without a store there is nowhere to write to, and who writes must learn that. */
const refuse = async (): Promise<never> =>
  Promise.reject(new MandateConfigurationError('revocation', 'must have a store for revocations to be written to'));
const nowhere: RevocationMarks = { revokeToken: refuse, revokeSignIn: refuse, revokeUser: refuse };
