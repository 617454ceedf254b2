import type { ChallengeSession } from '../../../model/challenge-session.js';
import type { ChallengeResponder } from '../attempt.js';
import { resumedCandidate } from '../choice/candidate.js';
import { settleFirstFactorCode } from '../choice/one-time-code.js';
import { parameter } from '../parameters.js';
import { emailMfa } from './mfa-code.js';

/** SMS_OTP: a code by SMS in place of a password. */
export const smsOtp: ChallengeResponder = async (environment, request) =>
  settleFirstFactorCode(environment, resumedCandidate(request), parameter(request.responses, 'SMS_OTP_CODE'));

/** EMAIL_OTP: a code by e-mail, in place of a password or after it. */
export const emailOtp: ChallengeResponder = async (environment, request) =>
  isSecondFactor(request.session)
    ? emailMfa(environment, request)
    : settleFirstFactorCode(environment, resumedCandidate(request), parameter(request.responses, 'EMAIL_OTP_CODE'));

/** E-mail MFA has the same challenge name; its code is kept apart. */
function isSecondFactor(session: ChallengeSession | undefined): boolean {
  return session?.state.oneTimeCode !== undefined;
}
