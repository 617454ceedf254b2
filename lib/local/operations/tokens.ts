import { invalidClientSecret, secretMatches } from '../engine/clients/client-secret.js';
import { CognitoFault, notAuthorized } from '../engine/cognito-fault.js';
import type { Environment } from '../engine/environment.js';
import { clientById } from '../engine/pools/pool-lookup.js';
import { decodeClaims } from '../engine/tokens/jws.js';
import { signInOfRefreshToken } from '../engine/tokens/refresh-tokens.js';
import { renewTokens } from '../engine/tokens/renew-tokens.js';
import type { OperationTable } from './operation.js';
import type { ClientInPool } from '../engine/pools/pool-lookup.js';

/** Renewal and revocation of tokens. Both use the client secret itself, not a secret hash. */
export const tokenOperations: OperationTable<'GetTokensFromRefreshToken' | 'RevokeToken'> = {
  GetTokensFromRefreshToken: {
    handle: async (environment, input, origin) => {
      const { pool, client } = clientById(environment, input.ClientId);
      if (!secretMatches(client, input.ClientSecret)) {
        throw notAuthorized(`Unable to verify secret hash for client ${client.id}`);
      }
      const { tokens } = await renewTokens(environment, {
        pool,
        client,
        origin,
        refreshToken: input.RefreshToken,
        deviceKey: input.DeviceKey,
        clientMetadata: input.ClientMetadata,
        keepsResource: false,
      });
      return { AuthenticationResult: tokens };
    },
  },
  RevokeToken: {
    handle: (environment, input) => {
      const { pool, client } = revokingClient(environment, input.ClientId, input.ClientSecret);
      if (decodeClaims(input.Token) !== undefined) {
        throw new CognitoFault('UnsupportedTokenTypeException', 'Only refresh tokens can be revoked.');
      }
      const signIn = signInOfRefreshToken(pool, input.Token);
      if (signIn?.clientId === client.id) {
        pool.signIns.revoke(signIn);
      }
      return {};
    },
  },
};

function revokingClient(environment: Environment, clientId: string, secret: string | undefined): ClientInPool {
  const found = environment.pools.byClientId(clientId);
  if (found === undefined || !secretMatches(found.client, secret)) {
    throw invalidClientSecret();
  }
  if (!found.client.settings.EnableTokenRevocation) {
    throw new CognitoFault('UnsupportedOperationException', 'Token revocation is not enabled for this client.');
  }
  return found;
}
