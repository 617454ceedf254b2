import type { FirstFactor } from '../../../../protocol/challenge.js';
import { invalidParameter } from '../../cognito-fault.js';
import type { Environment } from '../../environment.js';
import { type Parameters, resumeAttempt, type SignInAttempt } from '../attempt.js';
import { requiredParameter } from '../faults.js';
import { isFirstFactor } from '../first-factors.js';
import type { AuthResponse, ChallengeResponder, StepOutcome } from '../step.js';
import { poseOneTimeCode } from './one-time-code.js';
import { posePasswordSrp, posePasswordVerifier } from './password-srp.js';
import { checkPlainPassword, posePassword } from './password.js';
import { poseChallenge } from './pose-challenge.js';
import { poseWebAuthn } from './web-authn.js';

/** SELECT_CHALLENGE: offers a choice of first factors. */
export function poseSelectChallenge(
  environment: Environment,
  attempt: SignInAttempt,
  offered: FirstFactor[],
): AuthResponse {
  attempt.state.offered = offered;
  return poseChallenge(environment, attempt, { name: 'SELECT_CHALLENGE', parameters: {}, available: offered });
}

/** Begins the first factor that the user chose. */
export const answerSelectChallenge: ChallengeResponder = (environment, request) => {
  const attempt = resumeAttempt(request);
  const answer = requiredParameter(request.responses, 'ANSWER');
  if (!isFirstFactor(answer) || !attempt.state.offered?.includes(answer)) {
    throw invalidParameter('The selected challenge is not available.');
  }
  return beginFirstFactor(environment, attempt, answer, request.responses);
};

/** Poses a first factor's challenge, or checks its answer (PASSWORD, SRP_A) if the same call sent it. */
export async function beginFirstFactor(
  environment: Environment,
  attempt: SignInAttempt,
  factor: FirstFactor,
  { PASSWORD: password, SRP_A: clientPublic }: Parameters,
): Promise<StepOutcome> {
  switch (factor) {
    case 'PASSWORD':
      return password === undefined
        ? { response: posePassword(environment, attempt) }
        : checkPlainPassword(environment, attempt, password);
    case 'PASSWORD_SRP':
      return {
        response:
          clientPublic === undefined
            ? posePasswordSrp(environment, attempt)
            : posePasswordVerifier(environment, attempt, clientPublic),
      };
    case 'EMAIL_OTP':
    case 'SMS_OTP':
      return { response: await poseOneTimeCode(environment, attempt, factor) };
    case 'WEB_AUTHN':
      return { response: poseWebAuthn(environment, attempt) };
  }
}
