import type { IdentityProviderTypeType } from '@aws-sdk/client-cognito-identity-provider';

import type { IdentityProvider } from '../../model/identity-provider.js';
import { invalidParameter } from '../cognito-fault.js';

/** `ProviderDetails`: the settings of an identity provider. */
export type ProviderDetails = Readonly<Record<string, string>>;

/** The providers whose name is their type. */
export const SOCIAL_PROVIDERS = ['Google', 'Facebook', 'LoginWithAmazon', 'SignInWithApple'] as const;

/** A provider whose name is its type. */
export type SocialProvider = (typeof SOCIAL_PROVIDERS)[number];

/** Whether a name is that of a social provider. */
export function isSocialProvider(name: string): name is SocialProvider {
  return SOCIAL_PROVIDERS.some((social) => social === name);
}

const OAUTH_DETAILS = ['client_id', 'client_secret', 'authorize_scopes'];
const REQUIRED: Readonly<Record<IdentityProviderTypeType, readonly string[]>> = {
  Google: OAUTH_DETAILS,
  Facebook: OAUTH_DETAILS,
  LoginWithAmazon: OAUTH_DETAILS,
  SignInWithApple: ['client_id', 'team_id', 'key_id', 'private_key', 'authorize_scopes'],
  OIDC: ['client_id', 'attributes_request_method', 'oidc_issuer', 'authorize_scopes'],
  SAML: [],
};
const FACEBOOK_VERSION = 'v17.0';
/** DescribeIdentityProvider never returns it. */
const WRITE_ONLY = 'private_key';

/**
 * Checks that `ProviderDetails` has what its type needs. For social providers the text is the service's, for the others it
 * is not verified against AWS.
 *
 * @throws CognitoFault InvalidParameterException
 */
export function assertDetails(type: IdentityProviderTypeType, details: ProviderDetails): void {
  const required = REQUIRED[type];
  if (required.some((name) => !details[name])) {
    throw invalidParameter(
      `${required.slice(0, -1).join(', ')} and ${required.at(-1) ?? ''} are all required idp details`,
    );
  }
  if (type === 'SAML' && !details['MetadataURL'] && !details['MetadataFile']) {
    throw invalidParameter('MetadataURL or MetadataFile is required in idp details');
  }
}

/** `ProviderDetails` as DescribeIdentityProvider returns it: with the endpoints that the service fills in. */
export function describedDetails({ type, details }: IdentityProvider): Record<string, string> {
  const shown = Object.entries({ ...filledIn(type, details), ...details });
  return Object.fromEntries(shown.filter(([name]) => name !== WRITE_ONLY).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function filledIn(type: IdentityProviderTypeType, details: ProviderDetails): ProviderDetails {
  switch (type) {
    case 'Google':
      return {
        attributes_url: 'https://people.googleapis.com/v1/people/me?personFields=',
        attributes_url_add_attributes: 'true',
        authorize_url: 'https://accounts.google.com/o/oauth2/v2/auth',
        oidc_issuer: 'https://accounts.google.com',
        token_request_method: 'POST',
        token_url: 'https://www.googleapis.com/oauth2/v4/token',
      };
    case 'Facebook':
      return facebook(details['api_version'] ?? FACEBOOK_VERSION);
    case 'LoginWithAmazon':
      return {
        attributes_url: 'https://api.amazon.com/user/profile',
        attributes_url_add_attributes: 'false',
        authorize_url: 'https://www.amazon.com/ap/oa',
        token_request_method: 'POST',
        token_url: 'https://api.amazon.com/auth/o2/token',
      };
    case 'SignInWithApple':
      return {
        attributes_url_add_attributes: 'false',
        authorize_url: 'https://appleid.apple.com/auth/authorize',
        oidc_issuer: 'https://appleid.apple.com',
        token_request_method: 'POST',
        token_url: 'https://appleid.apple.com/auth/token',
      };
    case 'OIDC':
      return { attributes_url_add_attributes: 'false' };
    case 'SAML':
      return {};
  }
}

function facebook(version: string): ProviderDetails {
  return {
    api_version: version,
    attributes_url: `https://graph.facebook.com/${version}/me?fields=`,
    attributes_url_add_attributes: 'true',
    authorize_url: `https://www.facebook.com/${version}/dialog/oauth`,
    token_request_method: 'GET',
    token_url: `https://graph.facebook.com/${version}/oauth/access_token`,
  };
}
