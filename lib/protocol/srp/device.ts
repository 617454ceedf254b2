import { randomBytes } from 'node:crypto';

import { createVerifier } from './server.js';
import { integerFromHex, signedBytes } from './integers.js';

const PASSWORD_BYTES = 40;

/** The secret of a new device and the values that ConfirmDevice requires. */
export interface DeviceSecret {
  /** The random password of the device, base64. The application stores it. */
  readonly password: string;
  /** DeviceSecretVerifierConfig of ConfirmDevice, both base64. */
  readonly verifierConfig: { readonly PasswordVerifier: string; readonly Salt: string };
}

/** Creates the password and verifier of a device: SRP as for users, with DeviceGroupKey as realm and DeviceKey as user. */
export function createDeviceSecret(
  deviceGroupKey: string,
  deviceKey: string,
  random: (size: number) => Uint8Array = randomBytes,
): DeviceSecret {
  const password = Buffer.from(random(PASSWORD_BYTES)).toString('base64');
  const salt = Buffer.from(random(16)).toString('hex');
  const { saltHex, verifierHex } = createVerifier({ realm: deviceGroupKey, userId: deviceKey }, password, salt);
  return {
    password,
    verifierConfig: {
      PasswordVerifier: signedBytes(integerFromHex(verifierHex)).toString('base64'),
      Salt: signedBytes(integerFromHex(saltHex)).toString('base64'),
    },
  };
}
