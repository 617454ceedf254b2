import { describeDevice } from '../engine/devices/describe-device.js';
import { confirmedDevice, forgetDevice, updateDeviceStatus } from '../engine/devices/device-records.js';
import { devicePage, REMEMBERED_STATUS } from './devices.js';
import { DEVICE_KEY, LIMIT, PAGINATION_TOKEN, required } from './member-rules.js';
import type { OperationTable } from './operation.js';
import { POOL_AND_NAME, poolAndUser } from './pool-and-user.js';

const DEVICE_OF_USER = { ...POOL_AND_NAME, DeviceKey: required(DEVICE_KEY) };

/** Administrators: devices of a user. */
export const adminDeviceOperations: OperationTable<
  'AdminGetDevice' | 'AdminListDevices' | 'AdminUpdateDeviceStatus' | 'AdminForgetDevice'
> = {
  AdminGetDevice: {
    members: DEVICE_OF_USER,
    handle: (environment, input) => {
      const { pool, user } = poolAndUser(environment, input);
      return { Device: describeDevice(pool, user, confirmedDevice(user, input.DeviceKey)) };
    },
  },
  AdminListDevices: {
    members: { ...POOL_AND_NAME, Limit: LIMIT, PaginationToken: PAGINATION_TOKEN },
    handle: (environment, input) => {
      const { pool, user } = poolAndUser(environment, input);
      return devicePage(pool, user, input.Limit, input.PaginationToken);
    },
  },
  AdminUpdateDeviceStatus: {
    members: { ...DEVICE_OF_USER, DeviceRememberedStatus: REMEMBERED_STATUS },
    handle: (environment, input) => {
      const { user } = poolAndUser(environment, input);
      updateDeviceStatus(environment, user, input.DeviceKey, input.DeviceRememberedStatus);
      return {};
    },
  },
  AdminForgetDevice: {
    members: DEVICE_OF_USER,
    handle: (environment, input) => {
      forgetDevice(poolAndUser(environment, input).user, input.DeviceKey);
      return {};
    },
  },
};
