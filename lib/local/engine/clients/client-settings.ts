import type { AppClientSettings } from '../../model/app-client.js';
import type { Pool } from '../../model/pool.js';
import { invalidParameter } from '../cognito-fault.js';
import { assertProvidersExist } from '../federation/identity-providers.js';
import { assertScopesExist } from '../pools/resource-servers.js';
import { requiredAttributes } from '../pools/schema.js';
import { IDENTITIES } from '../pools/standard-attributes.js';
import { assertOAuthFlows } from './oauth-settings.js';
import { assertRedirectUrls } from './redirect-urls.js';
import { assertTokenValidity } from './token-validity.js';

/** What only Cognito and administrators write. */
const NEVER_WRITABLE: readonly string[] = ['sub', 'email_verified', 'phone_number_verified', IDENTITIES];

/**
 * Validates the settings of a new or updated client.
 *
 * @param hasSecret - whether the client has a secret, or will have one.
 * @throws CognitoFault InvalidParameterException, InvalidOAuthFlowException, ScopeDoesNotExistException
 */
export function assertClientSettings(pool: Pool, settings: AppClientSettings, hasSecret: boolean): void {
  assertTokenValidity(settings);
  assertAuthFlows(settings);
  assertOAuthFlows(settings, hasSecret);
  assertRedirectUrls(settings);
  assertAttributes(pool, settings);
  assertScopesExist(pool, settings.AllowedOAuthScopes);
  assertProvidersExist(pool, settings.SupportedIdentityProviders);
  assertAnalytics(settings);
  if (settings.EnablePropagateAdditionalUserContextData && !hasSecret) {
    throw invalidParameter(
      'Client Secret is required to set EnablePropagateAdditionalUserContextData as true',
      'EnablePropagateAdditionalUserContextData',
    );
  }
}

function assertAuthFlows({ ExplicitAuthFlows: flows = [], RefreshTokenRotation: rotation }: AppClientSettings): void {
  const modern = flows.filter((flow) => flow.startsWith('ALLOW_'));
  if (modern.length > 0 && modern.length < flows.length) {
    throw invalidParameter(
      "Auth flow name with prefix 'ALLOW' cannot be used with legacy auth flow names.",
      'ExplicitAuthFlows',
    );
  }
  if (rotation?.Feature === 'ENABLED' && flows.includes('ALLOW_REFRESH_TOKEN_AUTH')) {
    // Not verified against AWS: the text.
    throw invalidParameter(
      'Refresh token rotation cannot be enabled together with ALLOW_REFRESH_TOKEN_AUTH.',
      'RefreshTokenRotation',
    );
  }
}

/** Every attribute must exist. Attributes that a sign-up requires must be writable. */
function assertAttributes(
  pool: Pool,
  { ReadAttributes: read = [], WriteAttributes: write = [] }: AppClientSettings,
): void {
  if (read.some((name) => !pool.schema.has(name))) {
    throw invalidParameter('Invalid read attributes specified while creating a client', 'ReadAttributes');
  }
  const required = requiredAttributes(pool);
  const isInvalid = write.some((name) => !pool.schema.has(name) || NEVER_WRITABLE.includes(name));
  if (isInvalid || (write.length > 0 && required.some((name) => !write.includes(name)))) {
    throw invalidParameter('Invalid write attributes specified while creating a client', 'WriteAttributes');
  }
}

/** A project of Amazon Pinpoint is named by its ARN, or by its id with a role. */
function assertAnalytics({ AnalyticsConfiguration: analytics }: AppClientSettings): void {
  if (analytics === undefined) {
    return;
  }
  const { ApplicationArn: arn, ApplicationId: id, RoleArn: role, ExternalId: externalId } = analytics;
  const named = [id, role, externalId].filter((value) => value !== undefined).length;
  if (arn === undefined ? named < 3 : named > 0) {
    throw invalidParameter(
      'Invalid analytics configuration given, either <application arn> or <application id, role arn, external id> are valid',
      'AnalyticsConfiguration',
    );
  }
}
