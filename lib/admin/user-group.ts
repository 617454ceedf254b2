import { requireMember } from '../protocol/protocol-error.js';

/** A group of users. Times in milliseconds since the epoch. */
export interface UserGroup {
  /** As it stands in the claim `cognito:groups`. */
  readonly name: string;
  readonly description?: string;
  /** The lower, the more it counts where one group has to be chosen: `cognito:preferred_role`. */
  readonly precedence?: number;
  /** The IAM role that an identity pool may give to members. */
  readonly roleArn?: string;
  readonly createdAt?: number;
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
