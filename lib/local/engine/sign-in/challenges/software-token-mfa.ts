import type { Environment } from '../../environment.js';
import { totpNotAssociated } from '../../mfa/mfa-faults.js';
import { useTotpCode } from '../../mfa/software-token.js';
import { type KnownUserAttempt, resumeKnownUserAttempt } from '../attempt.js';
import { checkCode, passSecondFactor } from '../factor-checks.js';
import { requiredParameter } from '../faults.js';
import type { AuthResponse, ChallengeResponder } from '../step.js';
import { poseChallenge } from './pose-challenge.js';

/** SOFTWARE_TOKEN_MFA: asks for a code of the authenticator app. */
export function poseSoftwareTokenMfa(environment: Environment, attempt: KnownUserAttempt): AuthResponse {
  const { user } = attempt;
  const name = user.softwareToken?.friendlyName;
  return poseChallenge(environment, attempt, {
    name: 'SOFTWARE_TOKEN_MFA',
    parameters: { ...(name !== undefined && { FRIENDLY_DEVICE_NAME: name }), USER_ID_FOR_SRP: user.username },
  });
}

/** Checks the authenticator app's code. */
export const answerSoftwareTokenMfa: ChallengeResponder = (environment, request) => {
  const attempt = resumeKnownUserAttempt(request);
  const { user } = attempt;
  const code = requiredParameter(request.responses, 'SOFTWARE_TOKEN_MFA_CODE');
  checkCode(environment, user, () => {
    if (!user.softwareToken?.verified) {
      throw totpNotAssociated();
    }
    useTotpCode(environment, user.softwareToken, code);
  });
  return passSecondFactor(attempt, 'SOFTWARE_TOKEN_MFA');
};
