import type { Environment } from '../../environment.js';
import { passwordMatches } from '../../users/password.js';
import { resumeAttempt, type SignInAttempt } from '../attempt.js';
import { checkPassword } from '../factor-checks.js';
import { requiredParameter } from '../faults.js';
import type { AuthResponse, ChallengeResponder, StepOutcome } from '../step.js';
import { poseChallenge } from './pose-challenge.js';

/** PASSWORD: the password in plain text. */
export function posePassword(environment: Environment, attempt: SignInAttempt): AuthResponse {
  return poseChallenge(environment, attempt, { name: 'PASSWORD', parameters: {} });
}

/** Checks the answer to PASSWORD. */
export const answerPassword: ChallengeResponder = (environment, request) =>
  checkPlainPassword(environment, resumeAttempt(request), requiredParameter(request.responses, 'PASSWORD'));

/** Checks a password in plain text, as a challenge's answer or at the start of a flow. */
export function checkPlainPassword(
  environment: Environment,
  attempt: SignInAttempt,
  password: string,
): Promise<StepOutcome> {
  return checkPassword(environment, attempt, ({ pool, user }) => passwordMatches(environment, pool, user, password));
}
