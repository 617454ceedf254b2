import type { AttributeType, UserType } from '@aws-sdk/client-cognito-identity-provider';

import type { Pool } from '../../model/pool.js';
import type { User } from '../../model/user.js';
import { invalidParameter } from '../cognito-fault.js';

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
 * Checks AttributesToGet of ListUsers.
 *
 * @param users - the users of the page.
 * @throws CognitoFault InvalidParameterException for an attribute that the schema lacks, or that none of the users has.
 */
export function assertAttributesExist(pool: Pool, users: readonly User[], names: readonly string[] = []): void {
  const exists = (name: string): boolean =>
    users.length === 0 ? pool.schema.has(name) : users.some(({ attributes }) => attributes[name] !== undefined);
  if (!names.every(exists)) {
    throw invalidParameter('One or more requested attributes do not exist.');
  }
}

/**
 * The `User` member of AdminCreateUser and the entries of ListUsers.
 *
 * @param attributes - names of the attributes to return. Default: all.
 */
export function describeUser(user: User, attributes?: readonly string[]): UserType {
  const selected = attributes && new Set(attributes);
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
