import type { GroupType } from '@aws-sdk/client-cognito-identity-provider';

import type { Group, Pool } from '../../model/pool.js';
import { CognitoFault } from '../cognito-fault.js';

/** @throws CognitoFault ResourceNotFoundException */
export function groupByName(pool: Pool, name: string): Group {
  const group = pool.groups.get(name);
  if (group === undefined) {
    throw new CognitoFault('ResourceNotFoundException', 'Group not found.');
  }
  return group;
}

/** The `Group` member of every group operation. */
export function describeGroup(pool: Pool, group: Group): GroupType {
  return {
    GroupName: group.name,
    UserPoolId: pool.id,
    Description: group.description,
    RoleArn: group.roleArn,
    Precedence: group.precedence,
    LastModifiedDate: new Date(group.modifiedAt),
    CreationDate: new Date(group.createdAt),
  };
}
