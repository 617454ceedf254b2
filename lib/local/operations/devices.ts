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
import {
  BEARER,
  DEVICE_KEY,
  LIMIT,
  type MemberRule,
  PAGINATION_TOKEN,
  required,
  STRUCTURE,
  STRING,
} from './member-rules.js';
import type { OperationOutput, OperationTable } from './operation.js';
import { pageOf } from './pages.js';

const DEVICE_NAME: MemberRule = { type: 'string', minLength: 1, maxLength: 1024 };

/** Values of `DeviceRememberedStatus`. */
export const REMEMBERED_STATUS: MemberRule = { ...STRING, values: ['remembered', 'not_remembered'] };

/**
 * Devices of the signed-in user. The API model makes the token optional for two of them, but the service requires it.
 */
export const deviceOperations: OperationTable<
  'ConfirmDevice' | 'UpdateDeviceStatus' | 'GetDevice' | 'ListDevices' | 'ForgetDevice'
> = {
  ConfirmDevice: {
    members: {
      ...BEARER,
      DeviceKey: required(DEVICE_KEY),
      DeviceName: DEVICE_NAME,
      DeviceSecretVerifierConfig: STRUCTURE,
    },
    handle: async (environment, { AccessToken, DeviceKey, DeviceName, DeviceSecretVerifierConfig }) => {
      const { pool, user } = await bearerOf(environment, AccessToken);
      const confirmation = { key: DeviceKey, name: DeviceName, verifierConfig: DeviceSecretVerifierConfig };
      return { UserConfirmationNecessary: confirmDevice(environment, pool, user, confirmation) };
    },
  },
  UpdateDeviceStatus: {
    members: { ...BEARER, DeviceKey: required(DEVICE_KEY), DeviceRememberedStatus: REMEMBERED_STATUS },
    handle: async (environment, { AccessToken, DeviceKey, DeviceRememberedStatus }) => {
      const { user } = await bearerOf(environment, AccessToken);
      updateDeviceStatus(environment, user, DeviceKey, DeviceRememberedStatus);
      return {};
    },
  },
  GetDevice: {
    members: { ...BEARER, DeviceKey: required(DEVICE_KEY) },
    handle: async (environment, { AccessToken = '', DeviceKey }) => {
      const { pool, user } = await bearerOf(environment, AccessToken);
      return { Device: describeDevice(pool, user, confirmedDevice(user, DeviceKey)) };
    },
  },
  ListDevices: {
    members: { ...BEARER, Limit: LIMIT, PaginationToken: PAGINATION_TOKEN },
    handle: async (environment, { AccessToken, Limit, PaginationToken }) => {
      const { pool, user } = await bearerOf(environment, AccessToken);
      return devicePage(pool, user, Limit, PaginationToken);
    },
  },
  ForgetDevice: {
    members: { ...BEARER, DeviceKey: required(DEVICE_KEY) },
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
