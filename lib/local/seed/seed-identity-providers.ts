import type { Environment } from '../engine/environment.js';
import { createProvider } from '../engine/federation/identity-providers.js';
import type { LocalIdentityProviderOptions } from '../options/local-identity-provider.options.js';
import type { Pool } from '../model/pool.js';

/** What a provider given by its name alone sets. */
const DEFAULT_MAPPING = { email: 'email', email_verified: 'email_verified', name: 'name' };

/**
 * Adds an identity provider. The embedded server plays it unless it is an OIDC provider with an issuer.
 *
 * @throws CognitoFault when the name is taken, or details or mapping are invalid.
 */
export function seedIdentityProvider(
  environment: Environment,
  pool: Pool,
  options: string | LocalIdentityProviderOptions,
): void {
  const given: LocalIdentityProviderOptions = typeof options === 'string' ? namedProvider(options) : options;
  const { ProviderName: name, ProviderType = name, ProviderDetails: details = {}, ...rest } = given;
  createProvider(environment, pool, {
    ...{ name, details, AttributeMapping: DEFAULT_MAPPING, ...rest },
    type: ProviderType as Parameters<typeof createProvider>[2]['type'],
    played: ProviderType !== 'OIDC' || details['oidc_issuer'] === undefined,
  });
}

function namedProvider(name: string): LocalIdentityProviderOptions {
  return { ProviderName: name };
}
