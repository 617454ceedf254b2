import type { IdentityProvider, LinkedIdentity } from '../../model/identity-provider.js';
import type { Pool } from '../../model/pool.js';
import type { User } from '../../model/user.js';
import { IDENTITIES } from '../pools/standard-attributes.js';

/** The attribute name that stands for the subject at the provider. */
export const COGNITO_SUBJECT = 'Cognito_Subject';

/** A user and the identity by which they were found. */
export interface IdentityOwner {
  readonly user: User;
  readonly identity: LinkedIdentity;
}

/** The user who has an identity at a provider, named by its subject or by a mapped attribute. */
export function ownerOfIdentity(
  pool: Pool,
  providerName: string,
  attributeName: string,
  value: string,
): IdentityOwner | undefined {
  for (const user of pool.users.withIdentity(providerName, attributeName, value)) {
    const identity = user.identities?.find(
      (candidate) =>
        candidate.providerName === providerName &&
        candidate.attributeName === attributeName &&
        candidate.value === value,
    );
    if (identity !== undefined) {
      return { user, identity };
    }
  }
  return undefined;
}

/** Gives a user an identity. */
export function addIdentity(pool: Pool, user: User, identity: LinkedIdentity): void {
  user.identities = [...(user.identities ?? []), identity];
  publishIdentities(pool, user);
}

/** Takes an identity from a user. */
export function removeIdentity(pool: Pool, user: User, identity: LinkedIdentity): void {
  user.identities = (user.identities ?? []).filter((other) => other !== identity);
  publishIdentities(pool, user);
}

/** Writes the attribute `identities`, which the API, triggers and userInfo show. */
export function publishIdentities(pool: Pool, user: User): void {
  const identities = (user.identities ?? []).map((identity) => described(pool, identity));
  const others = Object.entries(user.attributes).filter(([name]) => name !== IDENTITIES);
  const own: [string, string][] = identities.length === 0 ? [] : [[IDENTITIES, JSON.stringify(identities)]];
  user.attributes = Object.fromEntries([...others, ...own]);
}

/** The claim `identities` of the ID token: all values are strings there. */
export function identitiesClaim(attribute: string): readonly Record<string, unknown>[] {
  const identities = JSON.parse(attribute) as ReturnType<typeof described>[];
  return identities.map(({ primary, dateCreated, ...identity }) => ({
    ...identity,
    primary: String(primary),
    dateCreated: String(dateCreated),
  }));
}

/** The username of a user whom a federated sign-in creates. */
export function federatedUsername(pool: Pool, { name }: IdentityProvider, subject: string): string {
  const username = `${name}_${subject}`;
  return pool.settings.UsernameConfiguration?.CaseSensitive === false ? username.toLowerCase() : username;
}

function described(pool: Pool, { providerName, providerType, value, primary, createdAt }: LinkedIdentity) {
  return {
    userId: value,
    providerName,
    providerType,
    issuer: issuerOf(pool, providerName),
    primary,
    dateCreated: createdAt,
  };
}

/** Only SAML identities name their issuer. */
function issuerOf(pool: Pool, providerName: string): string | null {
  const provider = pool.identityProviders.get(providerName);
  return provider?.type === 'SAML' ? (provider.details['MetadataURL'] ?? null) : null;
}
