import type { DeliveryMediumType } from '@aws-sdk/client-cognito-identity-provider';

import type { Environment } from '../engine/environment.js';
import { poolById } from '../engine/pools/pool-lookup.js';
import { adminCreateUser, resendInvitation } from '../engine/users/admin-create.js';
import { attributesByName } from '../engine/users/attribute-rules.js';
import { runPostConfirmation } from '../engine/users/post-confirmation.js';
import { removeUser } from '../engine/users/remove-user.js';
import { userQuery } from '../engine/users/user-filter.js';
import { assertAttributesExist, describeUser, mfaMembers } from '../engine/users/describe-user.js';
import type { User } from '../model/user.js';
import type { OperationTable } from './operation.js';
import { userPage } from './pages.js';
import { poolAndUser } from './pool-and-user.js';
import { assertUnconfirmed } from './sign-up.js';

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
    handle: async (environment, input) => {
      const invitation = {
        pool: poolById(environment, input.UserPoolId),
        username: input.Username,
        attributes: attributesByName(input.UserAttributes),
        // Like an absent one, an empty password asks for a user without.
        temporaryPassword: input.TemporaryPassword === '' ? undefined : input.TemporaryPassword,
        forceAliasCreation: input.ForceAliasCreation ?? false,
        hasDefaultMediums: input.DesiredDeliveryMediums === undefined,
        mediums: input.MessageAction === 'SUPPRESS' ? undefined : (input.DesiredDeliveryMediums ?? DEFAULT_MEDIUMS),
        validationData: input.ValidationData && attributesByName(input.ValidationData),
        clientMetadata: input.ClientMetadata,
      };
      const create = input.MessageAction === 'RESEND' ? resendInvitation : adminCreateUser;
      return { User: describeUser(await create(environment, invitation)) };
    },
  },
  AdminGetUser: {
    handle: (environment, input) => {
      const { user } = poolAndUser(environment, input);
      const { Attributes, ...view } = describeUser(user);
      return { ...view, Username: user.username, UserAttributes: Attributes, ...mfaMembers(user) };
    },
  },
  AdminConfirmSignUp: {
    handle: async (environment, input) => {
      const { pool, user } = poolAndUser(environment, input);
      assertUnconfirmed(user);
      touch(environment, user).status = 'CONFIRMED';
      await runPostConfirmation(environment, 'ConfirmSignUp', { pool, user, clientMetadata: input.ClientMetadata });
      return {};
    },
  },
  AdminDeleteUser: {
    handle: (environment, input) => {
      const { pool, user } = poolAndUser(environment, input);
      removeUser(environment, pool, user);
      return {};
    },
  },
  AdminEnableUser: {
    handle: (environment, input) => {
      touch(environment, poolAndUser(environment, input).user).enabled = true;
      return {};
    },
  },
  AdminDisableUser: {
    handle: (environment, input) => {
      const { pool, user } = poolAndUser(environment, input);
      touch(environment, user).enabled = false;
      pool.signIns.revokeAll(user.sub);
      return {};
    },
  },
  AdminUserGlobalSignOut: {
    handle: (environment, input) => {
      const { pool, user } = poolAndUser(environment, input);
      pool.signIns.revokeAll(user.sub);
      return {};
    },
  },
  ListUsers: {
    handle: (environment, { UserPoolId, AttributesToGet, Limit, PaginationToken, Filter }) => {
      const pool = poolById(environment, UserPoolId);
      const { items, next } = userPage(pool.users, userQuery(Filter), Limit, PaginationToken);
      assertAttributesExist(pool, items, AttributesToGet);
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
