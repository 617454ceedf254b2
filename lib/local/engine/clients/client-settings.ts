import type { AppClientSettings } from '../../model/app-client.js';
import type { Pool } from '../../model/pool.js';
import { CognitoFault, invalidParameter } from '../cognito-fault.js';
import { assertProvidersExist } from '../federation/identity-providers.js';
import { assertScopesExist } from '../pools/resource-servers.js';
import { requiredAttributes } from '../pools/schema.js';
import { assertTokenValidity } from './token-validity.js';

/**
 * Validates the settings of a new or updated client.
 *
 * @param hasSecret - client_credentials requires a confidential client.
 * @throws CognitoFault InvalidParameterException, InvalidOAuthFlowException, ScopeDoesNotExistException
 */
export function assertClientSettings(pool: Pool, settings: AppClientSettings, hasSecret: boolean): void {
  assertTokenValidity(settings);
  assertAuthFlows(settings);
  assertOAuth(settings, hasSecret);
  assertAttributes(pool, settings);
  assertScopesExist(pool, settings.AllowedOAuthScopes);
  assertProvidersExist(pool, settings.SupportedIdentityProviders);
}

function assertAuthFlows({ ExplicitAuthFlows: flows = [], RefreshTokenRotation: rotation }: AppClientSettings): void {
  const modern = flows.filter((flow) => flow.startsWith('ALLOW_'));
  if (modern.length > 0 && modern.length < flows.length) {
    throw invalidParameter('ExplicitAuthFlows cannot mix values with and without the ALLOW_ prefix.');
  }
  if (rotation?.Feature === 'ENABLED' && flows.includes('ALLOW_REFRESH_TOKEN_AUTH')) {
    throw invalidParameter('Refresh token rotation cannot be enabled together with ALLOW_REFRESH_TOKEN_AUTH.');
  }
}

function assertOAuth(settings: AppClientSettings, hasSecret: boolean): void {
  const { AllowedOAuthFlows: flows = [], AllowedOAuthScopes: scopes = [], CallbackURLs: callbacks = [] } = settings;
  assertMachineFlow(flows, hasSecret);
  if ((flows.includes('code') || flows.includes('implicit')) && callbacks.length === 0) {
    throw invalidFlow('CallbackUrls can not be empty when code flow or implicit flow is selected');
  }
  if (settings.AllowedOAuthFlowsUserPoolClient && (flows.length === 0 || scopes.length === 0)) {
    throw invalidFlow(
      'AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.',
    );
  }
  if (settings.DefaultRedirectURI !== undefined && !callbacks.includes(settings.DefaultRedirectURI)) {
    throw invalidParameter('DefaultRedirectURI must be one of CallbackURLs.');
  }
}

function assertMachineFlow(flows: readonly string[], hasSecret: boolean): void {
  if (!flows.includes('client_credentials')) {
    return;
  }
  if (flows.length > 1) {
    throw invalidFlow('client_credentials flow can not be selected along with code flow or implicit flow.');
  }
  if (!hasSecret) {
    throw invalidFlow('client_credentials flow can not be selected if client does not have a client secret.');
  }
}

function invalidFlow(text: string): CognitoFault {
  return new CognitoFault('InvalidOAuthFlowException', text);
}

/** Every attribute must exist. Attributes that a sign-up requires must be writable. */
function assertAttributes(
  pool: Pool,
  { ReadAttributes: read = [], WriteAttributes: write = [] }: AppClientSettings,
): void {
  if (read.some((name) => !pool.schema.has(name))) {
    throw invalidParameter('Invalid read attributes specified while creating a client');
  }
  const required = requiredAttributes(pool);
  const unknown = write.some((name) => !pool.schema.has(name));
  if (unknown || (write.length > 0 && required.some((name) => !write.includes(name)))) {
    throw invalidParameter('Invalid write attributes specified while creating a client');
  }
}
