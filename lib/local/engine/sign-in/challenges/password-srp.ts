import type { User } from '../../../model/user.js';
import { confirmedDevice, tracksDevices } from '../../devices/device-records.js';
import type { Environment } from '../../environment.js';
import { findUser } from '../../users/find-user.js';
import { srpIdentity } from '../../users/password.js';
import { type ChallengeRequest, resumeAttempt, resumeKnownUserAttempt, type SignInAttempt } from '../attempt.js';
import { checkPassword, recordCustomResult } from '../factor-checks.js';
import { incorrectPassword, requiredParameter } from '../faults.js';
import type { SrpExchange } from '../secret-blocks.js';
import { openExchange, passwordVerifierParameters, verifyClaim } from '../srp-exchange.js';
import type { AuthResponse, ChallengeResponder } from '../step.js';
import { poseChallenge } from './pose-challenge.js';

/** PASSWORD_SRP: asks for SRP_A. */
export function posePasswordSrp(environment: Environment, attempt: SignInAttempt): AuthResponse {
  return poseChallenge(environment, attempt, { name: 'PASSWORD_SRP', parameters: {} });
}

/** Accepts SRP_A and poses PASSWORD_VERIFIER. */
export const answerPasswordSrp: ChallengeResponder = (environment, request) => {
  const attempt = resumeAttempt(request);
  return { response: posePasswordVerifier(environment, attempt, requiredParameter(request.responses, 'SRP_A')) };
};

/**
 * PASSWORD_VERIFIER: the server's half of an SRP exchange. An unknown user gets one that no password completes.
 *
 * @param clientPublic - SRP_A.
 */
export function posePasswordVerifier(
  environment: Environment,
  attempt: SignInAttempt,
  clientPublic: string,
): AuthResponse {
  const parameters = passwordVerifierParameters(environment, attempt, clientPublic);
  return poseChallenge(environment, attempt, {
    name: 'PASSWORD_VERIFIER',
    parameters,
    pretendedUsername: parameters['USER_ID_FOR_SRP'],
  });
}

/** Checks the proof of an SRP exchange. Works without a session: pycognito sends none. */
export const answerPasswordVerifier: ChallengeResponder = (environment, request) => {
  const { pool, client, responses } = request;
  const typedName = requiredParameter(responses, 'USERNAME');
  assertDeviceKnown(request, typedName);
  const exchange = openExchange(environment, client, responses);
  const user = pool.users.byUsername(exchange.username ?? '');
  if (user === undefined) {
    throw incorrectPassword();
  }
  const attempt = attemptOf(request, exchange, user, typedName);
  if (attempt.user !== user) {
    throw incorrectPassword();
  }
  replaceDeviceKey(attempt, responses['DEVICE_KEY']);
  recordCustomResult(attempt.state, 'PASSWORD_VERIFIER');
  return checkPassword(environment, attempt, () => verifyClaim(exchange, srpIdentity(pool, user.username), responses));
};

/** Only USER_SRP_AUTH works without a session: the other flows keep more state than the secret block holds. */
function attemptOf(request: ChallengeRequest, { flow }: SrpExchange, user: User, typedName: string): SignInAttempt {
  return request.session === undefined && flow === 'USER_SRP_AUTH'
    ? { ...request, flow, user, typedName, state: {} }
    : resumeKnownUserAttempt(request);
}

/** Rejects an unknown device before the exchange is spent: clients repeat the same answer without DEVICE_KEY. */
function assertDeviceKnown({ pool, responses }: ChallengeRequest, typedName: string): void {
  const { DEVICE_KEY: deviceKey } = responses;
  const user = deviceKey !== undefined && tracksDevices(pool) ? findUser(pool, typedName) : undefined;
  if (deviceKey !== undefined && user !== undefined) {
    confirmedDevice(user, deviceKey);
  }
}

/** DEVICE_KEY of this answer replaces the one from the start of the sign-in. */
function replaceDeviceKey({ state }: SignInAttempt, deviceKey: string | undefined): void {
  if (deviceKey === undefined) {
    delete state.deviceKey;
  } else {
    state.deviceKey = deviceKey;
  }
}
