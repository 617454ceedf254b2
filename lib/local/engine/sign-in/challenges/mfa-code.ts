import { FACTOR_CHANNEL, type MessageFactor } from '../../mfa/factors.js';
import { wrongMfaCode } from '../../mfa/mfa-faults.js';
import { enableFactor } from '../../mfa/preferences.js';
import { markVerified } from '../../users/verification-flags.js';
import type { ChallengeResponder } from '../attempt.js';
import { resumedAttempt } from '../new-attempt.js';
import { parameter } from '../parameters.js';
import { secondFactorProven, tryCode } from '../second-factor.js';

/** SMS_MFA: the code of a text message. */
export const smsMfa = sentCode('SMS_MFA', 'SMS_MFA_CODE');

/** EMAIL_OTP as second factor: the code of a mail. */
export const emailMfa = sentCode('EMAIL_OTP', 'EMAIL_OTP_CODE');

/** A right code also proves that the phone or mailbox is the user's. */
function sentCode(factor: MessageFactor, name: string): ChallengeResponder {
  return async (environment, request) => {
    const attempt = resumedAttempt(request);
    const { state, user } = attempt;
    const code = parameter(request.responses, name);
    tryCode(environment, user, () => {
      if (state.oneTimeCode?.factor !== factor || state.oneTimeCode.code !== code) {
        throw wrongMfaCode();
      }
    });
    markVerified(user, FACTOR_CHANNEL[factor]);
    if (state.settingUp) {
      enableFactor(user, factor);
    }
    return secondFactorProven(environment, attempt, factor);
  };
}
