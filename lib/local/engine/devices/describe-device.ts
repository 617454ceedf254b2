import type { DeviceType } from '@aws-sdk/client-cognito-identity-provider';

import type { Pool } from '../../model/pool.js';
import type { User } from '../../model/user.js';
import { LOCAL_ACCOUNT_ID } from '../pools/describe-pool.js';
import { attributeList } from '../users/describe-user.js';
import type { ConfirmedDevice } from './device-records.js';

/** `dev:device_sdk` of every device. */
const DEVICE_SDK = 'aws-sdk-unknown-unknown';

/** The `Device` member of GetDevice and ListDevices. */
export function describeDevice(pool: Pool, user: User, device: ConfirmedDevice): DeviceType {
  const owner = `${user.username}.${pool.id}`;
  return {
    DeviceKey: device.key,
    DeviceAttributes: attributeList({
      device_status: 'valid',
      ...(device.name !== undefined && { device_name: device.name }),
      'dev:device_arn': `arn:aws:cognito-idp:${pool.region}:${LOCAL_ACCOUNT_ID}:owner/${owner}/device/${device.key}`,
      'dev:device_owner': owner,
      last_ip_used: device.lastIp,
      'dev:device_remembered_status': device.remembered ? 'remembered' : 'not_remembered',
      'dev:device_sdk': DEVICE_SDK,
    }),
    DeviceCreateDate: new Date(device.createdAt),
    DeviceLastModifiedDate: new Date(device.modifiedAt),
    DeviceLastAuthenticatedDate: new Date(device.authenticatedAt),
  };
}
