import type { AppClient } from '../../model/app-client.js';
import type { IdentityProvider } from '../../model/identity-provider.js';
import type { Pool } from '../../model/pool.js';
import type { Environment } from '../environment.js';
import type { ProviderClaims } from './attribute-mapping.js';
import { federatedUsername } from './identities.js';

/** A user for whom a provider vouches. */
interface VouchedSignIn {
  readonly pool: Pool;
  readonly client: AppClient;
  readonly provider: IdentityProvider;
  readonly claims: ProviderClaims;
}

/**
 * Runs InboundFederation, which may replace what a provider says about a user before it is mapped to attributes.
 *
 * @param subject - the user's identifier at the provider, which stays.
 */
export async function inboundClaims(
  { triggers }: Pick<Environment, 'triggers'>,
  { pool, client, provider, claims }: VouchedSignIn,
  subject: string,
): Promise<ProviderClaims> {
  const stated = { ...claims };
  const response = await triggers.run('inboundFederation', {
    pool,
    clientId: client.id,
    userName: federatedUsername(pool, provider, subject),
    source: 'ExternalProvider',
    request: {
      providerName: provider.name,
      providerType: provider.type,
      attributes: provider.type === 'SAML' ? { samlResponse: stated } : { idToken: stated, userInfo: stated },
    },
    response: { userAttributesToMap: {} },
  });
  const replaced = response?.userAttributesToMap ?? {};
  return Object.keys(replaced).length === 0 ? claims : replaced;
}
