import type { User } from '../../model/user.js';
import type { ChallengeRequest, SignInAttempt, StartRequest } from './attempt.js';
import { invalidSession, missingParameter } from './refusals.js';

/** The attempt that a flow starts for a user. ClientMetadata of the start goes to PreAuthentication only. */
export function newAttempt(request: StartRequest, user: User, typedName: string): SignInAttempt {
  const { parameters, pool, client, flow, admin, origin } = request;
  const deviceKey = parameters['DEVICE_KEY'];
  return {
    ...{ pool, client, flow, admin, origin, user, typedName },
    state: deviceKey === undefined ? {} : { deviceKey },
  };
}

/**
 * The attempt that a session remembers.
 *
 * @throws CognitoFault InvalidParameterException when the call has no session, NotAuthorizedException when the session
 *   waits for another challenge or its user is gone.
 */
export function resumedAttempt(request: ChallengeRequest): SignInAttempt {
  const { pool, client, clientMetadata, origin, session } = request;
  if (session === undefined) {
    throw missingParameter('Session');
  }
  const user = pool.users.byUsername(session.username ?? '');
  if (session.challenge !== request.challenge || user === undefined) {
    throw invalidSession();
  }
  const { flow, admin, typedName, state } = session;
  return { pool, client, clientMetadata, origin, user, flow, admin, typedName, state: structuredClone(state) };
}
