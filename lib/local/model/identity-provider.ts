import type { IdentityProviderTypeType } from '@aws-sdk/client-cognito-identity-provider';

/** An identity provider of a pool: CreateIdentityProvider. */
export interface IdentityProvider {
  readonly name: string;
  readonly type: IdentityProviderTypeType;
  /** `ProviderDetails` as they were sent. */
  details: Readonly<Record<string, string>>;
  /** Attributes of the pool and the provider's claim for each. `username` names the subject. */
  mapping: Readonly<Record<string, string>>;
  /** Values of `idp_identifier` that lead to the provider, such as mail domains. */
  identifiers: readonly string[];
  /** The built-in page plays the provider. */
  played: boolean;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** Epoch milliseconds. */
  modifiedAt: number;
}

/** An identity that a user has at a provider. */
export interface LinkedIdentity {
  readonly providerName: string;
  readonly providerType: IdentityProviderTypeType;
  /** `Cognito_Subject`, or the mapped attribute by which AdminLinkProviderForUser named the identity. */
  attributeName: string;
  /** The subject at the provider, or the value of that attribute. */
  value: string;
  /** Whether the user was created for this identity, and not linked to it. */
  readonly primary: boolean;
  /** AdminDisableProviderForUser has closed the identity for sign-ins. */
  disabled?: true;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}
