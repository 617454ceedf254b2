import type { AttributeType, UserType } from '@aws-sdk/client-cognito-identity-provider';

import type { User } from '../../model/user.js';

/** Attributes as the wire's list. */
export function attributeList(
  attributes: Readonly<Record<string, string>>,
  only?: (name: string) => boolean,
): AttributeType[] {
  return Object.entries(attributes)
    .filter(([name]) => only?.(name) ?? true)
    .map(([Name, Value]) => ({ Name, Value }));
}

/** A user as AdminCreateUser and the lists show it: its attributes are called `Attributes`. */
export function describeUser(user: User, attributes?: readonly string[]): UserType {
  const wanted = attributes === undefined || attributes.length === 0 ? undefined : new Set(attributes);
  return {
    Username: user.username,
    Attributes: attributeList(user.attributes, (name) => wanted?.has(name) ?? true),
    UserCreateDate: new Date(user.createdAt),
    UserLastModifiedDate: new Date(user.modifiedAt),
    Enabled: user.enabled,
    UserStatus: user.status,
  };
}

/** The MFA members of GetUser and AdminGetUser: absent when there is nothing to tell. */
export function mfaMembers({ mfa }: User): { UserMFASettingList?: string[]; PreferredMfaSetting?: string } {
  return {
    ...(mfa.enabled.length > 0 && { UserMFASettingList: [...mfa.enabled] }),
    ...(mfa.preferred !== undefined && { PreferredMfaSetting: mfa.preferred }),
  };
}
