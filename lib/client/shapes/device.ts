import { requireMember } from '../../protocol/protocol-error.js';

/**
 * A device of a user. Times are in milliseconds since the epoch.
 *
 * @publicApi
 */
export interface Device {
  readonly key: string;
  readonly name?: string;
  readonly remembered?: boolean;
  readonly lastIpAddress?: string;
  readonly createdAt?: number;
  readonly modifiedAt?: number;
  readonly authenticatedAt?: number;
  /** All attributes under Cognito's names. */
  readonly attributes: Readonly<Record<string, string>>;
}

interface SdkDevice {
  readonly DeviceKey?: string | undefined;
  readonly DeviceAttributes?:
    readonly { readonly Name: string | undefined; readonly Value?: string | undefined }[] | undefined;
  readonly DeviceCreateDate?: Date | undefined;
  readonly DeviceLastModifiedDate?: Date | undefined;
  readonly DeviceLastAuthenticatedDate?: Date | undefined;
}

/** Translates DeviceType. */
export function readDevice(device: SdkDevice): Device {
  const attributes = Object.fromEntries(
    (device.DeviceAttributes ?? []).map(({ Name = '', Value = '' }) => [Name, Value] as const),
  );
  const { device_name: name, last_ip_used: lastIpAddress } = attributes;
  const status = attributes['dev:device_remembered_status'];
  return {
    key: requireMember('DeviceKey', device.DeviceKey),
    ...(name !== undefined && { name }),
    ...(status !== undefined && { remembered: status === 'remembered' }),
    ...(lastIpAddress !== undefined && { lastIpAddress }),
    ...(device.DeviceCreateDate && { createdAt: device.DeviceCreateDate.getTime() }),
    ...(device.DeviceLastModifiedDate && { modifiedAt: device.DeviceLastModifiedDate.getTime() }),
    ...(device.DeviceLastAuthenticatedDate && { authenticatedAt: device.DeviceLastAuthenticatedDate.getTime() }),
    attributes,
  };
}
