import { isRememberedDevice } from '../../devices/device-records.js';
import { requiredFactors, poolFactors } from '../../mfa/factors.js';
import { factorNotConfigured } from '../../mfa/mfa-faults.js';
import type { SignInAttempt, Stage } from '../attempt.js';
import { askForFactor, askForSetup, offerFactors } from '../mfa-challenge.js';

/** The second factor, where the pool insists on one or the user turned one on. */
export const mfaStage: Stage = async (environment, attempt) => {
  const { pool, state, user } = attempt;
  if (state.mfaDone || pool.mfa.configuration === 'OFF' || isReplacedByDevice(attempt)) {
    return undefined;
  }
  const [factor, ...others] = requiredFactors(pool, user);
  if (factor !== undefined) {
    return others.length === 0
      ? askForFactor(environment, attempt, factor)
      : offerFactors(environment, attempt, [factor, ...others]);
  }
  if (pool.mfa.configuration !== 'ON') {
    return undefined;
  }
  const offered = poolFactors(pool);
  // A phone number cannot be given in the middle of a sign-in; an authenticator or an e-mail address can.
  if (offered.every((candidate) => candidate === 'SMS_MFA')) {
    throw factorNotConfigured('SMS_MFA');
  }
  return askForSetup(environment, attempt, offered);
};

/** Where new devices are challenged, one that the user had remembered stands for the second factor. */
function isReplacedByDevice({ pool, state, user }: SignInAttempt): boolean {
  return (
    (pool.settings.DeviceConfiguration?.ChallengeRequiredOnNewDevice ?? false) &&
    state.deviceKey !== undefined &&
    isRememberedDevice(user, state.deviceKey)
  );
}
