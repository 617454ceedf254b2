import { readDevice, type Device } from '../client/shapes/device.js';
import { PagedList } from '../client/paged-list.js';
import { requireObject, requireText, requireTextIfGiven } from '../errors/require-argument.js';
import type { NewDevice } from '../protocol/authentication-outcome.js';
import type { RememberedDevice } from '../protocol/challenge.js';
import { requireMember } from '../protocol/protocol-error.js';
import { createDeviceSecret } from '../protocol/srp/device.js';
import type { UserDependencies } from './user-dependencies.js';

/**
 * A new device to confirm.
 *
 * @publicApi
 */
export interface ConfirmDeviceRequest {
  /** Of the signed-in user. */
  readonly accessToken: string;
  /** The `newDevice` of the sign-in's outcome. */
  readonly newDevice: NewDevice;
  /** Shown in lists of devices. Default: none. */
  readonly name?: string | undefined;
}

/**
 * A confirmed device.
 *
 * @publicApi
 */
export interface ConfirmedDevice {
  /** Store it for the user's browser or app and pass it to later sign-ins. Contains a secret. */
  readonly device: RememberedDevice;
  /** Whether to ask the user and, on consent, call `remember`. If false, the device is already remembered. */
  readonly needsUserConsent: boolean;
}

/**
 * A device of the user.
 *
 * @publicApi
 */
export interface DeviceRequest {
  /** Of the signed-in user. */
  readonly accessToken: string;
  /** The `key` of a listed device. */
  readonly deviceKey: string;
}

/**
 * Devices that the pool tracks for the signed-in user: `CognitoService.devices`.
 *
 * @publicApi
 */
export class CognitoDevices {
  constructor(private readonly dependencies: Pick<UserDependencies<object>, 'client'>) {}

  /**
   * Creates a secret for a new device and registers its SRP verifier with Cognito (ConfirmDevice).
   *
   * @throws CognitoServiceError with the code ACCESS_TOKEN_..., DEVICE_KEY_INVALID (not a device that Cognito offered),
   *   DEVICE_KEY_EXISTS (already confirmed) or DEVICES_NOT_TRACKED.
   */
  async confirm(request: ConfirmDeviceRequest): Promise<ConfirmedDevice> {
    requireObject('request', request);
    const { accessToken, newDevice, name } = request;
    requireText('accessToken', accessToken);
    requireObject('newDevice', newDevice);
    requireText('newDevice.key', newDevice.key);
    requireText('newDevice.groupKey', newDevice.groupKey);
    requireTextIfGiven('name', name);
    const { password, verifierConfig } = createDeviceSecret(newDevice.groupKey, newDevice.key);
    const { UserConfirmationNecessary } = await this.dependencies.client.send('ConfirmDevice', {
      AccessToken: accessToken,
      DeviceKey: newDevice.key,
      DeviceName: name,
      DeviceSecretVerifierConfig: verifierConfig,
    });
    return {
      device: { key: newDevice.key, groupKey: newDevice.groupKey, password },
      needsUserConsent: UserConfirmationNecessary ?? false,
    };
  }

  /**
   * Remembers a device, so that sign-ins from it skip the second factor (UpdateDeviceStatus).
   *
   * @throws CognitoServiceError with the code ACCESS_TOKEN_... or DEVICE_NOT_FOUND.
   */
  async remember(request: DeviceRequest): Promise<void> {
    await this.setStatus(request, 'remembered');
  }

  /**
   * Stops remembering a device, so that sign-ins from it need the second factor again (UpdateDeviceStatus).
   *
   * @throws CognitoServiceError with the code ACCESS_TOKEN_... or DEVICE_NOT_FOUND.
   */
  async doNotRemember(request: DeviceRequest): Promise<void> {
    await this.setStatus(request, 'not_remembered');
  }

  /**
   * The devices of the user, all or page by page (ListDevices).
   *
   * @throws CognitoServiceError with the code ACCESS_TOKEN_..., with a page.
   */
  list(accessToken: string): PagedList<Device> {
    return new PagedList(async (limit, cursor) => {
      requireText('accessToken', accessToken);
      const page = { AccessToken: accessToken, Limit: limit, PaginationToken: cursor };
      const { Devices = [], PaginationToken } = await this.dependencies.client.send('ListDevices', page);
      return { items: Devices.map(readDevice), cursor: PaginationToken };
    });
  }

  /**
   * Returns a device of the user (GetDevice).
   *
   * @throws CognitoServiceError with the code ACCESS_TOKEN_... or DEVICE_NOT_FOUND.
   */
  async get(request: DeviceRequest): Promise<Device> {
    const { Device } = await this.dependencies.client.send('GetDevice', deviceOf(request));
    return readDevice(requireMember('Device', Device));
  }

  /**
   * Removes a device; refresh tokens of its sign-ins are no longer accepted (ForgetDevice).
   *
   * @throws CognitoServiceError with the code ACCESS_TOKEN_... or DEVICE_NOT_FOUND.
   */
  async forget(request: DeviceRequest): Promise<void> {
    await this.dependencies.client.send('ForgetDevice', deviceOf(request));
  }

  private async setStatus(request: DeviceRequest, status: 'remembered' | 'not_remembered'): Promise<void> {
    const device = deviceOf(request);
    await this.dependencies.client.send('UpdateDeviceStatus', { ...device, DeviceRememberedStatus: status });
  }
}

function deviceOf(request: DeviceRequest): { AccessToken: string; DeviceKey: string } {
  requireObject('request', request);
  const { accessToken, deviceKey } = request;
  requireText('accessToken', accessToken);
  requireText('deviceKey', deviceKey);
  return { AccessToken: accessToken, DeviceKey: deviceKey };
}
