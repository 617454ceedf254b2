import { invalidParameter } from '../../cognito-fault.js';
import type { ChallengeResponder } from '../attempt.js';
import { beginFactor } from '../choice/begin-factor.js';
import { resumedCandidate } from '../choice/candidate.js';
import { isFirstFactor } from '../choice/first-factors.js';
import { parameter } from '../parameters.js';

/** SELECT_CHALLENGE: which of the offered first factors it shall be; PASSWORD or SRP_A may come along. */
export const selectChallenge: ChallengeResponder = async (environment, request) => {
  const candidate = resumedCandidate(request);
  const answer = parameter(request.responses, 'ANSWER');
  if (!isFirstFactor(answer) || !candidate.state.offered?.includes(answer)) {
    throw invalidParameter('The selected challenge is not available.');
  }
  return beginFactor(environment, candidate, answer, request.responses);
};
