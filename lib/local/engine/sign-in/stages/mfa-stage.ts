import { isRememberedDevice } from '../../devices/device-records.js';
import { requiredFactors, poolFactors } from '../../mfa/factors.js';
import { factorNotConfigured } from '../../mfa/mfa-faults.js';
import type { KnownUserAttempt } from '../attempt.js';
import { poseMfaSetup } from '../challenges/mfa-setup.js';
import { poseSecondFactor, poseSelectMfaType } from '../challenges/select-mfa-type.js';
import type { Stage } from '../step.js';

/** The second factor, where the pool requires one or the user turned one on. */
export const mfaStage: Stage = (environment, attempt) => {
  const { pool, state, user } = attempt;
  if (state.mfaDone || pool.mfa.configuration === 'OFF' || deviceReplacesMfa(attempt)) {
    return undefined;
  }
  const [factor, ...others] = requiredFactors(pool, user);
  if (factor !== undefined) {
    return others.length === 0
      ? poseSecondFactor(environment, attempt, factor)
      : poseSelectMfaType(environment, attempt, [factor, ...others]);
  }
  if (pool.mfa.configuration !== 'ON') {
    return undefined;
  }
  const offered = poolFactors(pool);
  // MFA_SETUP accepts an authenticator app or an e-mail address, but no phone number.
  if (offered.every((offer) => offer === 'SMS_MFA')) {
    throw factorNotConfigured('SMS_MFA');
  }
  return poseMfaSetup(environment, attempt, offered);
};

/** Where new devices are challenged, a device that the user had remembered replaces the second factor. */
function deviceReplacesMfa({ pool, state, user }: KnownUserAttempt): boolean {
  return (
    (pool.settings.DeviceConfiguration?.ChallengeRequiredOnNewDevice ?? false) &&
    state.deviceKey !== undefined &&
    isRememberedDevice(user, state.deviceKey)
  );
}
