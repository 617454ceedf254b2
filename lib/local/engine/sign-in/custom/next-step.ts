import type { Environment } from '../../environment.js';
import { unrecognizableOutput } from '../../trigger-runner.js';
import type { AuthAnswer } from '../attempt.js';
import { type Candidate, isKnown, putChallenge } from '../choice/candidate.js';
import { incorrectPassword } from '../refusals.js';
import { srpChallengeParameters } from '../srp-exchange.js';
import { create, define } from './custom-triggers.js';

/**
 * Does what DefineAuthChallenge decides.
 *
 * @param clientPublic - SRP_A, at the start of a sign-in with SRP.
 * @returns undefined when tokens may be issued.
 * @throws CognitoFault NotAuthorizedException when the trigger fails the sign-in, InvalidLambdaResponseException when it
 *   decides nothing that is possible.
 */
export async function nextCustomStep(
  environment: Environment,
  candidate: Candidate,
  clientPublic?: string,
): Promise<AuthAnswer | undefined> {
  const { challengeName, failAuthentication, issueTokens } = await define(environment, candidate);
  if (failAuthentication || (issueTokens && !isKnown(candidate))) {
    throw incorrectPassword();
  }
  if (issueTokens) {
    candidate.state.customDone = true;
    return undefined;
  }
  if (challengeName === 'CUSTOM_CHALLENGE') {
    return putCustomChallenge(environment, candidate);
  }
  if (challengeName === 'PASSWORD_VERIFIER' && clientPublic !== undefined) {
    return putPasswordVerifier(environment, candidate, clientPublic);
  }
  throw unrecognizableOutput();
}

async function putCustomChallenge(environment: Environment, candidate: Candidate): Promise<AuthAnswer> {
  const { user, typedName, state } = candidate;
  const created = await create(environment, candidate, 'CUSTOM_CHALLENGE');
  const { publicChallengeParameters, privateChallengeParameters, challengeMetadata } = created;
  state.custom = {
    results: state.custom?.results ?? [],
    privateParameters: textsOf(privateChallengeParameters),
    ...(challengeMetadata && { metadata: challengeMetadata }),
  };
  return putChallenge(environment, candidate, {
    name: 'CUSTOM_CHALLENGE',
    parameters: { USERNAME: user?.username ?? typedName, ...textsOf(publicChallengeParameters) },
  });
}

function putPasswordVerifier(environment: Environment, candidate: Candidate, clientPublic: string): AuthAnswer {
  const parameters = srpChallengeParameters(environment, candidate, clientPublic);
  return putChallenge(environment, candidate, { name: 'PASSWORD_VERIFIER', parameters }, parameters['USER_ID_FOR_SRP']);
}

/** Parameters are a map of texts on the wire, whatever a trigger put in. */
function textsOf(values: Readonly<Record<string, unknown>> | null | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(values ?? {}).map(([name, value]) => [name, String(value)]));
}
