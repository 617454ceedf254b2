import type { DeviceRememberedStatusType } from '@aws-sdk/client-cognito-identity-provider';

import type { Device, User } from '../../model/user.js';
import type { Pool } from '../../model/pool.js';
import { CognitoFault } from '../cognito-fault.js';
import type { Environment } from '../environment.js';

/** A device whose secret is known: ConfirmDevice gave it a verifier. */
export type ConfirmedDevice = Device & { readonly verifier: NonNullable<Device['verifier']> };

const GROUP_KEY_LENGTH = 8;
/** Keys of sign-ins that never confirmed their device are forgotten beyond this number, oldest first. */
const MAX_PROMISED = 100;

/** Whether a pool keeps track of devices. */
export function tracksDevices({ settings }: Pool): boolean {
  return settings.DeviceConfiguration !== undefined;
}

/** Promises a key to the device that has just signed in; it counts once ConfirmDevice has given it a verifier. */
export function promiseDevice(
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
  const promised = user.devices.filter(({ verifier }) => verifier === undefined);
  const surplus = new Set(promised.slice(0, Math.max(0, promised.length - MAX_PROMISED + 1)));
  user.devices = [...user.devices.filter((known) => !surplus.has(known)), device];
  return device;
}

/** A user's confirmed devices, oldest first. */
export function confirmedDevices(user: User): ConfirmedDevice[] {
  return user.devices.filter((device): device is ConfirmedDevice => device.verifier !== undefined);
}

/** @throws CognitoFault ResourceNotFoundException `Device does not exist.`: clients look for that text. */
export function confirmedDevice(user: User, key: string): ConfirmedDevice {
  const device = confirmedDevices(user).find((candidate) => candidate.key === key);
  if (device === undefined) {
    throw deviceNotFound();
  }
  return device;
}

/** Whether a key is that of a device on which the user wants to be known. */
export function isRememberedDevice(user: User, key: string): boolean {
  return confirmedDevices(user).some((device) => device.key === key && device.remembered);
}

/** Notes whether the user wants to be known on a device; nothing changes when the call does not say. */
export function markRemembered(
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

/** Forgets a device. */
export function forgetDevice(user: User, key: string): void {
  const device = confirmedDevice(user, key);
  user.devices = user.devices.filter((candidate) => candidate !== device);
}

function deviceNotFound(): CognitoFault {
  return new CognitoFault('ResourceNotFoundException', 'Device does not exist.');
}
