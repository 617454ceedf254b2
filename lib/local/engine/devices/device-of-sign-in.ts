import type { Pool } from '../../model/pool.js';
import type { SignIn } from '../../model/sign-in.js';
import { notAuthorized } from '../cognito-fault.js';
import { tracksDevices } from './device-records.js';

/**
 * Renewing wants the device that the tokens were given to.
 *
 * @throws CognitoFault NotAuthorizedException for another device or none.
 */
export function assertSameDevice(pool: Pool, { deviceKey }: SignIn, given: string | undefined): void {
  if (tracksDevices(pool) && deviceKey !== undefined && given !== deviceKey) {
    throw notAuthorized('Invalid Refresh Token');
  }
}
