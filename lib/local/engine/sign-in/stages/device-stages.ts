import { confirmedDevice, tracksDevices } from '../../devices/device-records.js';
import { poseDeviceSrp } from '../challenges/device-srp.js';
import type { Stage } from '../step.js';

/** Rejects an unknown DEVICE_KEY before any other challenge: clients then drop it and try again. */
export const knownDeviceStage: Stage = (_environment, { pool, state, user }) => {
  if (tracksDevices(pool) && state.deviceKey !== undefined) {
    confirmedDevice(user, state.deviceKey);
  }
  return undefined;
};

/** A client that sent DEVICE_KEY must prove that it is that device. */
export const deviceStage: Stage = (environment, attempt) => {
  const { pool, state, user } = attempt;
  if (!tracksDevices(pool) || state.deviceKey === undefined || state.deviceDone) {
    return undefined;
  }
  return poseDeviceSrp(environment, attempt, confirmedDevice(user, state.deviceKey).key);
};
