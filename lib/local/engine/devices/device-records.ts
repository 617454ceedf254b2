import type { DeviceRememberedStatusType } from '@aws-sdk/client-cognito-identity-provider';

import type { Device, User } from '../../model/user.js';
import type { Pool } from '../../model/pool.js';
import type { SignIn } from '../../model/sign-in.js';
import { CognitoFault, notAuthorized } from '../cognito-fault.js';
import type { Environment } from '../environment.js';

/** A device that ConfirmDevice has given a verifier. */
export type ConfirmedDevice = Device & { readonly verifier: NonNullable<Device['verifier']> };

const GROUP_KEY_LENGTH = 8;
/** Maximum number of unconfirmed devices of a user. Above it the oldest are dropped. */
const MAX_UNCONFIRMED = 100;

/** Whether a pool tracks devices. */
export function tracksDevices({ settings }: Pool): boolean {
  return settings.DeviceConfiguration !== undefined;
}

/** Issues a key to a device that has just signed in. Device authentication starts after ConfirmDevice. */
export function issueDeviceKey(
  { clock, random }: Pick<Environment, 'clock' | 'random'>,
  pool: Pool,
  user: User,
  sourceIp: string,
): Device {
  const now = clock();
  const device: Device = {
    key: `${pool.region}_${random.uuid()}`,
    groupKey: `-${random.alphanumeric(GROUP_KEY_LENGTH)}`,
    remembered: false,
    lastIp: sourceIp,
    createdAt: now,
    modifiedAt: now,
    authenticatedAt: now,
  };
  const unconfirmed = user.devices.filter(({ verifier }) => verifier === undefined);
  const surplus = new Set(unconfirmed.slice(0, Math.max(0, unconfirmed.length - MAX_UNCONFIRMED + 1)));
  user.devices = [...user.devices.filter((known) => !surplus.has(known)), device];
  return device;
}

/** A user's confirmed devices, oldest first. */
export function confirmedDevices(user: User): ConfirmedDevice[] {
  return user.devices.filter((device): device is ConfirmedDevice => device.verifier !== undefined);
}

/**
 * A confirmed device.
 *
 * @throws CognitoFault ResourceNotFoundException `Device does not exist.` Client libraries match this text.
 */
export function confirmedDevice(user: User, key: string): ConfirmedDevice {
  const device = confirmedDevices(user).find((candidate) => candidate.key === key);
  if (device === undefined) {
    throw new CognitoFault('ResourceNotFoundException', 'Device does not exist.');
  }
  return device;
}

/** Whether a key belongs to a confirmed and remembered device. */
export function isRememberedDevice(user: User, key: string): boolean {
  return confirmedDevices(user).some((device) => device.key === key && device.remembered);
}

/** UpdateDeviceStatus. Without a status nothing changes. */
export function updateDeviceStatus(
  { clock }: Pick<Environment, 'clock'>,
  user: User,
  key: string,
  status: DeviceRememberedStatusType | undefined,
): void {
  const device = confirmedDevice(user, key);
  if (status !== undefined) {
    device.remembered = status === 'remembered';
    device.modifiedAt = clock();
  }
}

/** ForgetDevice. */
export function forgetDevice(user: User, key: string): void {
  const device = confirmedDevice(user, key);
  user.devices = user.devices.filter((candidate) => candidate !== device);
}

/**
 * Refresh tokens are bound to the device that signed in.
 *
 * @param deviceKey - the DEVICE_KEY of the request.
 * @throws CognitoFault NotAuthorizedException for a missing key or that of another device.
 */
export function assertSameDevice(pool: Pool, signIn: SignIn, deviceKey: string | undefined): void {
  if (tracksDevices(pool) && signIn.deviceKey !== undefined && deviceKey !== signIn.deviceKey) {
    throw notAuthorized('Invalid Refresh Token');
  }
}
