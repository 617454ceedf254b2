import type { IdentityProvider } from '../../model/identity-provider.js';
import { providerError } from './federation-error.js';
import { callProvider } from './provider-http.js';

/** The endpoints of an OpenID provider. */
export interface OidcEndpoints {
  readonly issuer: string;
  readonly authorize: string;
  readonly token: string;
  readonly jwks: string;
  readonly userInfo?: string | undefined;
}

/** A detail, and the discovery document's name for it. */
const METADATA = {
  authorize_url: 'authorization_endpoint',
  token_url: 'token_endpoint',
  jwks_uri: 'jwks_uri',
  attributes_url: 'userinfo_endpoint',
} as const;

/**
 * The endpoints of a provider: as its details name them, the others from its discovery document (OpenID Connect Discovery
 * section 4).
 *
 * @throws FederationError if the document cannot be read or lacks an endpoint.
 */
export async function endpointsOf({ name, details }: IdentityProvider): Promise<OidcEndpoints> {
  const issuer = details['oidc_issuer'] ?? '';
  const isComplete = Object.keys(METADATA).every((detail) => details[detail]);
  const document = isComplete ? {} : await discover(name, issuer);
  const endpoint = (detail: keyof typeof METADATA): string => {
    const found = details[detail] ?? document[METADATA[detail]];
    return typeof found === 'string' ? found : '';
  };
  const [authorize, token, jwks] = [endpoint('authorize_url'), endpoint('token_url'), endpoint('jwks_uri')];
  if ([authorize, token, jwks].some((url) => !URL.canParse(url))) {
    throw providerError(name, 'the discovery document lacks an endpoint');
  }
  return { issuer, authorize, token, jwks, userInfo: endpoint('attributes_url') || undefined };
}

async function discover(provider: string, issuer: string): Promise<Readonly<Record<string, unknown>>> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const document = await callProvider({ provider, endpoint: 'openid-configuration', url });
  if (document['issuer'] !== issuer) {
    throw providerError(provider, 'the discovery document names another issuer');
  }
  return document;
}
