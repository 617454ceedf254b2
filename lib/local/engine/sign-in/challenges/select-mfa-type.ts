import type { MfaFactor } from '../../../model/user.js';
import { poolFactors } from '../../mfa/factors.js';
import { mfaTypeNotOffered } from '../../mfa/mfa-faults.js';
import type { ChallengeResponder, SignInAttempt } from '../attempt.js';
import { askForFactor } from '../mfa-challenge.js';
import { resumedAttempt } from '../new-attempt.js';
import { parameter } from '../parameters.js';

/** SELECT_MFA_TYPE: which of the offered factors it shall be. */
export const selectMfaType: ChallengeResponder = async (environment, request) => {
  const attempt = resumedAttempt(request);
  const factor = offeredFactor(attempt, parameter(request.responses, 'ANSWER'));
  return askForFactor(environment, attempt, factor);
};

function offeredFactor({ pool, state }: SignInAttempt, answer: string): MfaFactor {
  const factor = poolFactors(pool).find((candidate) => candidate === answer);
  if (factor === undefined || !state.offered?.includes(factor)) {
    throw mfaTypeNotOffered();
  }
  return factor;
}
