import { assertSecretHash } from '../engine/clients/client-secret.js';
import type { Environment } from '../engine/environment.js';
import { clientById } from '../engine/pools/pool-lookup.js';
import { CLIENT_ID, MAP, required, SECRET_HASH, USERNAME } from './member-rules.js';
import type { ClientInPool } from '../engine/pools/pool-lookup.js';

/** The members with which an app client names a user who is not signed in. */
export const CLIENT_AND_USERNAME = {
  ClientId: required(CLIENT_ID),
  SecretHash: SECRET_HASH,
  Username: required(USERNAME),
  ClientMetadata: MAP,
};

/**
 * Finds the calling app client, and checks its secret hash.
 *
 * @throws CognitoFault ResourceNotFoundException, NotAuthorizedException
 */
export function callingClient(
  environment: Environment,
  input: { readonly ClientId: string; readonly Username: string; readonly SecretHash?: string | undefined },
): ClientInPool {
  const found = clientById(environment, input.ClientId);
  assertSecretHash(found.client, input.Username, input.SecretHash);
  return found;
}
