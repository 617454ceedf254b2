import type { CodeDeliveryDetailsType } from '@aws-sdk/client-cognito-identity-provider';

import type { AppClient } from '../../model/app-client.js';
import type { Pool } from '../../model/pool.js';
import { CognitoFault } from '../cognito-fault.js';
import { deliveryDetails } from '../messages/messenger.js';
import { hidesUsers } from './find-user.js';

/** Whom the service does not know, in the words of the operations around codes. */
export function unknownCombination(): CognitoFault {
  return new CognitoFault('UserNotFoundException', 'Username/client id combination not found.');
}

/**
 * Where a code would have gone, for a user who does not exist.
 *
 * @throws CognitoFault UserNotFoundException unless the client hides who exists.
 */
export function simulatedDelivery(pool: Pool, client: AppClient, username: string): CodeDeliveryDetailsType {
  if (!hidesUsers(client)) {
    throw unknownCombination();
  }
  return deliveryDetails('email', username.includes('@') ? username : `${username}@${pool.id}`);
}
