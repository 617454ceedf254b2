import { MandateConfigurationError } from '../../errors/configuration-error.js';
import type { Clock } from '../../time/clock.js';
import type { TokenUse } from '../claims/token-claims.js';
import { notify, type TokenObserver } from '../token-events.js';
import { CognitoRevocationCheck } from './cognito-revocation-check.js';
import type { RevocationCheck } from './revocation-check.js';
import { RevocationList } from './revocation-list.js';
import type { OwnRevocation, RevocationOption } from './revocation-option.js';
import type { TokenRevoker, SignInRevoker, RevocationCache } from './token-revoker.js';

/** What came of the option. */
export interface Revocation {
  /** For the verifier. */
  readonly check?: RevocationCheck | undefined;
  /** For the services. */
  readonly signInRevoker?: SignInRevoker | RevocationCache | undefined;
  /** For the application. */
  readonly revoker: TokenRevoker;
  /** The same for the tokens of another pool. What is kept in memory, they share. */
  forPool(userPoolId: string): Revocation;
}

interface RevocationSettings {
  readonly revocation?: RevocationOption | undefined;
  readonly userPoolId: string;
  readonly tokenUse?: TokenUse | null | undefined;
  readonly clockToleranceSeconds?: number | undefined;
  readonly clock: Clock;
  /** The name under which the pool is registered, for events. */
  readonly pool: string;
  readonly observer: TokenObserver;
  /** Asks Cognito whether it still accepts an access token. Rejects if it gave no answer. */
  readonly isAccepted: (accessToken: string) => Promise<boolean>;
}

/**
 * Makes what the option asks for.
 *
 * @throws MandateConfigurationError if that cannot work.
 */
export function createRevocation(settings: RevocationSettings): Revocation {
  const { revocation, userPoolId, clockToleranceSeconds, clock, pool, observer } = settings;
  if (revocation === undefined) {
    return forEveryPool({ revoker: nowhere });
  }
  if ('check' in revocation) {
    return forEveryPool(byOwnCheck(revocation.check));
  }
  if ('store' in revocation) {
    const store = revocation.store === 'memory' ? undefined : revocation.store;
    const { timeout, signInLifetimeSeconds } = revocation;
    const onEmptied = () => {
      notify(observer, { type: 'revocation-store-emptied', pool });
    };
    return byList(
      new RevocationList({
        userPoolId,
        store,
        timeout,
        signInLifetimeSeconds,
        clockToleranceSeconds,
        clock,
        onEmptied,
      }),
    );
  }
  if (settings.tokenUse === 'id') {
    throw new MandateConfigurationError('revocation', 'cannot ask Cognito about id tokens, the only ones let in here');
  }
  const limits = revocation.askCognito === true ? {} : revocation.askCognito;
  const check = new CognitoRevocationCheck({ ...limits, clock, ask: settings.isAccepted });
  // Cognito knows of sign-outs by itself; what it said before counts no longer.
  const forget = () => {
    check.forget();
  };
  return forEveryPool({ check, signInRevoker: { forget }, revoker: nowhere });
}

function byList(list: RevocationList): Revocation {
  return { check: list, signInRevoker: list, revoker: list, forPool: (userPoolId) => byList(list.forPool(userPoolId)) };
}

function forEveryPool(parts: Omit<Revocation, 'forPool'>): Revocation {
  const revocation: Revocation = { ...parts, forPool: () => revocation };
  return revocation;
}

function byOwnCheck(check: OwnRevocation): Omit<Revocation, 'forPool'> {
  const { revokeToken, revokeSignIn, revokeUser } = check;
  if ([revokeToken, revokeSignIn, revokeUser].every((method) => method === undefined)) {
    return { check, revoker: nowhere };
  }
  if (revokeSignIn === undefined || revokeUser === undefined) {
    throw new MandateConfigurationError(
      'revocation',
      'must have both revokeSignIn() and revokeUser() to be told of sign-outs, or neither, and no revokeToken() then',
    );
  }
  const revoker: TokenRevoker = {
    revokeToken: async (claims) => (revokeToken === undefined ? refuse() : revokeToken.call(check, claims)),
    revokeSignIn: async (claims, options) => revokeSignIn.call(check, claims, options),
    revokeUser: async (sub, options) => revokeUser.call(check, sub, options),
  };
  return { check, signInRevoker: revoker, revoker };
}

/** Without a store there is nowhere to write to, and who writes must learn that. */
const refuse = async (): Promise<never> =>
  Promise.reject(new MandateConfigurationError('revocation', 'must have a store for revocations to be written to'));
const nowhere: TokenRevoker = { revokeToken: refuse, revokeSignIn: refuse, revokeUser: refuse };
