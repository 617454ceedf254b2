import type { User } from '../../../model/user.js';
import { findUserFor, hidesUsers, userNotFound } from '../../users/find-user.js';
import type { Environment } from '../../environment.js';
import type { AuthAnswer, ChallengeRequest, SignInAttempt, StartRequest } from '../attempt.js';
import { answerWithSession, type Challenge } from '../issue-challenge.js';
import { invalidSession, missingParameter } from '../refusals.js';

/** Somebody who signs in by choice. `user` is undefined for one whom the client's pool only pretends to have. */
export interface Candidate extends Omit<SignInAttempt, 'user'> {
  readonly user?: User | undefined;
}

/** @throws CognitoFault UserNotFoundException, unless the client hides who exists. */
export function newCandidate(request: StartRequest, typedName: string): Candidate {
  const { parameters, pool, client, flow, admin, origin } = request;
  const user = findUserFor(client, pool, typedName);
  if (user === undefined && !hidesUsers(client)) {
    throw userNotFound();
  }
  const deviceKey = parameters['DEVICE_KEY'];
  return {
    ...{ pool, client, flow, admin, origin, user, typedName },
    state: deviceKey === undefined ? {} : { deviceKey },
  };
}

/**
 * Who answers a challenge.
 *
 * @throws CognitoFault InvalidParameterException when the call has no session, NotAuthorizedException when the session
 *   waits for another challenge, or for a user who is gone.
 */
export function resumedCandidate(request: ChallengeRequest): Candidate {
  const { pool, client, clientMetadata, origin, session } = request;
  if (session === undefined) {
    throw missingParameter('Session');
  }
  const user = pool.users.byUsername(session.username ?? '');
  if (session.challenge !== request.challenge || (user === undefined && !hidesUsers(client))) {
    throw invalidSession();
  }
  const { flow, admin, typedName, state } = session;
  return { pool, client, clientMetadata, origin, user, flow, admin, typedName, state: structuredClone(state) };
}

/** Whether there is a user behind the name. */
export function isKnown(candidate: Candidate): candidate is SignInAttempt {
  return candidate.user !== undefined;
}

/**
 * Puts a challenge to a candidate, known or not.
 *
 * @param username - the name that the challenge tells the client for a user who does not exist.
 */
export function putChallenge(
  environment: Pick<Environment, 'sessions'>,
  candidate: Candidate,
  challenge: Challenge,
  username = candidate.user?.username,
): AuthAnswer {
  const { pool, client, typedName, flow, admin, state } = candidate;
  return answerWithSession(environment, client, challenge, {
    ...{ poolId: pool.id, clientId: client.id, typedName, flow, admin, state },
    ...(username !== undefined && { username }),
    challenge: challenge.name,
  });
}
