import { DEVICE_GROUP_KEY, DEVICE_KEY, DEVICE_NAME, PASSWORD } from './constraints.js';
import { TextField } from './field.decorators.js';
import { NestedField } from './nested-field.decorators.js';

/** `newDevice` of a sign-in's outcome. */
export class NewDeviceDto {
  @TextField(DEVICE_KEY, {
    description: "The device's key.",
    example: 'eu-west-1_5ac3f0d2-1111-2222-3333-444455556666',
  })
  declare key: string;

  @TextField(DEVICE_GROUP_KEY, { description: "The key of the device's group.", example: '-v7w9UcY6' })
  declare groupKey: string;
}

/** A device that the pool remembers, where the browser or app keeps it. */
export class RememberedDeviceDto extends NewDeviceDto {
  @TextField(PASSWORD, { description: "The device's secret, as its confirmation returned it." })
  declare password: string;
}

/** The body that confirms a device: `cognito.devices.confirm({ accessToken, ...body })`. */
export class ConfirmDeviceDto {
  @NestedField(() => NewDeviceDto, { description: '`newDevice` of the sign-in.' })
  declare newDevice: NewDeviceDto;

  @TextField(DEVICE_NAME, { description: 'Shown in lists of devices.', example: "Ada's laptop", optional: true })
  declare name?: string;
}

/**
 * The body, or the path, of a request about one device: `cognito.devices.remember({ accessToken, ...body })`, and so
 * `doNotRemember`, `get` and `forget`.
 */
export class DeviceKeyDto {
  @TextField(DEVICE_KEY, {
    description: "The device's key.",
    example: 'eu-west-1_5ac3f0d2-1111-2222-3333-444455556666',
  })
  declare deviceKey: string;
}
