import { describeDevice } from '../engine/devices/describe-device.js';
import { confirmedDevice, forgetDevice, updateDeviceStatus } from '../engine/devices/device-records.js';
import { devicePage } from './devices.js';
import type { OperationTable } from './operation.js';
import { poolAndUser } from './pool-and-user.js';

/** Administrators: devices of a user. */
export const adminDeviceOperations: OperationTable<
  'AdminGetDevice' | 'AdminListDevices' | 'AdminUpdateDeviceStatus' | 'AdminForgetDevice'
> = {
  AdminGetDevice: {
    handle: (environment, input) => {
      const { pool, user } = poolAndUser(environment, input);
      return { Device: describeDevice(pool, user, confirmedDevice(user, input.DeviceKey)) };
    },
  },
  AdminListDevices: {
    handle: (environment, input) => {
      const { pool, user } = poolAndUser(environment, input);
      return devicePage(pool, user, input.Limit, input.PaginationToken);
    },
  },
  AdminUpdateDeviceStatus: {
    handle: (environment, input) => {
      const { user } = poolAndUser(environment, input);
      updateDeviceStatus(environment, user, input.DeviceKey, input.DeviceRememberedStatus);
      return {};
    },
  },
  AdminForgetDevice: {
    handle: (environment, input) => {
      forgetDevice(poolAndUser(environment, input).user, input.DeviceKey);
      return {};
    },
  },
};
