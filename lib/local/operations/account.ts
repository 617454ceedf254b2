import { bearerOf } from '../engine/tokens/access-token.js';
import { readableAttributes } from '../engine/tokens/user-claims.js';
import { countAttempt } from '../engine/users/attempt-limits.js';
import { assertNotUsedBefore, hasPassword, passwordMatches, setPassword } from '../engine/users/password.js';
import { assertPasswordPolicy } from '../engine/users/password-policy.js';
import { removeUser } from '../engine/users/remove-user.js';
import { attributeList, mfaMembers } from '../engine/users/describe-user.js';
import { incorrectPassword } from '../engine/sign-in/faults.js';
import type { OperationTable } from './operation.js';

/** The account of the signed-in user. */
export const accountOperations: OperationTable<'GetUser' | 'DeleteUser' | 'GlobalSignOut' | 'ChangePassword'> = {
  GetUser: {
    handle: async (environment, { AccessToken }) => {
      const { client, user } = await bearerOf(environment, AccessToken);
      const readable = new Set(readableAttributes(client, user));
      return {
        Username: user.username,
        UserAttributes: attributeList(user.attributes, (name) => readable.has(name)),
        ...mfaMembers(user),
      };
    },
  },
  DeleteUser: {
    handle: async (environment, { AccessToken }) => {
      const { pool, user } = await bearerOf(environment, AccessToken);
      removeUser(environment, pool, user);
      return {};
    },
  },
  GlobalSignOut: {
    handle: async (environment, { AccessToken }) => {
      const { pool, user } = await bearerOf(environment, AccessToken);
      pool.signIns.revokeAll(user.sub);
      return {};
    },
  },
  ChangePassword: {
    handle: async (environment, { AccessToken, PreviousPassword, ProposedPassword }) => {
      const { pool, user } = await bearerOf(environment, AccessToken);
      countAttempt(environment, user, 'ChangePassword');
      const mayChange = !hasPassword(user) || (await passwordMatches(environment, pool, user, PreviousPassword ?? ''));
      if (!mayChange) {
        throw incorrectPassword();
      }
      assertPasswordPolicy(pool, ProposedPassword);
      assertNotUsedBefore(pool, user, ProposedPassword);
      setPassword(environment, pool, user, ProposedPassword);
      user.modifiedAt = environment.clock();
      return {};
    },
  },
};
