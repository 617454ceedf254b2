import { CognitoFault } from '../engine/cognito-fault.js';
import { assertRoom } from '../engine/limits/resource-limits.js';
import { describeGroup, groupByName } from '../engine/pools/groups.js';
import { poolById } from '../engine/pools/pool-lookup.js';
import type { Group } from '../model/pool.js';
import type { OperationTable } from './operation.js';
import { recordPage } from './pages.js';

/** Groups: create, get, update, delete and list. */
export const groupOperations: OperationTable<
  'CreateGroup' | 'GetGroup' | 'UpdateGroup' | 'DeleteGroup' | 'ListGroups'
> = {
  CreateGroup: {
    handle: (environment, input) => {
      const pool = poolById(environment, input.UserPoolId);
      if (pool.groups.has(input.GroupName)) {
        throw new CognitoFault('GroupExistsException', 'A group with the name already exists');
      }
      assertRoom('groups', pool.groups);
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
    handle: (environment, input) => {
      const pool = poolById(environment, input.UserPoolId);
      return { Group: describeGroup(pool, groupByName(pool, input.GroupName)) };
    },
  },
  UpdateGroup: {
    handle: (environment, input) => {
      const pool = poolById(environment, input.UserPoolId);
      const group = groupByName(pool, input.GroupName);
      Object.assign(group, settingsOf(input), { modifiedAt: environment.clock() });
      return { Group: describeGroup(pool, group) };
    },
  },
  DeleteGroup: {
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
