import type { AttributeType, UserType } from '@aws-sdk/client-cognito-identity-provider';

import type { User } from '../../model/user.js';

/** Converts attributes to the list on the wire. */
export function attributeList(
  attributes: Readonly<Record<string, string>>,
  only?: (name: string) => boolean,
): AttributeType[] {
  return Object.entries(attributes)
    .filter(([name]) => only?.(name) ?? true)
    .map(([Name, Value]) => ({ Name, Value }));
}

/**
 * The `User` member of AdminCreateUser and the entries of ListUsers.
 *
 * @param attributes - names of the attributes to return. Default, also for an empty array: all.
 */
export function describeUser(user: User, attributes?: readonly string[]): UserType {
  const selected = attributes === undefined || attributes.length === 0 ? undefined : new Set(attributes);
  return {
    Username: user.username,
    Attributes: attributeList(user.attributes, (name) => selected?.has(name) ?? true),
    UserCreateDate: new Date(user.createdAt),
    UserLastModifiedDate: new Date(user.modifiedAt),
    Enabled: user.enabled,
    UserStatus: user.status,
  };
}

/** The MFA members of GetUser and AdminGetUser, omitted when the user has no MFA. */
export function mfaMembers({ mfa }: User): { UserMFASettingList?: string[]; PreferredMfaSetting?: string } {
  return {
    ...(mfa.enabled.length > 0 && { UserMFASettingList: [...mfa.enabled] }),
    ...(mfa.preferred !== undefined && { PreferredMfaSetting: mfa.preferred }),
  };
}
