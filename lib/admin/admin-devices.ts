import { PagedList, type PageSize } from '../client/paged-list.js';
import { readDevice, type Device } from '../client/shapes/device.js';
import { requireObject, requireText } from '../errors/require-argument.js';
import { requireMember } from '../protocol/protocol-error.js';
import type { AdminDependencies } from './admin-dependencies.js';
import { poolAndUsername, type PoolAndUsername } from './pool-and-username.js';

/**
 * A device of a user.
 *
 * @publicApi
 */
export interface AdminDeviceRequest {
  /** The username, the `sub`, or an alias. */
  readonly username: string;
  /** The `key` of a listed device. */
  readonly deviceKey: string;
}

/**
 * Devices that the pool tracks for any user: `CognitoAdminService.devices`.
 *
 * @publicApi
 */
export class AdminDevices {
  constructor(private readonly dependencies: Pick<AdminDependencies<object>, 'client' | 'appClient'>) {}

  /**
   * The devices of a user, all or page by page (AdminListDevices).
   *
   * @throws CognitoServiceError with the code USER_NOT_FOUND, with a page.
   */
  list(username: string, options?: PageSize): PagedList<Device> {
    const { client, appClient } = this.dependencies;
    return new PagedList(async (limit, cursor) => {
      const page = { ...poolAndUsername(appClient, username), Limit: limit, PaginationToken: cursor };
      const { Devices = [], PaginationToken } = await client.send('AdminListDevices', page);
      return { items: Devices.map(readDevice), cursor: PaginationToken };
    }, options);
  }

  /**
   * Returns a device of a user (AdminGetDevice).
   *
   * @throws CognitoServiceError with the code USER_NOT_FOUND or DEVICE_NOT_FOUND.
   */
  async get(request: AdminDeviceRequest): Promise<Device> {
    const { Device } = await this.dependencies.client.send('AdminGetDevice', this.device(request));
    return readDevice(requireMember('Device', Device));
  }

  /**
   * Remembers a device, so that sign-ins from it skip the second factor (AdminUpdateDeviceStatus).
   *
   * @throws CognitoServiceError with the code USER_NOT_FOUND or DEVICE_NOT_FOUND.
   */
  async remember(request: AdminDeviceRequest): Promise<void> {
    await this.setStatus(request, 'remembered');
  }

  /**
   * Stops remembering a device, so that sign-ins from it need the second factor again (AdminUpdateDeviceStatus).
   *
   * @throws CognitoServiceError with the code USER_NOT_FOUND or DEVICE_NOT_FOUND.
   */
  async doNotRemember(request: AdminDeviceRequest): Promise<void> {
    await this.setStatus(request, 'not_remembered');
  }

  /**
   * Removes a device; refresh tokens of its sign-ins are no longer accepted (AdminForgetDevice).
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

  private device(request: AdminDeviceRequest): PoolAndUsername & { readonly DeviceKey: string } {
    requireObject('request', request);
    const { username, deviceKey } = request;
    const user = poolAndUsername(this.dependencies.appClient, username);
    requireText('deviceKey', deviceKey);
    return { ...user, DeviceKey: deviceKey };
  }
}
