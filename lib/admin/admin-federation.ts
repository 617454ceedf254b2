import type { NamedValue } from '../attributes/attribute-codec.js';
import { requireObject, requireText } from '../errors/require-argument.js';
import type { AdminDependencies } from './admin-dependencies.js';
import { poolAndUsername } from './pool-and-username.js';

/** As AdminLinkProviderForUser calls the user's own identifier at a provider, and the pool itself. */
const SUBJECT = 'Cognito_Subject';
const POOL_ITSELF = 'Cognito';

/**
 * Who somebody is at an identity provider: the identifier that the provider gives (`subject`: the claim `sub` of OpenID
 * Connect, the NameID of SAML), or, for OIDC and SAML, the value of an attribute that the pool maps.
 *
 * @publicApi
 */
export type ProviderIdentity = {
  /** The name of the provider in the pool, such as `Google` or `Corp`. */
  readonly provider: string;
} & (
  | { readonly subject: string }
  | {
      /** The pool's attribute that the provider's one is mapped to, such as `email`. */
      readonly attribute: string;
      readonly value: string;
    }
);

/**
 * A user of the pool, and who they are at a provider.
 *
 * @publicApi
 */
export type LinkRequest = ProviderIdentity & {
  /** The username; neither an alias nor, where they differ, the `sub`. */
  readonly username: string;
};

/**
 * An identity that a user signs in with.
 *
 * @publicApi
 */
export interface LinkedIdentity {
  readonly provider: string;
  /** `Google`, `Facebook`, `LoginWithAmazon`, `SignInWithApple`, `OIDC` or `SAML`. */
  readonly providerType: string;
  /** The user's identifier at the provider. */
  readonly subject: string;
  /** Whether the user came from there; false for one that was linked. */
  readonly primary: boolean;
  /** In milliseconds since the epoch. */
  readonly createdAt?: number;
}

/**
 * Identities of users at other providers: `CognitoAdminService.federation`.
 *
 * @publicApi
 */
export class AdminFederation {
  constructor(private readonly dependencies: Pick<AdminDependencies<object>, 'client' | 'appClient'>) {}

  /**
   * Links an identity to a user: who signs in with it is this user from then on (AdminLinkProviderForUser). Link before the
   * identity has signed in; afterwards it is a user of its own, which must be deleted first. Link only what you trust: whoever
   * holds the identity gets the account.
   *
   * @throws CognitoServiceError with the code USER_NOT_FOUND, ALIAS_EXISTS (it belongs to another user), LIMIT_EXCEEDED (a
   *   user has at most five) or PARAMETER_INVALID (it is linked already, or the pool has no such provider or mapping).
   */
  async link(request: LinkRequest): Promise<void> {
    const SourceUser = sdkIdentity(request);
    requireText('username', request.username);
    const { client, appClient } = this.dependencies;
    await client.send('AdminLinkProviderForUser', {
      UserPoolId: appClient.userPoolId,
      DestinationUser: { ProviderName: POOL_ITSELF, ProviderAttributeValue: request.username },
      SourceUser,
    });
  }

  /**
   * Removes an identity from the user it is linked to: who signs in with it next is a new user (AdminDisableProviderForUser).
   *
   * @throws CognitoServiceError with the code USER_NOT_FOUND if it is linked to nobody.
   */
  async unlink(identity: ProviderIdentity): Promise<void> {
    const { client, appClient } = this.dependencies;
    const User = sdkIdentity(identity);
    await client.send('AdminDisableProviderForUser', { UserPoolId: appClient.userPoolId, User });
  }

  /**
   * The identities of a user (the attribute `identities` of AdminGetUser).
   *
   * @param username - the username, the `sub`, or an alias.
   * @throws CognitoServiceError with the code USER_NOT_FOUND.
   */
  async identitiesOf(username: string): Promise<LinkedIdentity[]> {
    const { client, appClient } = this.dependencies;
    const { UserAttributes } = await client.send('AdminGetUser', poolAndUsername(appClient, username));
    return readIdentities(UserAttributes);
  }
}

function sdkIdentity(identity: ProviderIdentity): {
  readonly ProviderName: string;
  readonly ProviderAttributeName: string;
  readonly ProviderAttributeValue: string;
} {
  requireObject('request', identity);
  requireText('provider', identity.provider);
  if ('subject' in identity) {
    requireText('subject', identity.subject);
    return named(identity.provider, SUBJECT, identity.subject);
  }
  requireText('attribute', identity.attribute);
  requireText('value', identity.value);
  return named(identity.provider, identity.attribute, identity.value);
}

function named(ProviderName: string, ProviderAttributeName: string, ProviderAttributeValue: string) {
  return { ProviderName, ProviderAttributeName, ProviderAttributeValue };
}

/** An entry of the attribute `identities`. */
interface StoredIdentity {
  readonly userId: string;
  readonly providerName: string;
  readonly providerType: string;
  /** A boolean, and text in tokens. */
  readonly primary: boolean | string;
  readonly dateCreated?: number | string;
}

function readIdentities(attributes: readonly NamedValue[] = []): LinkedIdentity[] {
  const text = attributes.find(({ Name }) => Name === 'identities')?.Value ?? '[]';
  return (JSON.parse(text) as StoredIdentity[]).map(({ userId, providerName, providerType, primary, dateCreated }) => ({
    provider: providerName,
    providerType,
    subject: userId,
    primary: String(primary) === 'true',
    ...(dateCreated !== undefined && { createdAt: Number(dateCreated) }),
  }));
}
