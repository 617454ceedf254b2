import type { IdentityProviderTypeType } from '@aws-sdk/client-cognito-identity-provider';

/**
 * An identity provider of the embedded Cognito, with the parameters of CreateIdentityProvider.
 *
 * An OIDC provider whose `ProviderDetails` have `oidc_issuer` is a real server elsewhere: the embedded Cognito sends the
 * browser there, redeems the code, verifies the ID token and reads userinfo. All other providers, SAML and social ones
 * always, are played by a page of the embedded Cognito, on which a person chooses who the provider says that they are.
 *
 * @publicApi
 */
export interface LocalIdentityProviderOptions {
  /** `Google`, `Facebook`, `LoginWithAmazon`, `SignInWithApple`, or a name of 3 to 32 characters without `_`. */
  readonly ProviderName: string;
  /** Default: `ProviderName`, for a social provider. */
  readonly ProviderType?: IdentityProviderTypeType;
  /** Default: none, so that the provider is played. */
  readonly ProviderDetails?: Readonly<Record<string, string>>;
  /**
   * Attributes of the pool and the provider's claim for each. Default: `email`, `email_verified` and `name` from the claims
   * of the same names.
   */
  readonly AttributeMapping?: Readonly<Record<string, string>>;
  /** Values of `idp_identifier` that lead to the provider, such as mail domains. Default: none. */
  readonly IdpIdentifiers?: string[];
}
