import type { AppClient } from '../../model/app-client.js';
import type { IdentityProvider } from '../../model/identity-provider.js';
import type { Pool } from '../../model/pool.js';
import type { User } from '../../model/user.js';
import { CognitoFault } from '../cognito-fault.js';
import type { Environment } from '../environment.js';
import { CHANNELS } from '../messages/outgoing-message.js';
import { requiredAttributes } from '../pools/schema.js';
import { addUser } from '../users/add-user.js';
import { assertNewAttributes, type Attributes, changeAttributes } from '../users/attribute-rules.js';
import { runPostConfirmation } from '../users/post-confirmation.js';
import { runPreSignUp } from '../users/pre-sign-up.js';
import { triggerAttributes } from '../users/trigger-attributes.js';
import { mappedAttributes, type ProviderClaims, subjectOf } from './attribute-mapping.js';
import { FederationError, providerError } from './federation-error.js';
import { inboundClaims } from './inbound-federation.js';
import { joinProviderGroup } from './provider-group.js';
import {
  addIdentity,
  COGNITO_SUBJECT,
  federatedUsername,
  type IdentityOwner,
  ownerOfIdentity,
  publishIdentities,
} from './identities.js';

/** A user for whom a provider vouches. */
export interface FederatedSignIn {
  readonly pool: Pool;
  readonly client: AppClient;
  readonly provider: IdentityProvider;
  readonly claims: ProviderClaims;
}

/** The user of the pool. */
export interface FederatedUser {
  readonly user: User;
  /** The sign-in has created the user. */
  readonly isNew: boolean;
}

/** A sign-in with what follows from its claims. */
interface Vouched extends FederatedSignIn {
  readonly subject: string;
  readonly attributes: Attributes;
}

/**
 * Finds the user of a federated sign-in, or creates one at the first. Attributes follow the provider at every sign-in; a
 * second factor is never asked for.
 *
 * @throws FederationError if the claims do not fit the pool, the user is disabled, or a trigger refuses.
 */
export async function federatedUser(environment: Environment, signIn: FederatedSignIn): Promise<FederatedUser> {
  const { provider, client, claims } = signIn;
  const subject = subjectOf(provider, claims);
  if (subject === undefined) {
    throw providerError(provider.name, 'the response has no subject');
  }
  try {
    const stated = await inboundClaims(environment, signIn, subject);
    const vouched = { ...signIn, subject, attributes: mappedAttributes(provider, client, stated) };
    const owner = ownerOf(vouched);
    return owner === undefined
      ? { user: await createUser(environment, vouched), isNew: true }
      : { user: await updateUser(environment, vouched, owner), isNew: false };
  } catch (error) {
    throw error instanceof CognitoFault
      ? new FederationError('invalid_request', error.message, { cause: error })
      : error;
  }
}

/** The owner of the identity, named by its subject or by an attribute for which an administrator has linked it. */
function ownerOf({ pool, provider, subject, attributes }: Vouched): IdentityOwner | undefined {
  const names = [[COGNITO_SUBJECT, subject] as const, ...Object.entries(attributes)];
  for (const [name, value] of names) {
    const owner = ownerOfIdentity(pool, provider.name, name, value);
    if (owner !== undefined) {
      return owner;
    }
  }
  return undefined;
}

async function createUser(environment: Environment, vouched: Vouched): Promise<User> {
  const { pool, client, provider, subject } = vouched;
  const username = federatedUsername(pool, provider, subject);
  assertConforms(pool, vouched.attributes);
  assertFree(vouched, username);
  const approved = await runPreSignUp(environment, 'ExternalProvider', {
    ...{ pool, client, username, validationData: {} },
    // Cognito sends both aliases, though a federated user has none yet.
    attributes: { 'cognito:email_alias': '', 'cognito:phone_number_alias': '', ...vouched.attributes },
  });
  // The trigger may have linked the identity, or created a user, in the meantime.
  assertFree(vouched, username);
  const attributes = {
    ...withUnverified(vouched.attributes),
    ...(approved.autoVerifyEmail && { email_verified: 'true' }),
    ...(approved.autoVerifyPhone && { phone_number_verified: 'true' }),
  };
  const user = addUser(environment, { pool, username, attributes, status: 'EXTERNAL_PROVIDER' });
  addIdentity(pool, user, {
    ...{ providerName: provider.name, providerType: provider.type },
    ...{ attributeName: COGNITO_SUBJECT, value: subject, primary: true, createdAt: environment.clock() },
  });
  joinProviderGroup(environment, pool, provider, user);
  await runPostConfirmation(environment, 'ConfirmSignUp', { pool, user, client });
  return user;
}

async function updateUser(environment: Environment, vouched: Vouched, owner: IdentityOwner): Promise<User> {
  const { pool, client, attributes, subject } = vouched;
  const { user, identity } = owner;
  if (!user.enabled || identity.disabled) {
    throw new FederationError('invalid_request', 'User is not enabled');
  }
  const call = { pool, clientId: client.id, userName: user.username, source: 'Authentication', response: {} };
  await environment.triggers.run('preAuthentication', {
    ...call,
    request: { userAttributes: triggerAttributes(pool, user), validationData: {} },
  });
  assertMutable(pool, attributes);
  assertNewAttributes(pool, attributes);
  changeAttributes(pool, user, withUnverified(attributes));
  identity.attributeName = COGNITO_SUBJECT;
  identity.value = subject;
  publishIdentities(pool, user);
  user.modifiedAt = environment.clock();
  await environment.triggers.run('postAuthentication', {
    ...call,
    request: { userAttributes: triggerAttributes(pool, user), newDeviceUsed: false },
  });
  return user;
}

function assertConforms(pool: Pool, attributes: Attributes): void {
  const missing = requiredAttributes(pool).filter((name) => !attributes[name]);
  if (missing.length > 0) {
    throw new FederationError('invalid_request', `attributes required: [${missing.join(', ')}]`);
  }
  assertNewAttributes(pool, attributes);
}

function assertFree(vouched: Vouched, username: string): void {
  if (ownerOf(vouched) !== undefined || vouched.pool.users.byUsername(username) !== undefined) {
    throw new FederationError('invalid_request', `Already found an entry for username ${username}`);
  }
}

/** Every sign-in writes the mapped attributes anew, so an immutable one lets a user sign in just once. */
function assertMutable(pool: Pool, attributes: Attributes): void {
  const immutable = Object.keys(attributes).find((name) => pool.schema.get(name)?.Mutable === false);
  if (immutable !== undefined) {
    throw new FederationError('invalid_request', `user.${immutable}: Attribute cannot be updated.\n`);
  }
}

/** An address is unverified, also one that was verified before, unless the provider's claims say that it is not. */
function withUnverified(attributes: Attributes): Attributes {
  const flags = CHANNELS.filter((name) => attributes[name] !== undefined).map((name) => [`${name}_verified`, 'false']);
  return { ...(Object.fromEntries(flags) as Attributes), ...attributes };
}
