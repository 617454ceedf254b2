import type { User } from './user.js';

/** The attributes that the filter of ListUsers can name. */
export const SEARCHABLE_ATTRIBUTES = [
  'email',
  'phone_number',
  'name',
  'given_name',
  'family_name',
  'preferred_username',
  'sub',
] as const;

/** An attribute that users are found by. */
export type SearchableAttribute = (typeof SEARCHABLE_ATTRIBUTES)[number];

/** An order in which users are listed and found. `all` has one key, so that its order is that of creation. */
export type UserIndexName =
  SearchableAttribute | 'all' | 'username' | 'status' | 'enabled' | 'group' | 'identity' | 'provider';

/** An index and the key of a user in it. */
export type UserIndexKey = readonly [index: UserIndexName, key: string];

/** Whether an attribute is one that users are found by. */
export function isSearchable(name: string): name is SearchableAttribute {
  return (SEARCHABLE_ATTRIBUTES as readonly string[]).includes(name);
}

/** The key of an identity at a provider. */
export function identityKey(providerName: string, attributeName: string, value: string): string {
  return JSON.stringify([providerName, attributeName, value]);
}

/** The key of users who may sign in, or may not: the words of the filter. */
export function enabledKey(enabled: boolean): 'Enabled' | 'Disabled' {
  return enabled ? 'Enabled' : 'Disabled';
}

/**
 * Where a user is found.
 *
 * @param fold - the form in which the pool compares names.
 */
export function indexKeysOf(user: User, fold: (text: string) => string): UserIndexKey[] {
  const { attributes, identities = [] } = user;
  const keys: UserIndexKey[] = [
    ['all', ''],
    ['username', fold(user.username)],
    ['status', user.status.toLowerCase()],
    ['enabled', enabledKey(user.enabled)],
  ];
  for (const name of SEARCHABLE_ATTRIBUTES) {
    const value = attributes[name];
    if (value !== undefined) {
      keys.push([name, fold(value)]);
    }
  }
  for (const group of new Set(user.groups)) {
    keys.push(['group', group]);
  }
  const own = identities.map((id) => identityKey(id.providerName, id.attributeName, id.value));
  for (const key of new Set(own)) {
    keys.push(['identity', key]);
  }
  for (const provider of new Set(identities.map(({ providerName }) => providerName))) {
    keys.push(['provider', provider]);
  }
  return keys;
}
