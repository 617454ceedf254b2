import type { Environment } from '../../environment.js';
import { advance } from '../advance.js';
import type { AuthAnswer } from '../attempt.js';
import { type Candidate, isKnown } from '../choice/candidate.js';
import { assertMayContinue } from '../first-factor.js';
import { incorrectPassword } from '../refusals.js';
import { nextCustomStep } from './next-step.js';

/** Takes CUSTOM_AUTH to its next challenge, or past all of them. */
export async function continueCustom(
  environment: Environment,
  candidate: Candidate,
  clientPublic?: string,
): Promise<AuthAnswer> {
  const step = await nextCustomStep(environment, candidate, clientPublic);
  if (step !== undefined) {
    return step;
  }
  if (!isKnown(candidate)) {
    throw incorrectPassword();
  }
  assertMayContinue(candidate.user);
  return advance(environment, candidate);
}
