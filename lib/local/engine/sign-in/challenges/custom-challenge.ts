import type { Environment } from '../../environment.js';
import { unrecognizableOutput } from '../../triggers/trigger-faults.js';
import { hasUser, resumeAttempt, type SignInAttempt } from '../attempt.js';
import { assertMayContinue } from '../factor-checks.js';
import { incorrectPassword, requiredParameter } from '../faults.js';
import type { AuthResponse, ChallengeResponder, StepOutcome } from '../step.js';
import { createAuthChallenge, defineAuthChallenge, verifyAuthChallenge } from '../triggers.js';
import { posePasswordVerifier } from './password-srp.js';
import { poseChallenge } from './pose-challenge.js';

/** CUSTOM_CHALLENGE: CreateAuthChallenge creates it. */
async function poseCustomChallenge(environment: Environment, attempt: SignInAttempt): Promise<AuthResponse> {
  const { user, typedName, state } = attempt;
  const created = await createAuthChallenge(environment, attempt);
  const { publicChallengeParameters, privateChallengeParameters, challengeMetadata } = created;
  state.custom = {
    results: state.custom?.results ?? [],
    privateParameters: stringMap(privateChallengeParameters),
    ...(challengeMetadata && { metadata: challengeMetadata }),
  };
  return poseChallenge(environment, attempt, {
    name: 'CUSTOM_CHALLENGE',
    parameters: { USERNAME: user?.username ?? typedName, ...stringMap(publicChallengeParameters) },
  });
}

/** VerifyAuthChallengeResponse checks the answer. DefineAuthChallenge decides what follows, even after a wrong one. */
export const answerCustomChallenge: ChallengeResponder = async (environment, request) => {
  const attempt = resumeAttempt(request);
  const answer = requiredParameter(request.responses, 'ANSWER');
  recordAnswer(attempt, await verifyAuthChallenge(environment, attempt, answer));
  return continueCustomAuth(environment, attempt);
};

/** Moves CUSTOM_AUTH to its next challenge, or past all of them. */
export async function continueCustomAuth(
  environment: Environment,
  attempt: SignInAttempt,
  clientPublic?: string,
): Promise<StepOutcome> {
  const response = await poseNextChallenge(environment, attempt, clientPublic);
  if (response !== undefined) {
    return { response };
  }
  if (!hasUser(attempt)) {
    throw incorrectPassword();
  }
  assertMayContinue(attempt.user);
  return { passed: attempt };
}

/**
 * Poses the challenge that DefineAuthChallenge asks for.
 *
 * @param clientPublic - SRP_A, at the start of a sign-in with SRP.
 * @returns undefined if tokens may be issued.
 * @throws CognitoFault NotAuthorizedException if the trigger fails the sign-in, InvalidLambdaResponseException if its
 *   decision is not possible.
 */
export async function poseNextChallenge(
  environment: Environment,
  attempt: SignInAttempt,
  clientPublic?: string,
): Promise<AuthResponse | undefined> {
  const { challengeName, failAuthentication, issueTokens } = await defineAuthChallenge(environment, attempt);
  if (failAuthentication || (issueTokens && !hasUser(attempt))) {
    throw incorrectPassword();
  }
  if (issueTokens) {
    attempt.state.customDone = true;
    return undefined;
  }
  if (challengeName === 'CUSTOM_CHALLENGE') {
    return poseCustomChallenge(environment, attempt);
  }
  if (challengeName === 'PASSWORD_VERIFIER' && clientPublic !== undefined) {
    return posePasswordVerifier(environment, attempt, clientPublic);
  }
  throw unrecognizableOutput();
}

function recordAnswer({ state }: SignInAttempt, correct: boolean): void {
  const { metadata, results = [] } = state.custom ?? {};
  const result = { challengeName: 'CUSTOM_CHALLENGE', challengeResult: correct };
  state.custom = {
    results: [...results, metadata === undefined ? result : { ...result, challengeMetadata: metadata }],
  };
}

/** On the wire parameters are strings, whatever the trigger returned. */
function stringMap(values: Readonly<Record<string, unknown>> | null | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(values ?? {}).map(([name, value]) => [name, String(value)]));
}
