import { MandateConfigurationError } from '../../errors/configuration-error.js';
import type { OAuthOptions } from '../../oauth/oauth-options.js';

/** The part of the description of an app client (DescribeUserPoolClient) that managed login depends on. */
export interface DescribedClient {
  readonly AllowedOAuthFlowsUserPoolClient?: boolean | undefined;
  readonly AllowedOAuthFlows?: readonly string[] | undefined;
  readonly AllowedOAuthScopes?: readonly string[] | undefined;
  readonly CallbackURLs?: readonly string[] | undefined;
  readonly LogoutURLs?: readonly string[] | undefined;
}

/**
 * What the option `oauth` says and the app client does not allow. Cognito reports such a fault to the user, on an error
 * page of its own, and never to the application.
 */
export function oauthFaults(client: DescribedClient, oauth: OAuthOptions): MandateConfigurationError[] {
  const { redirectUri, logoutUri = [], scopes = ['openid'] } = oauth;
  if (redirectUri === undefined) {
    return [];
  }
  const faults: MandateConfigurationError[] = [];
  const requireAll = (option: string, values: readonly string[], member: keyof DescribedClient): void => {
    const allowed = (client[member] ?? []) as readonly string[];
    if (values.some((value) => !allowed.includes(value))) {
      const list = allowed.join(', ') || 'none';
      faults.push(
        new MandateConfigurationError(`oauth.${option}`, `must be among ${member} of the app client: ${list}`),
      );
    }
  };
  if (client.AllowedOAuthFlowsUserPoolClient !== true || client.AllowedOAuthFlows?.includes('code') !== true) {
    faults.push(
      new MandateConfigurationError(
        'oauth',
        'requires an app client with "code" in AllowedOAuthFlows, and with AllowedOAuthFlowsUserPoolClient',
      ),
    );
  }
  requireAll('redirectUri', [redirectUri], 'CallbackURLs');
  requireAll('logoutUri', [logoutUri].flat(), 'LogoutURLs');
  requireAll('scopes', scopes, 'AllowedOAuthScopes');
  return faults;
}
