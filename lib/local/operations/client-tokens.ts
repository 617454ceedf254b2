import { secretMatches } from '../engine/clients/client-secret.js';
import { invalidParameter, notAuthorized } from '../engine/cognito-fault.js';
import { clientById } from '../engine/pools/pool-lookup.js';
import { issueClientToken } from '../engine/tokens/client-token.js';
import type { AppClient } from '../model/app-client.js';
import { CLIENT_ID, CLIENT_SECRET, TEXTS, MAP, required } from './member-rules.js';
import type { OperationTable } from './operation.js';

/** The SDK's list of flows lacks it, so it is compared as text. */
const FLOW = 'ALLOW_CLIENT_TOKEN_AUTH';

/** Tokens of programs. The texts of the refusals are our own wording (?). */
export const clientTokenOperations: OperationTable<'GetClientToken'> = {
  GetClientToken: {
    members: { ClientId: required(CLIENT_ID), Secret: required(CLIENT_SECRET), Scopes: TEXTS, ClientMetadata: MAP },
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

/** It excludes every flow of users. */
function assertFlowEnabled({ settings }: AppClient): void {
  const flows: readonly string[] = settings.ExplicitAuthFlows ?? [];
  if (flows.length !== 1 || flows[0] !== FLOW) {
    throw invalidParameter('CLIENT_TOKEN_AUTH flow not enabled for this client');
  }
}

/** What is asked for, or all of the client's; custom scopes (`<resource server>/<name>`) only. */
function scopesOf({ settings }: AppClient, requested: readonly string[] | undefined): readonly string[] {
  const allowed = (settings.AllowedOAuthScopes ?? []).filter((scope) => scope.includes('/'));
  const refused = requested?.find((scope) => !allowed.includes(scope));
  if (refused !== undefined) {
    throw invalidParameter(`The scope ${refused} is not allowed for this client.`);
  }
  return requested ?? allowed;
}
