import { readDevice, type Device } from '../client/shapes/device.js';
import { pages } from '../client/pages.js';
import { requireObject, requireText } from '../errors/require-argument.js';
import { requireMember } from '../protocol/protocol-error.js';
import type { AdminDependencies } from './admin-dependencies.js';

/** One device of a user. */
export interface AdminDeviceRequest {
  readonly username: string;
  readonly deviceKey: string;
}

/** The devices that a pool tracks for any user. */
export class AdminDevices {
  constructor(private readonly dependencies: Pick<AdminDependencies<object>, 'client' | 'appClient'>) {}

  /**
   * All devices of a user, page by page as they are consumed (AdminListDevices).
   *
   * @throws CognitoServiceError with the code USER_NOT_FOUND, from the iteration.
   */
  async *list(username: string): AsyncGenerator<Device, void, undefined> {
    requireText('username', username);
    const { client, appClient } = this.dependencies;
    yield* pages(async (token) => {
      const page = { UserPoolId: appClient.userPoolId, Username: username, Limit: 60, PaginationToken: token };
      const { Devices = [], PaginationToken } = await client.send('AdminListDevices', page);
      return { items: Devices.map(readDevice), next: PaginationToken };
    });
  }

  /**
   * One device of a user (AdminGetDevice).
   *
   * @throws CognitoServiceError with the code USER_NOT_FOUND or DEVICE_NOT_FOUND.
   */
  async get(request: AdminDeviceRequest): Promise<Device> {
    const { Device } = await this.dependencies.client.send('AdminGetDevice', this.device(request));
    return readDevice(requireMember('Device', Device));
  }

  /**
   * No second factor on the device from now on (AdminUpdateDeviceStatus).
   *
   * @throws CognitoServiceError with the code USER_NOT_FOUND or DEVICE_NOT_FOUND.
   */
  async remember(request: AdminDeviceRequest): Promise<void> {
    await this.setStatus(request, 'remembered');
  }

  /**
   * The device stays known but is asked for the second factor again (AdminUpdateDeviceStatus).
   *
   * @throws CognitoServiceError with the code USER_NOT_FOUND or DEVICE_NOT_FOUND.
   */
  async doNotRemember(request: AdminDeviceRequest): Promise<void> {
    await this.setStatus(request, 'not_remembered');
  }

  /**
   * Removes a device; its sign-ins cannot be renewed any more (AdminForgetDevice).
   *
   * @throws CognitoServiceError with the code USER_NOT_FOUND or DEVICE_NOT_FOUND.
   */
  async forget(request: AdminDeviceRequest): Promise<void> {
    await this.dependencies.client.send('AdminForgetDevice', this.device(request));
  }

  private async setStatus(request: AdminDeviceRequest, status: 'remembered' | 'not_remembered'): Promise<void> {
    const device = this.device(request);
    await this.dependencies.client.send('AdminUpdateDeviceStatus', { ...device, DeviceRememberedStatus: status });
  }

  private device(request: AdminDeviceRequest): { UserPoolId: string; Username: string; DeviceKey: string } {
    requireObject('request', request);
    const { username, deviceKey } = request;
    requireText('username', username);
    requireText('deviceKey', deviceKey);
    return { UserPoolId: this.dependencies.appClient.userPoolId, Username: username, DeviceKey: deviceKey };
  }
}
