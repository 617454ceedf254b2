import { CognitoFault } from '../engine/cognito-fault.js';
import { describeGroup, groupByName } from '../engine/pools/groups.js';
import { poolById } from '../engine/pools/pool-lookup.js';
import type { Group } from '../model/pool.js';
import { GROUP_NAME, type MemberRule, PAGE, PRECEDENCE, required, USER_POOL_ID } from './member-rules.js';
import type { OperationTable } from './operation.js';
import { recordPage } from './pages.js';

const POOL_AND_GROUP = { UserPoolId: required(USER_POOL_ID), GroupName: required(GROUP_NAME) };
const DESCRIPTION: MemberRule = { type: 'string', maxLength: 2048 };
const ROLE_ARN: MemberRule = { type: 'string', minLength: 20, maxLength: 2048 };
const GROUP_SETTINGS = { Description: DESCRIPTION, RoleArn: ROLE_ARN, Precedence: PRECEDENCE };

/** Groups: create, get, update, delete and list. */
export const groupOperations: OperationTable<
  'CreateGroup' | 'GetGroup' | 'UpdateGroup' | 'DeleteGroup' | 'ListGroups'
> = {
  CreateGroup: {
    members: { ...POOL_AND_GROUP, ...GROUP_SETTINGS },
    handle: (environment, input) => {
      const pool = poolById(environment, input.UserPoolId);
      if (pool.groups.has(input.GroupName)) {
        throw new CognitoFault('GroupExistsException', 'A group with the name already exists');
      }
      const group: Group = {
        name: input.GroupName,
        ...settingsOf(input),
        createdAt: environment.clock(),
        modifiedAt: environment.clock(),
      };
      pool.groups.set(group.name, group);
      return { Group: describeGroup(pool, group) };
    },
  },
  GetGroup: {
    members: POOL_AND_GROUP,
    handle: (environment, input) => {
      const pool = poolById(environment, input.UserPoolId);
      return { Group: describeGroup(pool, groupByName(pool, input.GroupName)) };
    },
  },
  UpdateGroup: {
    members: { ...POOL_AND_GROUP, ...GROUP_SETTINGS },
    handle: (environment, input) => {
      const pool = poolById(environment, input.UserPoolId);
      const group = groupByName(pool, input.GroupName);
      Object.assign(group, settingsOf(input), { modifiedAt: environment.clock() });
      return { Group: describeGroup(pool, group) };
    },
  },
  DeleteGroup: {
    members: POOL_AND_GROUP,
    handle: (environment, input) => {
      const pool = poolById(environment, input.UserPoolId);
      const { name } = groupByName(pool, input.GroupName);
      pool.groups.delete(name);
      for (const user of pool.users.inGroup(name)) {
        user.groups = user.groups.filter((group) => group !== name);
      }
      return {};
    },
  },
  ListGroups: {
    members: { UserPoolId: required(USER_POOL_ID), ...PAGE },
    handle: (environment, { UserPoolId, Limit, NextToken }) => {
      const pool = poolById(environment, UserPoolId);
      const { items, next } = recordPage(pool.groups, Limit, NextToken);
      return {
        Groups: items.map((group) => describeGroup(pool, group)),
        NextToken: next,
      };
    },
  },
};

function settingsOf(input: {
  readonly Description?: string | undefined;
  readonly RoleArn?: string | undefined;
  readonly Precedence?: number | undefined;
}): Pick<Group, 'description' | 'roleArn' | 'precedence'> {
  return {
    ...(input.Description !== undefined && { description: input.Description }),
    ...(input.RoleArn !== undefined && { roleArn: input.RoleArn }),
    ...(input.Precedence !== undefined && { precedence: input.Precedence }),
  };
}
