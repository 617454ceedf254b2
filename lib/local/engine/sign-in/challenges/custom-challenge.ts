import type { ChallengeResponder } from '../attempt.js';
import { type Candidate, resumedCandidate } from '../choice/candidate.js';
import { continueCustom } from '../custom/continue-custom.js';
import { verify } from '../custom/custom-triggers.js';
import { parameter } from '../parameters.js';

/** CUSTOM_CHALLENGE: VerifyAuthChallengeResponse judges, DefineAuthChallenge decides. A wrong answer need not end it. */
export const customChallenge: ChallengeResponder = async (environment, request) => {
  const candidate = resumedCandidate(request);
  const answer = parameter(request.responses, 'ANSWER');
  noteAnswer(candidate, await verify(environment, candidate, answer));
  return continueCustom(environment, candidate);
};

function noteAnswer({ state }: Candidate, correct: boolean): void {
  const { metadata, results = [] } = state.custom ?? {};
  const result = { challengeName: 'CUSTOM_CHALLENGE', challengeResult: correct };
  state.custom = {
    results: [...results, metadata === undefined ? result : { ...result, challengeMetadata: metadata }],
  };
}
