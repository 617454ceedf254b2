import type { Environment } from '../../environment.js';
import { poolFactors } from '../../mfa/factors.js';
import { mfaTypeNotOffered, totpNotAssociated } from '../../mfa/mfa-faults.js';
import { claimAlias } from '../../users/aliases.js';
import { assertChangedAttributes, changeAttributes } from '../../users/attribute-rules.js';
import type { AuthAnswer, ChallengeResponder, SignInAttempt } from '../attempt.js';
import { askForFactor } from '../mfa-challenge.js';
import { resumedAttempt } from '../new-attempt.js';
import { secondFactorProven } from '../second-factor.js';

/**
 * MFA_SETUP. With EMAIL: takes the address and sends a code to it. Without: the authenticator that AssociateSoftwareToken
 * and VerifySoftwareToken set up in this session is the proof, so no code is asked for again.
 */
export const mfaSetup: ChallengeResponder = async (environment, request) => {
  const attempt = resumedAttempt(request);
  const email = request.responses['EMAIL'] ?? request.responses['email'];
  if (email !== undefined) {
    return setUpEmail(environment, attempt, email);
  }
  if (!attempt.state.softwareTokenSetup?.verified) {
    throw totpNotAssociated();
  }
  return secondFactorProven(environment, attempt, 'SOFTWARE_TOKEN_MFA');
};

function setUpEmail(environment: Environment, attempt: SignInAttempt, email: string): Promise<AuthAnswer> {
  const { pool, user } = attempt;
  if (!poolFactors(pool).includes('EMAIL_OTP')) {
    throw mfaTypeNotOffered();
  }
  assertChangedAttributes(pool, { email });
  claimAlias(pool, user, 'email', email, { wording: 'the given' });
  changeAttributes(pool, user, { email });
  attempt.state.settingUp = true;
  return askForFactor(environment, attempt, 'EMAIL_OTP');
}
