import type { AppClientSettings } from '../../model/app-client.js';
import type { Pool } from '../../model/pool.js';
import { CognitoFault, invalidParameter } from '../cognito-fault.js';
import { assertTokenValidity } from './token-validity.js';

/**
 * Checks the settings of a client that is made or changed.
 *
 * @param hasSecret - client_credentials needs one.
 * @throws CognitoFault InvalidParameterException, InvalidOAuthFlowException
 */
export function assertClientSettings(pool: Pool, settings: AppClientSettings, hasSecret: boolean): void {
  assertTokenValidity(settings);
  assertFlowsFit(settings);
  assertOAuthFlowsFit(settings, hasSecret);
  assertAttributesFit(pool, settings);
}

function assertFlowsFit({ ExplicitAuthFlows: flows = [], RefreshTokenRotation: rotation }: AppClientSettings): void {
  const modern = flows.filter((flow) => flow.startsWith('ALLOW_'));
  if (modern.length > 0 && modern.length < flows.length) {
    throw invalidParameter('ExplicitAuthFlows cannot mix values with and without the ALLOW_ prefix.');
  }
  if (rotation?.Feature === 'ENABLED' && flows.includes('ALLOW_REFRESH_TOKEN_AUTH')) {
    throw invalidParameter('Refresh token rotation cannot be enabled together with ALLOW_REFRESH_TOKEN_AUTH.');
  }
}

function assertOAuthFlowsFit({ AllowedOAuthFlows: flows = [] }: AppClientSettings, hasSecret: boolean): void {
  if (!flows.includes('client_credentials')) {
    return;
  }
  if (flows.length > 1) {
    throw new CognitoFault(
      'InvalidOAuthFlowException',
      'client_credentials flow can not be selected along with code flow or implicit flow.',
    );
  }
  if (!hasSecret) {
    throw new CognitoFault(
      'InvalidOAuthFlowException',
      'client_credentials flow can not be selected if client does not have a client secret.',
    );
  }
}

/** Every attribute must exist; those that a sign-up needs must be writable. */
function assertAttributesFit(
  pool: Pool,
  { ReadAttributes: read = [], WriteAttributes: write = [] }: AppClientSettings,
): void {
  if (read.some((name) => !pool.schema.has(name))) {
    throw invalidParameter('Invalid read attributes specified while creating a client');
  }
  const needed = [...pool.schema.values()].filter(({ Name, Required }) => Required && Name !== 'sub');
  const unknown = write.some((name) => !pool.schema.has(name));
  if (unknown || (write.length > 0 && needed.some(({ Name }) => !write.includes(Name)))) {
    throw invalidParameter('Invalid write attributes specified while creating a client');
  }
}
