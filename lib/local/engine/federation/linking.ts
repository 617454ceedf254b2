import type { ProviderUserIdentifierType } from '@aws-sdk/client-cognito-identity-provider';

import type { IdentityProvider } from '../../model/identity-provider.js';
import type { Pool } from '../../model/pool.js';
import type { User } from '../../model/user.js';
import { CognitoFault, invalidParameter } from '../cognito-fault.js';
import type { Environment } from '../environment.js';
import { userByName, userNotFound } from '../users/find-user.js';
import { addIdentity, COGNITO_SUBJECT, type IdentityOwner, ownerOfIdentity, removeIdentity } from './identities.js';
import { isSocialProvider } from './provider-details.js';

/** The provider name of the pool's own users. */
const NATIVE = 'Cognito';
/** More external identities than these cannot be linked to a user. */
const MAX_LINKED = 5;

/** An identity at a provider, as AdminLinkProviderForUser names it. */
interface NamedIdentity {
  readonly provider: IdentityProvider;
  readonly attributeName: string;
  readonly value: string;
}

/**
 * Links an identity that has not signed in yet to a user: its sign-ins become sign-ins of that user.
 *
 * @throws CognitoFault UserNotFoundException, InvalidParameterException, AliasExistsException, LimitExceededException
 */
export function linkIdentity(
  { clock }: Pick<Environment, 'clock'>,
  pool: Pool,
  destination: ProviderUserIdentifierType,
  source: ProviderUserIdentifierType,
): void {
  if (source.ProviderName === NATIVE) {
    throw invalidParameter(
      'Invalid SourceUser: Cognito users with a username/password may not be passed in as a SourceUser, only as a DestinationUser',
    );
  }
  const user = destinationUser(pool, destination);
  const { provider, attributeName, value } = namedIdentity(pool, source, 'SourceUser');
  assertUnlinked(user, ownerOfIdentity(pool, provider.name, attributeName, value));
  if ((user.identities ?? []).filter(({ primary }) => !primary).length >= MAX_LINKED) {
    throw new CognitoFault(
      'LimitExceededException',
      `A user cannot be linked to more than ${MAX_LINKED} external identities.`,
    );
  }
  addIdentity(pool, user, {
    providerName: provider.name,
    providerType: provider.type,
    attributeName,
    value,
    primary: false,
    createdAt: clock(),
  });
  user.modifiedAt = clock();
}

/**
 * Ends the sign-ins of an identity: a linked one is taken from its user, the one for which a user was created is closed,
 * and a user of the pool itself loses the password. Not verified against AWS: what it does to the last two.
 *
 * @throws CognitoFault UserNotFoundException, InvalidParameterException
 */
export function disableIdentity(
  { clock }: Pick<Environment, 'clock'>,
  pool: Pool,
  named: ProviderUserIdentifierType,
): void {
  if (named.ProviderName === NATIVE) {
    const user = userByName(pool, named.ProviderAttributeValue ?? '');
    delete user.credential;
    delete user.importedPassword;
    user.modifiedAt = clock();
    return;
  }
  const { provider, attributeName, value } = namedIdentity(pool, named, 'User');
  const owner = ownerOfIdentity(pool, provider.name, attributeName, value);
  if (owner === undefined) {
    throw userNotFound();
  }
  if (owner.identity.primary) {
    owner.identity.disabled = true;
  } else {
    removeIdentity(pool, owner.user, owner.identity);
  }
  owner.user.modifiedAt = clock();
}

function destinationUser(pool: Pool, destination: ProviderUserIdentifierType): User {
  const { ProviderName: name = '', ProviderAttributeValue: value = '' } = destination;
  if (name === NATIVE) {
    return userByName(pool, value);
  }
  const owner = ownerOfIdentity(pool, name, COGNITO_SUBJECT, value);
  if (owner === undefined) {
    throw userNotFound();
  }
  return owner.user;
}

/** Not verified against AWS: the texts. */
function namedIdentity(pool: Pool, named: ProviderUserIdentifierType, member: string): NamedIdentity {
  const {
    ProviderName: name = '',
    ProviderAttributeName: attributeName = '',
    ProviderAttributeValue: value = '',
  } = named;
  const provider = pool.identityProviders.get(name);
  if (provider === undefined) {
    throw invalidParameter(`Invalid ${member}: the provider ${name} does not exist for User Pool ${pool.id}.`);
  }
  if (value === '') {
    throw invalidParameter(`Invalid ${member}: ProviderAttributeValue is required.`);
  }
  const isSubject = attributeName === COGNITO_SUBJECT;
  if (isSocialProvider(provider.type) && !isSubject) {
    throw invalidParameter(`Invalid ${member}: ProviderAttributeName must be ${COGNITO_SUBJECT} for ${name}.`);
  }
  if (!isSubject && provider.mapping[attributeName] === undefined) {
    throw invalidParameter(`Invalid ${member}: ${attributeName} is not a mapped attribute of ${name}.`);
  }
  return { provider, attributeName, value };
}

function assertUnlinked(user: User, owner: IdentityOwner | undefined): void {
  if (owner?.identity.primary) {
    throw invalidParameter(
      'Merging is not currently supported, provide a SourceUser that has not been signed up in order to link',
    );
  }
  if (owner?.user === user) {
    throw invalidParameter('SourceUser is already linked to DestinationUser');
  }
  if (owner !== undefined) {
    throw new CognitoFault('AliasExistsException', 'SourceUser is already linked to another user.');
  }
}
