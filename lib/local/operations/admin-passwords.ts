import { notAuthorized } from '../engine/cognito-fault.js';
import { sendCode } from '../engine/users/codes.js';
import { assertNotUsedBefore, setPassword } from '../engine/users/password.js';
import { assertPasswordPolicy } from '../engine/users/password-policy.js';
import type { OperationTable } from './operation.js';
import { requiredRecoveryChannel } from './password-recovery.js';
import { poolAndUser } from './pool-and-user.js';

/** Administrators: passwords. */
export const adminPasswordOperations: OperationTable<'AdminSetUserPassword' | 'AdminResetUserPassword'> = {
  AdminSetUserPassword: {
    handle: (environment, input) => {
      const { pool, user } = poolAndUser(environment, input);
      assertPasswordPolicy(pool, input.Password, 'password policy');
      assertNotUsedBefore(pool, user, input.Password);
      const permanent = input.Permanent ?? false;
      setPassword(environment, pool, user, input.Password, !permanent);
      user.status = permanent ? 'CONFIRMED' : 'FORCE_CHANGE_PASSWORD';
      user.modifiedAt = environment.clock();
      return {};
    },
  },
  AdminResetUserPassword: {
    handle: async (environment, input) => {
      const { pool, user } = poolAndUser(environment, input);
      if (!user.enabled) {
        throw notAuthorized('User is disabled');
      }
      if (user.status !== 'CONFIRMED' && user.status !== 'RESET_REQUIRED') {
        throw notAuthorized('User password cannot be reset in the current state.');
      }
      const channel = requiredRecoveryChannel(pool, user);
      const { ClientMetadata: clientMetadata } = input;
      await sendCode(environment, 'forgot-password', { pool, user, channel, kind: 'ForgotPassword', clientMetadata });
      user.status = 'RESET_REQUIRED';
      user.modifiedAt = environment.clock();
      pool.signIns.revokeAll(user.sub);
      return {};
    },
  },
};
