import { confirmedDevice } from '../../devices/device-records.js';
import { advance } from '../advance.js';
import type { ChallengeResponder } from '../attempt.js';
import { parameter } from '../parameters.js';
import { incorrectPassword } from '../refusals.js';
import { claimIsRight, openExchange } from '../srp-exchange.js';
import { waitingAttempt } from '../waiting-attempt.js';

/** DEVICE_PASSWORD_VERIFIER: a device's proof. */
export const devicePasswordVerifier: ChallengeResponder = async (environment, request) => {
  const { client, responses } = request;
  const deviceKey = parameter(responses, 'DEVICE_KEY');
  const attempt = waitingAttempt(environment, request);
  const { state, user } = attempt;
  const device = confirmedDevice(user, deviceKey);
  const exchange = openExchange(environment, client, responses, deviceKey);
  const identity = { realm: device.groupKey, userId: device.key };
  if (exchange.username !== user.username || !claimIsRight(exchange, identity, responses)) {
    throw incorrectPassword();
  }
  state.deviceDone = true;
  device.authenticatedAt = environment.clock();
  device.lastIp = request.origin.sourceIp;
  return advance(environment, attempt);
};
