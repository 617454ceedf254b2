import type { MfaFactor } from '../../../model/user.js';
import type { Environment } from '../../environment.js';
import { poolFactors } from '../../mfa/factors.js';
import { mfaTypeNotOffered, totpNotAssociated } from '../../mfa/mfa-faults.js';
import { claimAlias } from '../../users/aliases.js';
import { assertChangedAttributes, changeAttributes } from '../../users/attribute-rules.js';
import { type KnownUserAttempt, resumeKnownUserAttempt } from '../attempt.js';
import { passSecondFactor } from '../factor-checks.js';
import type { AuthResponse, ChallengeResponder } from '../step.js';
import { poseMfaCode } from './mfa-code.js';
import { poseChallenge } from './pose-challenge.js';

/** MFA_SETUP: the user must set up a second factor. */
export function poseMfaSetup(
  environment: Environment,
  attempt: KnownUserAttempt,
  factors: readonly MfaFactor[],
): AuthResponse {
  return poseChallenge(environment, attempt, {
    name: 'MFA_SETUP',
    parameters: { MFAS_CAN_SETUP: JSON.stringify(factors), USER_ID_FOR_SRP: attempt.user.username },
  });
}

/**
 * With EMAIL, sends a code to that address. Without it, AssociateSoftwareToken and VerifySoftwareToken must have set up
 * an authenticator app in this session, and no further code is required.
 */
export const answerMfaSetup: ChallengeResponder = async (environment, request) => {
  const attempt = resumeKnownUserAttempt(request);
  const email = request.responses['EMAIL'] ?? request.responses['email'];
  if (email !== undefined) {
    return { response: await setUpEmail(environment, attempt, email) };
  }
  if (!attempt.state.softwareTokenSetup?.verified) {
    throw totpNotAssociated();
  }
  return passSecondFactor(attempt, 'SOFTWARE_TOKEN_MFA');
};

async function setUpEmail(environment: Environment, attempt: KnownUserAttempt, email: string): Promise<AuthResponse> {
  const { pool, user } = attempt;
  if (!poolFactors(pool).includes('EMAIL_OTP')) {
    throw mfaTypeNotOffered();
  }
  assertChangedAttributes(pool, { email });
  claimAlias(pool, user, 'email', email, { wording: 'the given' });
  changeAttributes(pool, user, { email });
  attempt.state.settingUp = true;
  return poseMfaCode(environment, attempt, 'EMAIL_OTP');
}
