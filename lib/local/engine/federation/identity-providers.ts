import type {
  CreateIdentityProviderRequest,
  IdentityProviderType,
  IdentityProviderTypeType,
} from '@aws-sdk/client-cognito-identity-provider';

import type { IdentityProvider } from '../../model/identity-provider.js';
import type { Pool } from '../../model/pool.js';
import { CognitoFault, invalidParameter } from '../cognito-fault.js';
import type { Environment } from '../environment.js';
import { assertRoom } from '../limits/resource-limits.js';
import { assertDetails, describedDetails, isSocialProvider, type ProviderDetails } from './provider-details.js';

/** The name under which the pool's own users appear among the providers of a client. */
export const COGNITO = 'COGNITO';

/** The key of an attribute mapping that names the subject. */
export const SUBJECT_KEY = 'username';

/** The claim that identifies a user at a provider. */
export const SUBJECT_CLAIMS: Readonly<Record<IdentityProviderTypeType, string>> = {
  Google: 'sub',
  Facebook: 'id',
  LoginWithAmazon: 'user_id',
  SignInWithApple: 'sub',
  OIDC: 'sub',
  SAML: 'NameID',
};

/** Attributes that no mapping can set. */
const UNMAPPABLE: readonly string[] = ['sub', 'identities'];

/** A provider to create. */
export type ProviderRequest = Pick<CreateIdentityProviderRequest, 'AttributeMapping' | 'IdpIdentifiers'> & {
  readonly name: string;
  readonly type: IdentityProviderTypeType;
  readonly details: ProviderDetails;
  readonly played: boolean;
};

/**
 * Adds a provider to a pool. A provider that the embedded server plays needs no details.
 *
 * @throws CognitoFault DuplicateProviderException, InvalidParameterException, LimitExceededException
 */
export function createProvider(
  { clock }: Pick<Environment, 'clock'>,
  pool: Pool,
  { name, type, details, played, AttributeMapping, IdpIdentifiers = [] }: ProviderRequest,
): IdentityProvider {
  if (pool.identityProviders.has(name)) {
    throw new CognitoFault('DuplicateProviderException', `A provider with the name ${name} already exists.`);
  }
  // The API writes it `COGNITO` for app clients and `Cognito` for links. Not verified against AWS: the text.
  const isOwn = name.toUpperCase() === COGNITO;
  if (isOwn || isSocialProvider(name) !== isSocialProvider(type) || (isSocialProvider(type) && name !== type)) {
    throw invalidParameter(`Provider ${name} cannot be of type ${type}.`);
  }
  if (!played) {
    assertDetails(type, details);
  }
  assertIdentifiersFree(pool, name, IdpIdentifiers);
  const mapping = checkedMapping(pool, type, AttributeMapping ?? {});
  assertRoom('identity providers', pool.identityProviders);
  const now = clock();
  const provider: IdentityProvider = {
    name,
    type,
    details,
    mapping,
    identifiers: IdpIdentifiers,
    // Nobody but the built-in page can answer for a SAML or social provider.
    played: played || type !== 'OIDC',
    createdAt: now,
    modifiedAt: now,
  };
  pool.identityProviders.set(name, provider);
  return provider;
}

/**
 * Changes a provider. Members that are left out stay as they are.
 *
 * @throws CognitoFault InvalidParameterException
 */
export function updateProvider(
  { clock }: Pick<Environment, 'clock'>,
  pool: Pool,
  provider: IdentityProvider,
  changes: Pick<CreateIdentityProviderRequest, 'AttributeMapping' | 'IdpIdentifiers'> & {
    readonly ProviderDetails?: ProviderDetails | undefined;
  },
): void {
  const { ProviderDetails: details, AttributeMapping, IdpIdentifiers } = changes;
  if (details !== undefined) {
    assertDetails(provider.type, details);
  }
  assertIdentifiersFree(pool, provider.name, IdpIdentifiers ?? []);
  const mapping = AttributeMapping && checkedMapping(pool, provider.type, AttributeMapping);
  provider.details = details ?? provider.details;
  provider.mapping = mapping ?? provider.mapping;
  provider.identifiers = IdpIdentifiers ?? provider.identifiers;
  // Real details make the provider a real one.
  provider.played = provider.type !== 'OIDC' || (provider.played && details === undefined);
  provider.modifiedAt = clock();
}

/** @throws CognitoFault ResourceNotFoundException */
export function providerByName(pool: Pool, name: string): IdentityProvider {
  const provider = pool.identityProviders.get(name);
  if (provider === undefined) {
    throw new CognitoFault('ResourceNotFoundException', `Identity provider ${name} does not exist.`);
  }
  return provider;
}

/** The provider with a value of `idp_identifier`. */
export function providerByIdentifier(pool: Pool, identifier: string): IdentityProvider | undefined {
  return [...pool.identityProviders.values()].find(({ identifiers }) => identifiers.includes(identifier));
}

/** The `IdentityProvider` member of the provider operations. */
export function describeProvider(pool: Pool, provider: IdentityProvider): IdentityProviderType {
  return {
    UserPoolId: pool.id,
    ProviderName: provider.name,
    ProviderType: provider.type,
    ProviderDetails: describedDetails(provider),
    AttributeMapping: { ...provider.mapping },
    IdpIdentifiers: [...provider.identifiers],
    LastModifiedDate: new Date(provider.modifiedAt),
    CreationDate: new Date(provider.createdAt),
  };
}

/**
 * Checks `SupportedIdentityProviders` of an app client.
 *
 * @throws CognitoFault InvalidParameterException
 */
export function assertProvidersExist(pool: Pool, names: readonly string[] = []): void {
  const unknown = names.find((name) => name !== COGNITO && !pool.identityProviders.has(name));
  if (unknown !== undefined) {
    throw invalidParameter(
      `The provider ${unknown} does not exist for User Pool ${pool.id}.`,
      'SupportedIdentityProviders',
    );
  }
}

/** Not verified against AWS: the text. */
function assertIdentifiersFree(pool: Pool, name: string, identifiers: readonly string[]): void {
  const taken = identifiers.find((identifier) => {
    const owner = providerByIdentifier(pool, identifier);
    return owner !== undefined && owner.name !== name;
  });
  if (taken !== undefined) {
    throw invalidParameter(`The identifier ${taken} is already in use by another identity provider.`);
  }
}

/** Every key must be an attribute of the pool. Not verified against AWS: the text. */
function checkedMapping(
  pool: Pool,
  type: IdentityProviderTypeType,
  mapping: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const invalid = Object.keys(mapping).find(
    (name) => UNMAPPABLE.includes(name) || (name !== SUBJECT_KEY && !pool.schema.has(name)),
  );
  if (invalid !== undefined) {
    throw invalidParameter(`Invalid attribute mapping: ${invalid} is not an attribute of the user pool.`);
  }
  return type === 'SAML' ? mapping : { [SUBJECT_KEY]: SUBJECT_CLAIMS[type], ...mapping };
}
