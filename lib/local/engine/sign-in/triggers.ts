import type { CustomChallengeResult } from '../../model/challenge-session.js';
import type { CreateAuthChallengeEvent, DefineAuthChallengeEvent } from '../../model/custom-auth-events.js';
import type { MaybeUserRequest } from '../../model/trigger-event.js';
import { type CognitoFault, invalidParameter } from '../cognito-fault.js';
import type { Environment } from '../environment.js';
import { hidesUsers } from '../users/find-user.js';
import { triggerAttributes } from '../users/trigger-attributes.js';
import type { KnownUserAttempt, SignInAttempt, StartRequest } from './attempt.js';

type Triggered = Pick<Environment, 'triggers'>;

/** Runs PreAuthentication, before any factor is checked. ClientMetadata of InitiateAuth is its `validationData`. */
export async function beforeAuthentication(
  { triggers }: Triggered,
  { clientMetadata }: StartRequest,
  attempt: SignInAttempt,
): Promise<void> {
  await triggers.run('preAuthentication', {
    ...call(attempt),
    request: { ...userPart(attempt), ...(clientMetadata && { validationData: clientMetadata }) },
    response: {},
  });
}

/** Runs PostAuthentication, after every factor has passed. */
export async function afterAuthentication(
  { triggers }: Triggered,
  attempt: KnownUserAttempt,
  newDeviceUsed: boolean,
): Promise<void> {
  const { pool, user } = attempt;
  await triggers.run('postAuthentication', {
    ...call(attempt),
    request: { userAttributes: triggerAttributes(pool, user), newDeviceUsed, ...metadataPart(attempt) },
    response: {},
  });
}

/** Runs DefineAuthChallenge, which decides the next step of CUSTOM_AUTH. */
export async function defineAuthChallenge(
  { triggers }: Triggered,
  attempt: SignInAttempt,
): Promise<DefineAuthChallengeEvent['response']> {
  const response = await triggers.run('defineAuthChallenge', {
    ...call(attempt),
    request: { ...userPart(attempt), ...metadataPart(attempt), session: resultsOf(attempt) },
    response: { challengeName: null, issueTokens: false, failAuthentication: false },
  });
  return configured(response);
}

/** Runs CreateAuthChallenge, which creates the custom challenge. */
export async function createAuthChallenge(
  { triggers }: Triggered,
  attempt: SignInAttempt,
): Promise<CreateAuthChallengeEvent['response']> {
  const response = await triggers.run('createAuthChallenge', {
    ...call(attempt),
    request: {
      ...userPart(attempt),
      ...metadataPart(attempt),
      challengeName: 'CUSTOM_CHALLENGE',
      session: resultsOf(attempt),
    },
    response: { publicChallengeParameters: {}, privateChallengeParameters: {}, challengeMetadata: null },
  });
  return configured(response);
}

/** Runs VerifyAuthChallengeResponse. Returns whether the answer is correct. */
export async function verifyAuthChallenge(
  { triggers }: Triggered,
  attempt: SignInAttempt,
  challengeAnswer: string,
): Promise<boolean> {
  const response = await triggers.run('verifyAuthChallengeResponse', {
    ...call(attempt),
    request: {
      ...userPart(attempt),
      ...metadataPart(attempt),
      privateChallengeParameters: attempt.state.custom?.privateParameters ?? {},
      challengeAnswer,
    },
    response: { answerCorrect: false },
  });
  return configured(response).answerCorrect;
}

/** CUSTOM_AUTH in a pool that lacks one of its triggers. */
export function customAuthNotConfigured(): CognitoFault {
  return invalidParameter('Custom auth lambda trigger is not configured for the user pool.');
}

function configured<Response>(response: Response | undefined): Response {
  if (response === undefined) {
    throw customAuthNotConfigured();
  }
  return response;
}

function call({ pool, client, user, typedName }: SignInAttempt) {
  return { pool, clientId: client.id, userName: user?.username ?? typedName, source: 'Authentication' };
}

function userPart({ pool, client, user }: SignInAttempt): Omit<MaybeUserRequest, 'clientMetadata'> {
  return {
    userAttributes: user === undefined ? {} : triggerAttributes(pool, user),
    ...(hidesUsers(client) && { userNotFound: user === undefined }),
  };
}

function metadataPart({ clientMetadata }: SignInAttempt): Pick<MaybeUserRequest, 'clientMetadata'> {
  return clientMetadata === undefined ? {} : { clientMetadata };
}

function resultsOf({ state }: SignInAttempt): CustomChallengeResult[] {
  return state.custom?.results ?? [];
}
