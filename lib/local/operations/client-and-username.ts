import { assertSecretHash } from '../engine/clients/client-secret.js';
import type { Environment } from '../engine/environment.js';
import { clientById } from '../engine/pools/pool-lookup.js';
import type { ClientInPool } from '../engine/pools/pool-lookup.js';

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
