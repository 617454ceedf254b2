import { confirmedDevice } from '../../devices/device-records.js';
import type { Environment } from '../../environment.js';
import { findUser } from '../../users/find-user.js';
import { type ChallengeRequest, type KnownUserAttempt, resumeKnownUserAttempt } from '../attempt.js';
import { incorrectPassword, invalidSession, requiredParameter } from '../faults.js';
import { openExchange, startExchange, verifyClaim } from '../srp-exchange.js';
import type { AuthResponse, ChallengeResponder } from '../step.js';
import { poseChallenge } from './pose-challenge.js';

/** DEVICE_SRP_AUTH: asks for SRP_A of a device. */
export function poseDeviceSrp(environment: Environment, attempt: KnownUserAttempt, deviceKey: string): AuthResponse {
  const { username } = attempt.user;
  return poseChallenge(environment, attempt, {
    name: 'DEVICE_SRP_AUTH',
    parameters: { USERNAME: username, DEVICE_KEY: deviceKey, USER_ID_FOR_SRP: username },
  });
}

/** Accepts SRP_A and poses DEVICE_PASSWORD_VERIFIER: the user's SRP exchange over the device's verifier. */
export const answerDeviceSrp: ChallengeResponder = (environment, request) => {
  const { client, responses } = request;
  const clientPublic = requiredParameter(responses, 'SRP_A');
  const deviceKey = requiredParameter(responses, 'DEVICE_KEY');
  const attempt = deviceAttempt(environment, request);
  const { state, user } = attempt;
  const device = confirmedDevice(user, deviceKey);
  const owner = { clientId: client.id, username: user.username, deviceKey };
  const exchange = startExchange(environment, owner, device.verifier, clientPublic);
  state.deviceKey = deviceKey;
  return {
    response: poseChallenge(environment, attempt, {
      name: 'DEVICE_PASSWORD_VERIFIER',
      parameters: { ...exchange, DEVICE_KEY: deviceKey, USERNAME: user.username },
    }),
  };
};

/** Checks the device's proof. */
export const answerDevicePasswordVerifier: ChallengeResponder = (environment, request) => {
  const { client, origin, responses } = request;
  const deviceKey = requiredParameter(responses, 'DEVICE_KEY');
  const attempt = deviceAttempt(environment, request);
  const { state, user } = attempt;
  const device = confirmedDevice(user, deviceKey);
  const exchange = openExchange(environment, client, responses, deviceKey);
  const identity = { realm: device.groupKey, userId: device.key };
  if (exchange.username !== user.username || !verifyClaim(exchange, identity, responses)) {
    throw incorrectPassword();
  }
  state.deviceDone = true;
  device.authenticatedAt = environment.clock();
  device.lastIp = origin.sourceIp;
  return { passed: attempt };
};

/**
 * The attempt that a device's answer belongs to. pycognito sends no session; the newest one that waits for this user
 * and device is used then.
 *
 * @throws CognitoFault NotAuthorizedException if there is none.
 */
function deviceAttempt({ sessions }: Environment, request: ChallengeRequest): KnownUserAttempt {
  if (request.session !== undefined) {
    return resumeKnownUserAttempt(request);
  }
  const { pool, client, challenge, responses } = request;
  const username = findUser(pool, requiredParameter(responses, 'USERNAME'))?.username;
  const deviceKey = requiredParameter(responses, 'DEVICE_KEY');
  const session = sessions.findLatest(
    { poolId: pool.id, clientId: client.id },
    username ?? '',
    (waiting) => waiting.challenge === challenge && waiting.state.deviceKey === deviceKey,
  );
  if (session === undefined) {
    throw invalidSession();
  }
  session.spent = true;
  return resumeKnownUserAttempt({ ...request, session });
}
