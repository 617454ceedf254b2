import { notAuthorized } from '../engine/cognito-fault.js';
import { sendCode } from '../engine/users/codes.js';
import { assertNotUsedBefore, setPassword } from '../engine/users/password.js';
import { assertPasswordPolicy } from '../engine/users/password-policy.js';
import { BOOLEAN, MAP, PASSWORD, required } from './member-rules.js';
import type { OperationTable } from './operation.js';
import { requiredRecoveryChannel } from './password-recovery.js';
import { POOL_AND_NAME, poolAndUser } from './pool-and-user.js';

/** Administrators: passwords. */
export const adminPasswordOperations: OperationTable<'AdminSetUserPassword' | 'AdminResetUserPassword'> = {
  AdminSetUserPassword: {
    members: { ...POOL_AND_NAME, Password: required(PASSWORD), Permanent: BOOLEAN },
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
    members: { ...POOL_AND_NAME, ClientMetadata: MAP },
    handle: async (environment, input) => {
      const { pool, user } = poolAndUser(environment, input);
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
