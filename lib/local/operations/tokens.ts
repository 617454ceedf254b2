import { invalidClientSecret, secretMatches } from '../engine/clients/client-secret.js';
import { CognitoFault, notAuthorized } from '../engine/cognito-fault.js';
import { assertSameDevice } from '../engine/devices/device-records.js';
import type { Environment } from '../engine/environment.js';
import { clientById } from '../engine/pools/pool-lookup.js';
import { trackRefresh } from '../engine/sessions/session-tracking.js';
import { decodeClaims } from '../engine/tokens/jws.js';
import { rotateRefreshToken, rotates, signInOfRefreshToken, useRefreshToken } from '../engine/tokens/refresh-tokens.js';
import { issueTokens } from '../engine/tokens/token-issuer.js';
import { CLIENT_ID, CLIENT_SECRET, DEVICE_KEY, MAP, required, TOKEN } from './member-rules.js';
import type { OperationTable } from './operation.js';
import type { ClientInPool } from './pool-and-client.js';

/** Renewal and revocation of tokens. Both use the client secret itself, not a secret hash. */
export const tokenOperations: OperationTable<'GetTokensFromRefreshToken' | 'RevokeToken'> = {
  GetTokensFromRefreshToken: {
    members: {
      RefreshToken: required(TOKEN),
      ClientId: required(CLIENT_ID),
      ClientSecret: CLIENT_SECRET,
      DeviceKey: DEVICE_KEY,
      ClientMetadata: MAP,
    },
    handle: async (environment, input, origin) => {
      const { pool, client } = clientById(environment, input.ClientId);
      if (!secretMatches(client, input.ClientSecret)) {
        throw notAuthorized(`Unable to verify secret hash for client ${client.id}`);
      }
      const usable = useRefreshToken(environment, pool, client, input.RefreshToken);
      assertSameDevice(pool, usable.signIn, input.DeviceKey);
      trackRefresh(environment, usable.signIn, origin);
      const tokens = await issueTokens(environment, {
        pool,
        client,
        user: usable.user,
        signIn: usable.signIn,
        source: 'RefreshTokens',
        clientMetadata: input.ClientMetadata,
      });
      const rotated = rotates(client) && { RefreshToken: rotateRefreshToken(environment, pool, usable) };
      return { AuthenticationResult: { ...tokens, ...rotated } };
    },
  },
  RevokeToken: {
    members: { Token: required(TOKEN), ClientId: required(CLIENT_ID), ClientSecret: CLIENT_SECRET },
    handle: (environment, input) => {
      const { pool, client } = revokingClient(environment, input.ClientId, input.ClientSecret);
      if (decodeClaims(input.Token) !== undefined) {
        throw new CognitoFault('UnsupportedTokenTypeException', 'Only refresh tokens can be revoked.');
      }
      const signIn = signInOfRefreshToken(pool, input.Token);
      if (signIn?.clientId === client.id) {
        signIn.revokedAt ??= environment.clock();
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
