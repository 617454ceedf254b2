import type { AppClientSettings } from '../../model/app-client.js';
import { CognitoFault } from '../cognito-fault.js';

/**
 * Checks the OAuth flows of an app client.
 *
 * @param hasSecret - client_credentials requires a confidential client.
 * @throws CognitoFault InvalidOAuthFlowException
 */
export function assertOAuthFlows(settings: AppClientSettings, hasSecret: boolean): void {
  const { AllowedOAuthFlows: flows = [], AllowedOAuthScopes: scopes = [], CallbackURLs: callbacks = [] } = settings;
  assertMachineFlow(flows, hasSecret);
  if ((flows.includes('code') || flows.includes('implicit')) && callbacks.length === 0) {
    throw invalidFlow('CallbackUrls can not be empty when code flow or implicit flow is selected', 'CallbackURLs');
  }
  if (settings.AllowedOAuthFlowsUserPoolClient && (flows.length === 0 || scopes.length === 0)) {
    throw invalidFlow(
      'AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.',
      flows.length === 0 ? 'AllowedOAuthFlows' : 'AllowedOAuthScopes',
    );
  }
}

function assertMachineFlow(flows: readonly string[], hasSecret: boolean): void {
  if (!flows.includes('client_credentials')) {
    return;
  }
  if (flows.length > 1) {
    throw invalidFlow(
      'client_credentials flow can not be selected along with code flow or implicit flow.',
      'AllowedOAuthFlows',
    );
  }
  if (!hasSecret) {
    throw invalidFlow(
      'client_credentials flow can not be selected if client does not have a client secret.',
      'AllowedOAuthFlows',
    );
  }
}

function invalidFlow(text: string, member: string): CognitoFault {
  return new CognitoFault('InvalidOAuthFlowException', text, { member });
}
