import type { CreateAuthChallengeEvent, DefineAuthChallengeEvent } from '../../../model/custom-auth-events.js';
import type { MaybeUserRequest } from '../../../model/trigger-event.js';
import { type CognitoFault, invalidParameter } from '../../cognito-fault.js';
import type { Environment } from '../../environment.js';
import { hidesUsers } from '../../users/find-user.js';
import { triggerAttributes } from '../../users/trigger-attributes.js';
import type { Candidate } from '../choice/candidate.js';

type Triggered = Pick<Environment, 'triggers'>;

/** Asks DefineAuthChallenge what comes next. */
export async function define(
  { triggers }: Triggered,
  candidate: Candidate,
): Promise<DefineAuthChallengeEvent['response']> {
  const response = await triggers.run('defineAuthChallenge', {
    ...caller(candidate),
    request: { ...userPart(candidate), session: resultsOf(candidate) },
    response: { challengeName: null, issueTokens: false, failAuthentication: false },
  });
  return required(response);
}

/** Has CreateAuthChallenge make a challenge. */
export async function create(
  { triggers }: Triggered,
  candidate: Candidate,
  challengeName: string,
): Promise<CreateAuthChallengeEvent['response']> {
  const response = await triggers.run('createAuthChallenge', {
    ...caller(candidate),
    request: { ...userPart(candidate), challengeName, session: resultsOf(candidate) },
    response: { publicChallengeParameters: {}, privateChallengeParameters: {}, challengeMetadata: null },
  });
  return required(response);
}

/** Has VerifyAuthChallengeResponse judge an answer. */
export async function verify({ triggers }: Triggered, candidate: Candidate, answer: string): Promise<boolean> {
  const response = await triggers.run('verifyAuthChallengeResponse', {
    ...caller(candidate),
    request: {
      ...userPart(candidate),
      privateChallengeParameters: candidate.state.custom?.privateParameters ?? {},
      challengeAnswer: answer,
    },
    response: { answerCorrect: false },
  });
  return required(response).answerCorrect;
}

/** CUSTOM_AUTH without its triggers. */
export function customAuthNotConfigured(): CognitoFault {
  return invalidParameter('Custom auth lambda trigger is not configured for the user pool.');
}

function required<Response>(response: Response | undefined): Response {
  if (response === undefined) {
    throw customAuthNotConfigured();
  }
  return response;
}

function caller({ pool, client, user, typedName }: Candidate) {
  return { pool, clientId: client.id, userName: user?.username ?? typedName, source: 'Authentication' };
}

function userPart({ pool, client, clientMetadata, user }: Candidate): MaybeUserRequest {
  return {
    userAttributes: user === undefined ? {} : triggerAttributes(pool, user),
    ...(clientMetadata && { clientMetadata }),
    ...(hidesUsers(client) && { userNotFound: user === undefined }),
  };
}

function resultsOf({ state }: Candidate): DefineAuthChallengeEvent['request']['session'] {
  return state.custom?.results ?? [];
}
