import { confirmedDevice, tracksDevices } from '../../devices/device-records.js';
import type { Stage } from '../attempt.js';
import { issueChallenge } from '../issue-challenge.js';

/** DEVICE_SRP_AUTH for a client that said which of the user's devices it is. */
export const deviceStage: Stage = (environment, attempt) => {
  const { pool, state, user } = attempt;
  if (!tracksDevices(pool) || state.deviceKey === undefined || state.deviceDone) {
    return Promise.resolve(undefined);
  }
  const { key } = confirmedDevice(user, state.deviceKey);
  return Promise.resolve(
    issueChallenge(environment, attempt, {
      name: 'DEVICE_SRP_AUTH',
      parameters: { USERNAME: user.username, DEVICE_KEY: key, USER_ID_FOR_SRP: user.username },
    }),
  );
};
