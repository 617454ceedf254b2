import { assertGroupsOfUser } from '../engine/limits/resource-limits.js';
import { describeGroup, groupByName } from '../engine/pools/groups.js';
import { poolById } from '../engine/pools/pool-lookup.js';
import { groupsOf } from '../engine/tokens/user-claims.js';
import { describeUser } from '../engine/users/describe-user.js';
import type { OperationTable } from './operation.js';
import { pageOf, userPage } from './pages.js';
import { poolAndUser } from './pool-and-user.js';

/** Members of groups. Adding or removing a user twice is not an error. */
export const groupMemberOperations: OperationTable<
  'AdminAddUserToGroup' | 'AdminRemoveUserFromGroup' | 'AdminListGroupsForUser' | 'ListUsersInGroup'
> = {
  AdminAddUserToGroup: {
    handle: (environment, input) => {
      const { pool, user } = poolAndUser(environment, input);
      const { name } = groupByName(pool, input.GroupName);
      const groups = [...new Set([...user.groups, name])];
      assertGroupsOfUser(groups);
      user.groups = groups;
      return {};
    },
  },
  AdminRemoveUserFromGroup: {
    handle: (environment, input) => {
      const { pool, user } = poolAndUser(environment, input);
      const { name } = groupByName(pool, input.GroupName);
      user.groups = user.groups.filter((group) => group !== name);
      return {};
    },
  },
  AdminListGroupsForUser: {
    handle: (environment, { Limit, NextToken, ...input }) => {
      const { pool, user } = poolAndUser(environment, input);
      const { items, next } = pageOf(groupsOf(pool, user), Limit, NextToken, {
        keyOf: ({ precedence, createdAt, name }) => [precedence ?? Number.MAX_SAFE_INTEGER, createdAt, name],
      });
      return {
        Groups: items.map((group) => describeGroup(pool, group)),
        NextToken: next,
      };
    },
  },
  ListUsersInGroup: {
    handle: (environment, { UserPoolId, GroupName, Limit, NextToken }) => {
      const pool = poolById(environment, UserPoolId);
      const { name } = groupByName(pool, GroupName);
      const { items, next } = userPage(pool.users, { index: 'group', key: name }, Limit, NextToken);
      return { Users: items.map((user) => describeUser(user)), NextToken: next };
    },
  },
};
