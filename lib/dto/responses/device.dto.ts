import { RememberedDeviceDto } from '../devices.dto.js';
import { FlagMember, ObjectMember, TextMember, TextRecordMember, TimeMember } from '../response-field.decorators.js';

import { EXAMPLE } from './example-values.js';

/**
 * A device of the user: `Device`.
 *
 * @publicApi
 */
export class DeviceDto {
  @TextMember({ description: 'The key of the device.', example: EXAMPLE.deviceKey })
  declare readonly key: string;

  @TextMember({ description: 'The name of the device.', example: "Ada's laptop", optional: true })
  declare readonly name?: string;

  @FlagMember({ description: 'Whether it replaces the second factor.', example: true, optional: true })
  declare readonly remembered?: boolean;

  @TextMember({ description: 'The address of its last sign-in.', example: '192.0.2.7', optional: true })
  declare readonly lastIpAddress?: string;

  @TimeMember({ description: 'When it was first seen, in milliseconds since the epoch.', optional: true })
  declare readonly createdAt?: number;

  @TimeMember({ description: 'When it was last changed, in milliseconds since the epoch.', optional: true })
  declare readonly modifiedAt?: number;

  @TimeMember({ description: 'When it last signed in, in milliseconds since the epoch.', optional: true })
  declare readonly authenticatedAt?: number;

  @TextRecordMember({
    description: "All attributes of the device under Cognito's names.",
    example: { device_name: "Ada's laptop", last_ip_used: '192.0.2.7', 'dev:device_remembered_status': 'remembered' },
  })
  declare readonly attributes: Readonly<Record<string, string>>;
}

/**
 * Response to the confirmation of a device: `ConfirmedDevice`. It contains a secret.
 *
 * @publicApi
 */
export class ConfirmedDeviceDto {
  @ObjectMember(() => RememberedDeviceDto, {
    description: 'The device and its secret. Store it and send it with later sign-ins.',
  })
  declare readonly device: RememberedDeviceDto;

  @FlagMember({
    description: 'Whether to ask the user before the device is remembered. If false, it already is.',
    example: false,
  })
  declare readonly needsUserConsent: boolean;
}
