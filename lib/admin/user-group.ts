import { requireMember } from '../protocol/protocol-error.js';

/**
 * A group of users.
 *
 * @publicApi
 */
export interface UserGroup {
  /** The name, as the claim `cognito:groups` contains it. */
  readonly name: string;
  readonly description?: string;
  /** 0 or more. Of a user's groups, the one with the lowest value determines the claim `cognito:preferred_role`. */
  readonly precedence?: number;
  /** The IAM role that an identity pool may assign to members. */
  readonly roleArn?: string;
  /** In milliseconds since the epoch. */
  readonly createdAt?: number;
  /** In milliseconds since the epoch. */
  readonly modifiedAt?: number;
}

/** A group in the SDK's shape. */
export interface SdkGroup {
  readonly GroupName?: string | undefined;
  readonly Description?: string | undefined;
  readonly Precedence?: number | undefined;
  readonly RoleArn?: string | undefined;
  readonly CreationDate?: Date | undefined;
  readonly LastModifiedDate?: Date | undefined;
}

/** From the SDK's shape. */
export function readUserGroup(group: SdkGroup | undefined): UserGroup {
  const { GroupName, Description, Precedence, RoleArn, CreationDate, LastModifiedDate } = requireMember('Group', group);
  return {
    name: requireMember('GroupName', GroupName),
    ...(Description !== undefined && { description: Description }),
    ...(Precedence !== undefined && { precedence: Precedence }),
    ...(RoleArn !== undefined && { roleArn: RoleArn }),
    ...(CreationDate && { createdAt: CreationDate.getTime() }),
    ...(LastModifiedDate && { modifiedAt: LastModifiedDate.getTime() }),
  };
}
