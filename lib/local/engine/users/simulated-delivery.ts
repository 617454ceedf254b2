import type { CodeDeliveryDetailsType } from '@aws-sdk/client-cognito-identity-provider';

import type { AppClient } from '../../model/app-client.js';
import type { Pool } from '../../model/pool.js';
import { CognitoFault } from '../cognito-fault.js';
import { deliveryDetails } from '../messages/messenger.js';
import { hidesUsers } from './find-user.js';

/** UserNotFoundException of the operations that send or check codes. */
export function unknownCombination(): CognitoFault {
  return new CognitoFault('UserNotFoundException', 'Username/client id combination not found.');
}

/**
 * The delivery details for a user who does not exist, so that the response does not reveal it.
 *
 * @throws CognitoFault UserNotFoundException unless the client has PreventUserExistenceErrors.
 */
export function simulatedDelivery(pool: Pool, client: AppClient, username: string): CodeDeliveryDetailsType {
  if (!hidesUsers(client)) {
    throw unknownCombination();
  }
  return deliveryDetails('email', username.includes('@') ? username : `${username}@${pool.id}`);
}
