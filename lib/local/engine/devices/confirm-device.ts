import type { DeviceSecretVerifierConfigType } from '@aws-sdk/client-cognito-identity-provider';

import { integerFromBytes, integerToHex } from '../../../protocol/srp/integers.js';
import type { SrpVerifier } from '../../../protocol/srp/server.js';
import type { Pool } from '../../model/pool.js';
import type { User } from '../../model/user.js';
import { CognitoFault, invalidParameter } from '../cognito-fault.js';
import type { Environment } from '../environment.js';

/** What ConfirmDevice takes. */
export interface Confirmation {
  readonly key: string;
  readonly name?: string | undefined;
  readonly verifierConfig?: DeviceSecretVerifierConfigType | undefined;
}

/**
 * Gives a promised device its verifier.
 *
 * @returns whether the user has yet to say that the device shall be remembered.
 * @throws CognitoFault InvalidParameterException for a key that was not promised to this user or a verifier that is
 *   none, DeviceKeyExistsException for a device that has one already.
 */
export function confirmDevice(
  { clock }: Pick<Environment, 'clock'>,
  pool: Pool,
  user: User,
  { key, name, verifierConfig }: Confirmation,
): boolean {
  const device = user.devices.find((candidate) => candidate.key === key);
  if (device === undefined) {
    throw invalidParameter('Invalid device key given.');
  }
  if (device.verifier !== undefined) {
    throw new CognitoFault('DeviceKeyExistsException', 'Device already exists with this device key.');
  }
  const onPrompt = pool.settings.DeviceConfiguration?.DeviceOnlyRememberedOnUserPrompt ?? false;
  device.verifier = readVerifier(verifierConfig);
  device.remembered = !onPrompt;
  device.modifiedAt = clock();
  if (name !== undefined) {
    device.name = name;
  }
  return onPrompt;
}

/** Both values are unsigned big-endian integers in base64. */
function readVerifier({ PasswordVerifier, Salt }: DeviceSecretVerifierConfigType = {}): SrpVerifier {
  if (!PasswordVerifier || !Salt) {
    throw invalidParameter(`Missing required parameter ${PasswordVerifier ? 'Salt' : 'PasswordVerifier'}`);
  }
  return { verifierHex: hexOf(PasswordVerifier), saltHex: hexOf(Salt) };
}

function hexOf(base64: string): string {
  return integerToHex(integerFromBytes(Buffer.from(base64, 'base64')));
}
