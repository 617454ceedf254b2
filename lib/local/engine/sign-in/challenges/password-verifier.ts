import type { User } from '../../../model/user.js';
import { confirmedDevice, tracksDevices } from '../../devices/device-records.js';
import { findUser } from '../../users/find-user.js';
import { srpIdentity } from '../../users/password.js';
import type { ChallengeRequest, ChallengeResponder, SignInAttempt } from '../attempt.js';
import { settlePassword } from '../first-factor.js';
import { incorrectPassword } from '../refusals.js';
import { noteCustomResult } from '../custom-results.js';
import { resumedAttempt } from '../new-attempt.js';
import { parameter } from '../parameters.js';
import type { SrpExchange } from '../secret-blocks.js';
import { claimIsRight, openExchange } from '../srp-exchange.js';

/** PASSWORD_VERIFIER: the proof of an SRP exchange. Works without a session; pycognito sends none. */
export const passwordVerifier: ChallengeResponder = async (environment, request) => {
  const { pool, client, responses } = request;
  const typedName = parameter(responses, 'USERNAME');
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
  takeDeviceKey(attempt, responses['DEVICE_KEY']);
  noteCustomResult(attempt.state, 'PASSWORD_VERIFIER');
  return settlePassword(environment, attempt, () =>
    claimIsRight(exchange, srpIdentity(pool, user.username), responses),
  );
};

/** Only plain SRP needs no session: other flows remember more than the secret block. */
function attemptOf(request: ChallengeRequest, { flow }: SrpExchange, user: User, typedName: string): SignInAttempt {
  return request.session === undefined && flow === 'USER_SRP_AUTH'
    ? { ...request, flow, user, typedName, state: {} }
    : resumedAttempt(request);
}

/** Refuses an unknown device before the exchange is used up: clients repeat the same answer without it. */
function assertDeviceKnown({ pool, responses }: ChallengeRequest, typedName: string): void {
  const { DEVICE_KEY: deviceKey } = responses;
  const user = deviceKey !== undefined && tracksDevices(pool) ? findUser(pool, typedName) : undefined;
  if (deviceKey !== undefined && user !== undefined) {
    confirmedDevice(user, deviceKey);
  }
}

/** This answer decides about the device, whatever the start of the sign-in said. */
function takeDeviceKey({ state }: SignInAttempt, deviceKey: string | undefined): void {
  if (deviceKey === undefined) {
    delete state.deviceKey;
  } else {
    state.deviceKey = deviceKey;
  }
}
