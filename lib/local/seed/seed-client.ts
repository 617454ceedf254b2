import { checkRequest } from '../constraints/check-request.js';
import { assertClientSettings } from '../engine/clients/client-settings.js';
import type { Environment } from '../engine/environment.js';
import { COGNITO } from '../engine/federation/identity-providers.js';
import { createClient } from '../engine/pools/create-client.js';
import { provideScopes } from '../engine/pools/resource-servers.js';
import type { LocalClientOptions } from '../options/local-cognito.options.js';
import type { AppClient } from '../model/app-client.js';
import type { Pool } from '../model/pool.js';

const ALL_FLOWS = [
  'ALLOW_USER_SRP_AUTH',
  'ALLOW_USER_PASSWORD_AUTH',
  'ALLOW_ADMIN_USER_PASSWORD_AUTH',
  'ALLOW_CUSTOM_AUTH',
  'ALLOW_USER_AUTH',
] as const;

/**
 * Creates an app client, by default with all auth flows and identity providers. Resource servers that its scopes lack are
 * created too. Cognito rejects ALLOW_REFRESH_TOKEN_AUTH together with refresh
 * token rotation, so a client with rotation does not get that flow.
 *
 * @throws CognitoFault when the settings are invalid.
 */
export function seedClient(environment: Environment, pool: Pool, options: LocalClientOptions): AppClient {
  const { name, id, secret, ...request } = options;
  checkRequest('CreateUserPoolClient', { UserPoolId: pool.id, ClientName: name, ...request });
  const rotates = request.RefreshTokenRotation?.Feature === 'ENABLED';
  const flows = rotates ? [...ALL_FLOWS] : [...ALL_FLOWS, 'ALLOW_REFRESH_TOKEN_AUTH' as const];
  provideScopes(pool, request.AllowedOAuthScopes);
  const settings = { ExplicitAuthFlows: flows, ...providersOf(pool), ...request };
  assertClientSettings(pool, settings, secret !== undefined && secret !== false);
  return createClient(environment, pool, { name, id, secret, settings });
}

/** By default users sign in to a client by every provider of the pool. */
function providersOf({ identityProviders }: Pool): Pick<AppClient['settings'], 'SupportedIdentityProviders'> {
  return identityProviders.size === 0 ? {} : { SupportedIdentityProviders: [COGNITO, ...identityProviders.keys()] };
}
