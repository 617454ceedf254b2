import { confirmDevice } from '../engine/devices/confirm-device.js';
import { describeDevice } from '../engine/devices/describe-device.js';
import {
  confirmedDevice,
  confirmedDevices,
  forgetDevice,
  updateDeviceStatus,
} from '../engine/devices/device-records.js';
import { bearerOf } from '../engine/tokens/access-token.js';
import type { Pool } from '../model/pool.js';
import type { User } from '../model/user.js';
import type { OperationOutput, OperationTable } from './operation.js';
import { pageOf } from './pages.js';

/**
 * Devices of the signed-in user. The API model makes the token optional for two of them, but the service requires it.
 */
export const deviceOperations: OperationTable<
  'ConfirmDevice' | 'UpdateDeviceStatus' | 'GetDevice' | 'ListDevices' | 'ForgetDevice'
> = {
  ConfirmDevice: {
    handle: async (environment, { AccessToken, DeviceKey, DeviceName, DeviceSecretVerifierConfig }) => {
      const { pool, user } = await bearerOf(environment, AccessToken);
      const confirmation = { key: DeviceKey, name: DeviceName, verifierConfig: DeviceSecretVerifierConfig };
      return { UserConfirmationNecessary: confirmDevice(environment, pool, user, confirmation) };
    },
  },
  UpdateDeviceStatus: {
    handle: async (environment, { AccessToken, DeviceKey, DeviceRememberedStatus }) => {
      const { user } = await bearerOf(environment, AccessToken);
      updateDeviceStatus(environment, user, DeviceKey, DeviceRememberedStatus);
      return {};
    },
  },
  GetDevice: {
    handle: async (environment, { AccessToken = '', DeviceKey }) => {
      const { pool, user } = await bearerOf(environment, AccessToken);
      return { Device: describeDevice(pool, user, confirmedDevice(user, DeviceKey)) };
    },
  },
  ListDevices: {
    handle: async (environment, { AccessToken, Limit, PaginationToken }) => {
      const { pool, user } = await bearerOf(environment, AccessToken);
      return devicePage(pool, user, Limit, PaginationToken);
    },
  },
  ForgetDevice: {
    handle: async (environment, { AccessToken = '', DeviceKey }) => {
      const { user } = await bearerOf(environment, AccessToken);
      forgetDevice(user, DeviceKey);
      return {};
    },
  },
};

/** One page of a user's devices. */
export function devicePage(
  pool: Pool,
  user: User,
  limit: number | undefined,
  token: string | undefined,
): OperationOutput<'ListDevices'> {
  const { items, next } = pageOf(confirmedDevices(user), limit, token, {
    keyOf: ({ createdAt, key }) => [createdAt, key],
    binding: user.sub,
  });
  return {
    Devices: items.map((device) => describeDevice(pool, user, device)),
    PaginationToken: next,
  };
}
