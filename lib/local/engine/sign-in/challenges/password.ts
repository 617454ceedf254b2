import type { ChallengeResponder } from '../attempt.js';
import { beginSrp, provePassword } from '../choice/begin-factor.js';
import { resumedCandidate } from '../choice/candidate.js';
import { parameter } from '../parameters.js';

/** PASSWORD: the password in plain text. */
export const passwordChallenge: ChallengeResponder = async (environment, request) =>
  provePassword(environment, resumedCandidate(request), parameter(request.responses, 'PASSWORD'));

/** PASSWORD_SRP: SRP_A; PASSWORD_VERIFIER comes next. */
export const passwordSrpChallenge: ChallengeResponder = (environment, request) =>
  Promise.resolve(beginSrp(environment, resumedCandidate(request), parameter(request.responses, 'SRP_A')));
