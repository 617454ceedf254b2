import type { FirstFactor } from '../../../../protocol/challenge.js';
import { assertSecretHash } from '../../clients/client-secret.js';
import { invalidParameter } from '../../cognito-fault.js';
import type { Environment } from '../../environment.js';
import { assertNotLite } from '../../pools/feature-plan.js';
import { findUserFor } from '../../users/find-user.js';
import { type Parameters, type SignInAttempt, startAttempt } from '../attempt.js';
import { beginFirstFactor, poseSelectChallenge } from '../challenges/select-challenge.js';
import { incorrectPassword, requiredParameter } from '../faults.js';
import { isFirstFactor, offeredFactors } from '../first-factors.js';
import type { Flow, StepOutcome } from '../step.js';
import { beforeAuthentication } from '../triggers.js';
import { autoSignIn } from './auto-sign-in.js';
import { stepUp } from './step-up.js';

/** USER_AUTH: begins the first factor that the client prefers, or offers those that the user has. */
export const userAuth: Flow = async (environment, request) => {
  const { client, parameters, pool, session } = request;
  const typedName = requiredParameter(parameters, 'USERNAME');
  assertSecretHash(client, typedName, parameters['SECRET_HASH']);
  assertNotLite(pool, 'USER_AUTH');
  const attempt = startAttempt(request, typedName, findUserFor(client, pool, typedName));
  await beforeAuthentication(environment, request, attempt);
  const outcome =
    session === undefined ? await stepUp(environment, attempt, parameters) : autoSignIn(environment, attempt, session);
  return outcome ?? chooseFirstFactor(environment, attempt, parameters);
};

async function chooseFirstFactor(
  environment: Environment,
  attempt: SignInAttempt,
  parameters: Parameters,
): Promise<StepOutcome> {
  const preferred = preferredFactor(parameters);
  const offered = attempt.state.offered?.filter(isFirstFactor) ?? offeredFactors(attempt);
  if (preferred !== undefined && offered.includes(preferred)) {
    return beginFirstFactor(environment, attempt, preferred, parameters);
  }
  if (offered.length === 0) {
    throw incorrectPassword();
  }
  return { response: poseSelectChallenge(environment, attempt, offered) };
}

function preferredFactor({ PREFERRED_CHALLENGE: preferred }: Parameters): FirstFactor | undefined {
  if (preferred !== undefined && !isFirstFactor(preferred)) {
    throw invalidParameter('Invalid PREFERRED_CHALLENGE.');
  }
  return preferred;
}
