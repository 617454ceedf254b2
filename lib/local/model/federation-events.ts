import type { IdentityProviderTypeType } from '@aws-sdk/client-cognito-identity-provider';

import type { TriggerEvent } from './trigger-event.js';

/**
 * InboundFederation_ExternalProvider: runs after an identity provider has vouched for a user, before the attributes are
 * mapped.
 *
 * @publicApi
 */
export type InboundFederationEvent = TriggerEvent<
  {
    providerName: string;
    providerType: IdentityProviderTypeType;
    /** What the provider says about the user. */
    attributes: {
      /** OIDC and social providers. */
      idToken?: Record<string, unknown>;
      /** OIDC and social providers. */
      userInfo?: Record<string, unknown>;
      samlResponse?: Record<string, unknown>;
    };
  },
  {
    /** Replaces what the provider says; what is left out is dropped. Null or empty: everything stays. */
    userAttributesToMap?: Record<string, unknown> | null;
  }
>;
