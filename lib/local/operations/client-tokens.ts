import { secretMatches } from '../engine/clients/client-secret.js';
import { invalidParameter, notAuthorized } from '../engine/cognito-fault.js';
import { customScopes, requestedCustomScopes } from '../engine/oauth/scopes.js';
import { clientById } from '../engine/pools/pool-lookup.js';
import { issueClientToken } from '../engine/tokens/client-token.js';
import type { AppClient } from '../model/app-client.js';
import type { OperationTable } from './operation.js';

/** The SDK's type of auth flows does not list it. */
const FLOW = 'ALLOW_CLIENT_TOKEN_AUTH';

/** Machine-to-machine tokens. AWS does not document the messages; the wording is ours. */
export const clientTokenOperations: OperationTable<'GetClientToken'> = {
  GetClientToken: {
    handle: async (environment, { ClientId, Secret, Scopes, ClientMetadata }) => {
      const { pool, client } = clientById(environment, ClientId);
      if (client.secrets.length === 0 || !secretMatches(client, Secret)) {
        throw notAuthorized('Invalid client or secret');
      }
      assertFlowEnabled(client);
      const scopes = scopesOf(client, Scopes);
      const { accessToken, expiresIn } = await issueClientToken(environment, pool, client, scopes, ClientMetadata);
      return {
        ClientAuthenticationResult: { AccessToken: accessToken, ExpiresIn: expiresIn, TokenType: 'Bearer' },
      };
    },
  },
};

/** The flow cannot be combined with any user flow. */
function assertFlowEnabled({ settings }: AppClient): void {
  const flows: readonly string[] = settings.ExplicitAuthFlows ?? [];
  if (flows.length !== 1 || flows[0] !== FLOW) {
    throw invalidParameter('CLIENT_TOKEN_AUTH flow not enabled for this client');
  }
}

/** The requested scopes. Default: all custom scopes of the client. */
function scopesOf(client: AppClient, requested: readonly string[] | undefined): readonly string[] {
  const scopes = requestedCustomScopes(client, requested);
  if (scopes === undefined) {
    const rejected = requested?.find((scope) => !customScopes(client).includes(scope));
    throw invalidParameter(`The scope ${rejected} is not allowed for this client.`);
  }
  return scopes;
}
