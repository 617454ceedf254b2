import { confirmedDevice } from '../../devices/device-records.js';
import type { ChallengeResponder } from '../attempt.js';
import { issueChallenge } from '../issue-challenge.js';
import { parameter } from '../parameters.js';
import { startExchange } from '../srp-exchange.js';
import { waitingAttempt } from '../waiting-attempt.js';

/** DEVICE_SRP_AUTH: a device begins to prove itself. The maths is the user's, over the device's keys. */
export const deviceSrp: ChallengeResponder = (environment, request) => {
  const { client, responses } = request;
  const clientPublic = parameter(responses, 'SRP_A');
  const deviceKey = parameter(responses, 'DEVICE_KEY');
  const attempt = waitingAttempt(environment, request);
  const { state, user } = attempt;
  const device = confirmedDevice(user, deviceKey);
  const owner = { clientId: client.id, username: user.username, deviceKey };
  const exchange = startExchange(environment, owner, device.verifier, clientPublic);
  state.deviceKey = deviceKey;
  return Promise.resolve(
    issueChallenge(environment, attempt, {
      name: 'DEVICE_PASSWORD_VERIFIER',
      parameters: { ...exchange, DEVICE_KEY: deviceKey, USERNAME: user.username },
    }),
  );
};
