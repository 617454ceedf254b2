import type { DeliveryMediumType, MessageActionType } from '@aws-sdk/client-cognito-identity-provider';

import type { Environment } from '../engine/environment.js';
import { poolById } from '../engine/pools/pool-lookup.js';
import { adminCreateUser, resendInvitation } from '../engine/users/admin-create.js';
import { attributesByName } from '../engine/users/attribute-rules.js';
import { runPostConfirmation } from '../engine/users/post-confirmation.js';
import { userFilter } from '../engine/users/user-filter.js';
import { mfaMembers, describeUser } from '../engine/users/describe-user.js';
import type { User } from '../model/user.js';
import {
  FILTER,
  BOOLEAN,
  LIMIT,
  ATTRIBUTES,
  STRINGS,
  MAP,
  type MemberRule,
  PAGINATION_TOKEN,
  PASSWORD,
  required,
  USER_POOL_ID,
} from './member-rules.js';
import type { OperationTable } from './operation.js';
import { pageOf } from './pages.js';
import { POOL_AND_NAME, poolAndUser } from './pool-and-user.js';
import { assertUnconfirmed } from './sign-up.js';

const MESSAGE_ACTIONS: readonly MessageActionType[] = ['RESEND', 'SUPPRESS'];
const MESSAGE_ACTION: MemberRule = { type: 'string', values: MESSAGE_ACTIONS };
const DEFAULT_MEDIUMS: readonly DeliveryMediumType[] = ['SMS'];

/** Administrators: users and their status. */
export const adminUserOperations: OperationTable<
  | 'AdminCreateUser'
  | 'AdminGetUser'
  | 'AdminConfirmSignUp'
  | 'AdminDeleteUser'
  | 'AdminEnableUser'
  | 'AdminDisableUser'
  | 'AdminUserGlobalSignOut'
  | 'ListUsers'
> = {
  AdminCreateUser: {
    members: {
      ...POOL_AND_NAME,
      UserAttributes: ATTRIBUTES,
      ValidationData: ATTRIBUTES,
      TemporaryPassword: PASSWORD,
      ForceAliasCreation: BOOLEAN,
      MessageAction: MESSAGE_ACTION,
      DesiredDeliveryMediums: STRINGS,
      ClientMetadata: MAP,
    },
    handle: async (environment, input) => {
      const invitation = {
        pool: poolById(environment, input.UserPoolId),
        username: input.Username,
        attributes: attributesByName(input.UserAttributes),
        temporaryPassword: input.TemporaryPassword,
        forceAliasCreation: input.ForceAliasCreation ?? false,
        mediums: input.MessageAction === 'SUPPRESS' ? undefined : (input.DesiredDeliveryMediums ?? DEFAULT_MEDIUMS),
        validationData: attributesByName(input.ValidationData),
        clientMetadata: input.ClientMetadata,
      };
      const create = input.MessageAction === 'RESEND' ? resendInvitation : adminCreateUser;
      return { User: describeUser(await create(environment, invitation)) };
    },
  },
  AdminGetUser: {
    members: POOL_AND_NAME,
    handle: (environment, input) => {
      const { user } = poolAndUser(environment, input);
      const { Attributes, ...view } = describeUser(user);
      return { ...view, Username: user.username, UserAttributes: Attributes, ...mfaMembers(user) };
    },
  },
  AdminConfirmSignUp: {
    members: { ...POOL_AND_NAME, ClientMetadata: MAP },
    handle: async (environment, input) => {
      const { pool, user } = poolAndUser(environment, input);
      assertUnconfirmed(user);
      touch(environment, user).status = 'CONFIRMED';
      await runPostConfirmation(environment, 'ConfirmSignUp', { pool, user, clientMetadata: input.ClientMetadata });
      return {};
    },
  },
  AdminDeleteUser: {
    members: POOL_AND_NAME,
    handle: (environment, input) => {
      const { pool, user } = poolAndUser(environment, input);
      pool.users.remove(user);
      pool.authEvents.delete(user.sub);
      return {};
    },
  },
  AdminEnableUser: {
    members: POOL_AND_NAME,
    handle: (environment, input) => {
      touch(environment, poolAndUser(environment, input).user).enabled = true;
      return {};
    },
  },
  AdminDisableUser: {
    members: POOL_AND_NAME,
    handle: (environment, input) => {
      const { pool, user } = poolAndUser(environment, input);
      touch(environment, user).enabled = false;
      pool.signIns.revokeAll(user.sub, environment.clock());
      return {};
    },
  },
  AdminUserGlobalSignOut: {
    members: POOL_AND_NAME,
    handle: (environment, input) => {
      const { pool, user } = poolAndUser(environment, input);
      pool.signIns.revokeAll(user.sub, environment.clock());
      return {};
    },
  },
  ListUsers: {
    members: {
      UserPoolId: required(USER_POOL_ID),
      AttributesToGet: STRINGS,
      Limit: LIMIT,
      PaginationToken: PAGINATION_TOKEN,
      Filter: FILTER,
    },
    handle: (environment, { UserPoolId, AttributesToGet, Limit, PaginationToken, Filter }) => {
      const users = poolById(environment, UserPoolId).users.all().filter(userFilter(Filter));
      const { items, next } = pageOf(users, Limit, PaginationToken, `${UserPoolId} ${Filter ?? ''}`);
      return {
        Users: items.map((user) => describeUser(user, AttributesToGet)),
        PaginationToken: next,
      };
    },
  },
};

function touch({ clock }: Environment, user: User): User {
  user.modifiedAt = clock();
  return user;
}
