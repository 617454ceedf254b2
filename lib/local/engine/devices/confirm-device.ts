import type { DeviceSecretVerifierConfigType } from '@aws-sdk/client-cognito-identity-provider';

import { integerFromBytes, integerToHex } from '../../../protocol/srp/integers.js';
import type { SrpVerifier } from '../../../protocol/srp/server.js';
import type { Pool } from '../../model/pool.js';
import type { User } from '../../model/user.js';
import { CognitoFault, invalidParameter } from '../cognito-fault.js';
import type { Environment } from '../environment.js';

/** The device's part of a ConfirmDevice request. */
export interface DeviceConfirmation {
  readonly key: string;
  readonly name?: string | undefined;
  readonly verifierConfig?: DeviceSecretVerifierConfigType | undefined;
}

/**
 * Stores the SRP verifier of a device that received its key at a sign-in.
 *
 * @returns whether the user must still choose to remember the device.
 * @throws CognitoFault InvalidParameterException for a key that this user did not receive or an incomplete verifier,
 *   DeviceKeyExistsException for a device that is already confirmed.
 */
export function confirmDevice(
  { clock }: Pick<Environment, 'clock'>,
  pool: Pool,
  user: User,
  { key, name, verifierConfig }: DeviceConfirmation,
): boolean {
  const device = user.devices.find((candidate) => candidate.key === key);
  if (device === undefined) {
    throw invalidParameter('Invalid device key given.');
  }
  if (device.verifier !== undefined) {
    throw new CognitoFault('DeviceKeyExistsException', 'Device already exists with this device key.');
  }
  const needsUserConfirmation = pool.settings.DeviceConfiguration?.DeviceOnlyRememberedOnUserPrompt ?? false;
  device.verifier = readVerifier(verifierConfig);
  device.remembered = !needsUserConfirmation;
  device.modifiedAt = clock();
  if (name !== undefined) {
    device.name = name;
  }
  return needsUserConfirmation;
}

/** Both values are base64 of unsigned big-endian integers. */
function readVerifier({ PasswordVerifier, Salt }: DeviceSecretVerifierConfigType = {}): SrpVerifier {
  if (!PasswordVerifier || !Salt) {
    throw invalidParameter(`Missing required parameter ${PasswordVerifier ? 'Salt' : 'PasswordVerifier'}`);
  }
  return { verifierHex: hexOf(PasswordVerifier), saltHex: hexOf(Salt) };
}

function hexOf(base64: string): string {
  return integerToHex(integerFromBytes(Buffer.from(base64, 'base64')));
}
