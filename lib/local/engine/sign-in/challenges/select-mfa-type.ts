import type { MfaFactor } from '../../../model/user.js';
import type { Environment } from '../../environment.js';
import { isMessageFactor, poolFactors } from '../../mfa/factors.js';
import { mfaTypeNotOffered } from '../../mfa/mfa-faults.js';
import { type KnownUserAttempt, resumeKnownUserAttempt } from '../attempt.js';
import { requiredParameter } from '../faults.js';
import type { AuthResponse, ChallengeResponder } from '../step.js';
import { deliveryParameters, poseMfaCode } from './mfa-code.js';
import { poseChallenge } from './pose-challenge.js';
import { poseSoftwareTokenMfa } from './software-token-mfa.js';

/** SELECT_MFA_TYPE: offers a choice of second factors. */
export function poseSelectMfaType(
  environment: Environment,
  attempt: KnownUserAttempt,
  factors: readonly MfaFactor[],
): AuthResponse {
  const { state, user } = attempt;
  state.offered = [...factors];
  const sent = factors.find(isMessageFactor);
  return poseChallenge(environment, attempt, {
    name: 'SELECT_MFA_TYPE',
    parameters: {
      MFAS_CAN_CHOOSE: JSON.stringify(factors),
      ...(sent !== undefined && deliveryParameters(user, sent)),
      USER_ID_FOR_SRP: user.username,
    },
  });
}

/** Poses the second factor that the user chose. */
export const answerSelectMfaType: ChallengeResponder = async (environment, request) => {
  const attempt = resumeKnownUserAttempt(request);
  const factor = offeredFactor(attempt, requiredParameter(request.responses, 'ANSWER'));
  return { response: await poseSecondFactor(environment, attempt, factor) };
};

/** Poses the challenge of a second factor. */
export async function poseSecondFactor(
  environment: Environment,
  attempt: KnownUserAttempt,
  factor: MfaFactor,
): Promise<AuthResponse> {
  return isMessageFactor(factor)
    ? poseMfaCode(environment, attempt, factor)
    : poseSoftwareTokenMfa(environment, attempt);
}

function offeredFactor({ pool, state }: KnownUserAttempt, answer: string): MfaFactor {
  const factor = poolFactors(pool).find((offered) => offered === answer);
  if (factor === undefined || !state.offered?.includes(factor)) {
    throw mfaTypeNotOffered();
  }
  return factor;
}
