import { totpNotAssociated } from '../../mfa/mfa-faults.js';
import { useTotpCode } from '../../mfa/software-token.js';
import type { ChallengeResponder } from '../attempt.js';
import { resumedAttempt } from '../new-attempt.js';
import { parameter } from '../parameters.js';
import { secondFactorProven, tryCode } from '../second-factor.js';

/** SOFTWARE_TOKEN_MFA: the code of an authenticator app. */
export const softwareTokenMfa: ChallengeResponder = async (environment, request) => {
  const attempt = resumedAttempt(request);
  const { user } = attempt;
  const code = parameter(request.responses, 'SOFTWARE_TOKEN_MFA_CODE');
  tryCode(environment, user, () => {
    if (!user.softwareToken?.verified) {
      throw totpNotAssociated();
    }
    useTotpCode(environment, user.softwareToken, code);
  });
  return secondFactorProven(environment, attempt, 'SOFTWARE_TOKEN_MFA');
};
