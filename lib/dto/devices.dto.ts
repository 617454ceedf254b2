import { DEVICE_GROUP_KEY, DEVICE_KEY, DEVICE_NAME, PASSWORD } from './constraints.js';
import { FlagField, TextField } from './field.decorators.js';
import { NestedField } from './nested-field.decorators.js';

/**
 * The member `newDevice` of a sign-in's outcome.
 *
 * @publicApi
 */
export class NewDeviceDto {
  @TextField(DEVICE_KEY, {
    description: 'The key of the device.',
    example: 'eu-west-1_5ac3f0d2-1111-2222-3333-444455556666',
  })
  declare key: string;

  @TextField(DEVICE_GROUP_KEY, { description: 'The key of the device group.', example: '-v7w9UcY6' })
  declare groupKey: string;
}

/**
 * A remembered device, as the browser or app stores it.
 *
 * @publicApi
 */
export class RememberedDeviceDto extends NewDeviceDto {
  @TextField(PASSWORD, {
    description: 'The secret of the device, as its confirmation returned it.',
    example: 'q83vEjRWeJASNFZ4kKvN7w==',
  })
  declare password: string;
}

/**
 * Body of a request that confirms the device of a browser, where the server keeps the device.
 *
 * @publicApi
 */
export class NameDeviceDto {
  @TextField(DEVICE_NAME, { description: 'The name of the device in lists.', example: "Ada's laptop", optional: true })
  declare name?: string;
}

/**
 * Body of a request that changes a device: `cognito.devices.remember` if true, `doNotRemember` if false.
 *
 * @publicApi
 */
export class UpdateDeviceDto {
  @FlagField({ description: 'Whether the device replaces the second factor.', example: true })
  declare remembered: boolean;
}

/**
 * Body of a request that confirms a device: `cognito.devices.confirm({ accessToken, ...body })`.
 *
 * @publicApi
 */
export class ConfirmDeviceDto {
  @NestedField(() => NewDeviceDto, { description: 'The member `newDevice` of the sign-in outcome.' })
  declare newDevice: NewDeviceDto;

  @TextField(DEVICE_NAME, { description: 'The name of the device in lists.', example: "Ada's laptop", optional: true })
  declare name?: string;
}

/**
 * Body or path parameters of a request about one device: `cognito.devices.remember({ accessToken, ...body })`. The same
 * for `doNotRemember`, `get` and `forget`.
 *
 * @publicApi
 */
export class DeviceKeyDto {
  @TextField(DEVICE_KEY, {
    description: 'The key of the device.',
    example: 'eu-west-1_5ac3f0d2-1111-2222-3333-444455556666',
  })
  declare deviceKey: string;
}
