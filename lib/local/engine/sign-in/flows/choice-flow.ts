import { assertSecretHash } from '../../clients/client-secret.js';
import { invalidParameter } from '../../cognito-fault.js';
import type { Environment } from '../../environment.js';
import type { AuthAnswer, FlowStarter } from '../attempt.js';
import { beforeAuthentication } from '../authentication-triggers.js';
import { autoSignIn } from '../choice/auto-sign-in.js';
import { type Answers, beginFactor } from '../choice/begin-factor.js';
import { type Candidate, newCandidate, putChallenge } from '../choice/candidate.js';
import { type FirstFactor, isFirstFactor, offeredFactors } from '../choice/first-factors.js';
import { assertTierHasChoice, stepUp } from '../choice/step-up.js';
import { parameter } from '../parameters.js';
import { incorrectPassword } from '../refusals.js';

/** USER_AUTH: the client says how it would like to sign in, or is told how it can. */
export const choiceFlow: FlowStarter = async (environment, request) => {
  const { client, parameters, pool } = request;
  const typedName = parameter(parameters, 'USERNAME');
  assertSecretHash(client, typedName, parameters['SECRET_HASH']);
  assertTierHasChoice(pool);
  const candidate = newCandidate(request, typedName);
  await beforeAuthentication(environment, request, candidate);
  if (request.session !== undefined) {
    return (await autoSignIn(environment, candidate, request.session)) ?? choose(environment, candidate, parameters);
  }
  return (await stepUp(environment, candidate, parameters)) ?? choose(environment, candidate, parameters);
};

async function choose(environment: Environment, candidate: Candidate, answers: Answers): Promise<AuthAnswer> {
  const preferred = preferredFactor(answers);
  const offered = candidate.state.offered?.filter(isFirstFactor) ?? offeredFactors(candidate);
  if (preferred !== undefined && offered.includes(preferred)) {
    return beginFactor(environment, candidate, preferred, answers);
  }
  if (offered.length === 0) {
    throw incorrectPassword();
  }
  candidate.state.offered = offered;
  return putChallenge(environment, candidate, { name: 'SELECT_CHALLENGE', parameters: {}, available: offered });
}

function preferredFactor(answers: Answers): FirstFactor | undefined {
  const preferred = answers['PREFERRED_CHALLENGE'];
  if (preferred !== undefined && !isFirstFactor(preferred)) {
    throw invalidParameter('Invalid PREFERRED_CHALLENGE.');
  }
  return preferred;
}
