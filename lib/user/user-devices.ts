import { readDevice, type Device } from '../client/shapes/device.js';
import { pages } from '../client/pages.js';
import { requireObject, requireText, requireTextIfGiven } from '../errors/require-argument.js';
import type { NewDevice } from '../protocol/authentication-outcome.js';
import type { RememberedDevice } from '../protocol/challenge.js';
import { requireMember } from '../protocol/protocol-error.js';
import { createDeviceSecret } from '../protocol/srp/device.js';
import type { UserDependencies } from './user-dependencies.js';

/** A device to be confirmed. */
export interface ConfirmDeviceRequest {
  readonly accessToken: string;
  /** `newDevice` of the sign-in's outcome. */
  readonly newDevice: NewDevice;
  /** Shown in lists of devices. */
  readonly name?: string | undefined;
}

/** A confirmed device. */
export interface ConfirmedDevice {
  /** To be stored for the user's browser or app and given to later sign-ins. Holds a secret. */
  readonly device: RememberedDevice;
  /** Whether the user should be asked; `remember` then switches it on. Else the device is remembered already. */
  readonly needsUserConsent: boolean;
}

/** One device of a user. */
export interface DeviceRequest {
  readonly accessToken: string;
  readonly deviceKey: string;
}

/** The devices that a pool tracks for a user. */
export class CognitoDevices {
  constructor(private readonly dependencies: Pick<UserDependencies<object>, 'client'>) {}

  /**
   * Makes a secret for a device and tells Cognito its verifier (ConfirmDevice).
   *
   * @throws CognitoServiceError with the code ACCESS_TOKEN_..., PARAMETER_INVALID (a device that Cognito did not
   *   offer) or DEVICE_KEY_EXISTS (confirmed already).
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
   * The user wants the device remembered: no second factor on it from now on (UpdateDeviceStatus).
   *
   * @throws CognitoServiceError with the code ACCESS_TOKEN_... or DEVICE_NOT_FOUND.
   */
  async remember(request: DeviceRequest): Promise<void> {
    await this.setStatus(request, 'remembered');
  }

  /**
   * The device stays known but is asked for the second factor again (UpdateDeviceStatus).
   *
   * @throws CognitoServiceError with the code ACCESS_TOKEN_... or DEVICE_NOT_FOUND.
   */
  async doNotRemember(request: DeviceRequest): Promise<void> {
    await this.setStatus(request, 'not_remembered');
  }

  /**
   * All devices of the user (ListDevices).
   *
   * @throws CognitoServiceError with the code ACCESS_TOKEN_..., from the iteration.
   */
  async *list(accessToken: string): AsyncGenerator<Device, void, undefined> {
    requireText('accessToken', accessToken);
    yield* pages(async (token) => {
      const { Devices = [], PaginationToken } = await this.dependencies.client.send('ListDevices', {
        AccessToken: accessToken,
        Limit: 60,
        PaginationToken: token,
      });
      return { items: Devices.map(readDevice), next: PaginationToken };
    });
  }

  /**
   * One device of the user (GetDevice).
   *
   * @throws CognitoServiceError with the code ACCESS_TOKEN_... or DEVICE_NOT_FOUND.
   */
  async get(request: DeviceRequest): Promise<Device> {
    const { Device } = await this.dependencies.client.send('GetDevice', deviceOf(request));
    return readDevice(requireMember('Device', Device));
  }

  /**
   * Removes a device; its sign-ins cannot be renewed any more (ForgetDevice).
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
