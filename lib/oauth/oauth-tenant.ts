import type { AppClientOptions } from '../client/app-client.js';
import type { TenantOptions } from '../tokens/tenants/tenants-option.js';
import type { OAuthOptions } from './oauth-options.js';

/**
 * The user pool of a tenant whose users sign in at its own domain. The pool must be on the list of the option `tenants`,
 * whose verifier decides about its tokens.
 *
 * @publicApi
 */
export interface OAuthTenant extends Pick<
  TenantOptions,
  'userPoolId' | 'clientId' | 'region' | 'issuer' | 'replicaRegions'
> {
  /** The secret of the tenant's app client, as the module's option. Default: none, a public client. */
  readonly clientSecret?: AppClientOptions['clientSecret'];
  readonly oauth: OAuthOptions;
}
