import { confirmedDevice, tracksDevices } from '../../devices/device-records.js';
import type { Stage } from '../attempt.js';

/** Refuses a DEVICE_KEY that is not the user's before anything else is asked: clients then drop it and try again. */
export const knownDeviceStage: Stage = (_environment, { pool, state, user }) => {
  if (tracksDevices(pool) && state.deviceKey !== undefined) {
    confirmedDevice(user, state.deviceKey);
  }
  return Promise.resolve(undefined);
};
