import { MandateConfigurationError } from '../../errors/configuration-error.js';
import type { Clock } from '../../time/clock.js';
import type { TokenUse } from '../claims/token-claims.js';
import { notify, type TokenObserver } from '../token-events.js';
import { CognitoRevocationCheck } from './cognito-revocation-check.js';
import type { RevocationCheck } from './revocation-check.js';
import { RevocationList } from './revocation-list.js';
import type { OwnRevocation, RevocationByCognito, RevocationByStore, RevocationOption } from './revocation-option.js';
import type { RevocationCache, SignInRevoker, TokenRevoker } from './token-revoker.js';

/** The parts that the option `revocation` creates. */
export interface Revocation {
  /** For the verifier. */
  readonly check?: RevocationCheck | undefined;
  /** For the services. */
  readonly signInRevoker?: SignInRevoker | RevocationCache | undefined;
  /** For the application. */
  readonly revoker: TokenRevoker;
  /** The same for the tokens of another pool. They share a store in memory. */
  forPool(userPoolId: string): Revocation;
}

/** Arguments of `createRevocation()`. */
export interface RevocationSettings {
  readonly revocation?: RevocationOption | undefined;
  readonly userPoolId: string;
  readonly tokenUse?: TokenUse | null | undefined;
  readonly clockToleranceSeconds?: number | undefined;
  readonly clock: Clock;
  /** The name under which the pool is registered, for events. */
  readonly pool: string;
  readonly observer: TokenObserver;
  /** Asks Cognito whether it still accepts an access token. Rejects if Cognito did not answer. */
  readonly isAccepted: (accessToken: string) => Promise<boolean>;
}

/**
 * Creates the parts that the option `revocation` describes.
 *
 * @throws MandateConfigurationError if the option cannot work.
 */
export function createRevocation(settings: RevocationSettings): Revocation {
  const { revocation } = settings;
  if (revocation === undefined) {
    return forEveryPool({ revoker: WITHOUT_STORE });
  }
  if ('check' in revocation) {
    return forEveryPool(withCustomCheck(revocation.check));
  }
  return 'store' in revocation
    ? withList(createList(revocation, settings))
    : forEveryPool(withCognito(revocation, settings));
}

function createList({ store, timeout, signInLifetimeSeconds }: RevocationByStore, settings: RevocationSettings) {
  const { userPoolId, clockToleranceSeconds, clock, pool, observer } = settings;
  return new RevocationList({
    userPoolId,
    store: store === 'memory' ? undefined : store,
    timeout,
    signInLifetimeSeconds,
    clockToleranceSeconds,
    clock,
    onEmptied: () => {
      notify(observer, { type: 'revocation-store-emptied', pool });
    },
  });
}

function withList(list: RevocationList): Revocation {
  return {
    check: list,
    signInRevoker: list,
    revoker: list,
    forPool: (userPoolId) => withList(list.forPool(userPoolId)),
  };
}

function withCognito(
  { askCognito }: RevocationByCognito,
  { tokenUse, clock, isAccepted }: RevocationSettings,
): Omit<Revocation, 'forPool'> {
  if (tokenUse === 'id') {
    throw new MandateConfigurationError(
      'revocation',
      'must not be "askCognito" with tokenUse "id", because Cognito cannot check ID tokens. Use a store instead',
    );
  }
  const check = new CognitoRevocationCheck({ ...(askCognito === true ? {} : askCognito), clock, isAccepted });
  // Cognito knows about sign-outs already. Only earlier answers are outdated.
  const forget = () => {
    check.forget();
  };
  return { check, signInRevoker: { forget }, revoker: WITHOUT_STORE };
}

function withCustomCheck(check: OwnRevocation): Omit<Revocation, 'forPool'> {
  const { revokeToken, revokeSignIn, revokeUser } = check;
  if ([revokeToken, revokeSignIn, revokeUser].every((method) => method === undefined)) {
    return { check, revoker: WITHOUT_STORE };
  }
  if (revokeSignIn === undefined || revokeUser === undefined) {
    throw new MandateConfigurationError(
      'revocation',
      'must implement both revokeSignIn() and revokeUser() to record revocations, or none of the revoke methods',
    );
  }
  const revoker: TokenRevoker = {
    revokeToken: async (claims) => (revokeToken === undefined ? rejectWrite() : revokeToken.call(check, claims)),
    revokeSignIn: async (claims, options) => revokeSignIn.call(check, claims, options),
    revokeUser: async (sub, options) => revokeUser.call(check, sub, options),
  };
  return { check, signInRevoker: revoker, revoker };
}

function forEveryPool(parts: Omit<Revocation, 'forPool'>): Revocation {
  const revocation: Revocation = { ...parts, forPool: () => revocation };
  return revocation;
}

/** Revoking without a store must fail visibly. */
const rejectWrite = async (): Promise<never> =>
  Promise.reject(
    new MandateConfigurationError(
      'revocation',
      'must have a store, or a check that records revocations, before tokens can be revoked',
    ),
  );

const WITHOUT_STORE: TokenRevoker = { revokeToken: rejectWrite, revokeSignIn: rejectWrite, revokeUser: rejectWrite };
