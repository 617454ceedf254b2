import type { Environment } from '../environment.js';
import { findUser } from '../users/find-user.js';
import type { ChallengeRequest, SignInAttempt } from './attempt.js';
import { resumedAttempt } from './new-attempt.js';
import { parameter } from './parameters.js';
import { invalidSession } from './refusals.js';

/**
 * The attempt that an answer of a device belongs to. Clients may leave the session out (pycognito does): then it is the
 * step that waits for this user and device.
 *
 * @throws CognitoFault NotAuthorizedException when no sign-in waits for it.
 */
export function waitingAttempt({ sessions }: Environment, request: ChallengeRequest): SignInAttempt {
  if (request.session !== undefined) {
    return resumedAttempt(request);
  }
  const { pool, client, challenge, responses } = request;
  const username = findUser(pool, parameter(responses, 'USERNAME'))?.username;
  const deviceKey = parameter(responses, 'DEVICE_KEY');
  const session = sessions.waiting(
    { poolId: pool.id, clientId: client.id },
    (candidate) =>
      candidate.challenge === challenge && candidate.username === username && candidate.state.deviceKey === deviceKey,
  );
  if (session === undefined) {
    throw invalidSession();
  }
  session.spent = true;
  return resumedAttempt({ ...request, session });
}
