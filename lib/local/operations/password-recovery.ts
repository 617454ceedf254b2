import { invalidParameter, notAuthorized } from '../engine/cognito-fault.js';
import type { Channel } from '../engine/messages/outgoing-message.js';
import { countAttempt } from '../engine/users/attempt-limits.js';
import { checkCode, codeMismatch, forgetCode, sendCode } from '../engine/users/codes.js';
import { runPostConfirmation } from '../engine/users/post-confirmation.js';
import { findUserFor, hidesUsers } from '../engine/users/find-user.js';
import { migrateUser } from '../engine/users/migrate-user.js';
import { assertNotUsedBefore, setPassword } from '../engine/users/password.js';
import { assertPasswordPolicy } from '../engine/users/password-policy.js';
import { simulatedDelivery, unknownCombination } from '../engine/users/simulated-delivery.js';
import { isAdminOnlyRecovery, recoveryChannel } from '../engine/users/verification-channel.js';
import type { Pool } from '../model/pool.js';
import type { User } from '../model/user.js';
import { callingClient } from './client-and-username.js';
import type { OperationTable } from './operation.js';

/** Recovery of a forgotten password. */
export const passwordRecoveryOperations: OperationTable<'ForgotPassword' | 'ConfirmForgotPassword'> = {
  ForgotPassword: {
    handle: async (environment, input) => {
      const { pool, client } = callingClient(environment, input);
      if (isAdminOnlyRecovery(pool)) {
        throw notAuthorized('Contact administrator to reset password.');
      }
      const { ClientMetadata: clientMetadata } = input;
      const migration = { pool, client, username: input.Username, clientMetadata };
      const user = findUserFor(client, pool, input.Username) ?? (await migrateUser(environment, migration));
      if (user === undefined) {
        return { CodeDeliveryDetails: simulatedDelivery(pool, client, input.Username) };
      }
      const channel = resetChannel(pool, user);
      countAttempt(environment, user, 'ForgotPassword');
      const message = { pool, user, channel, kind: 'ForgotPassword', clientId: client.id, clientMetadata } as const;
      return { CodeDeliveryDetails: await sendCode(environment, 'forgot-password', message) };
    },
  },
  ConfirmForgotPassword: {
    handle: async (environment, input) => {
      const { pool, client } = callingClient(environment, input);
      const user = findUserFor(client, pool, input.Username);
      if (user === undefined) {
        throw hidesUsers(client) ? codeMismatch() : unknownCombination();
      }
      countAttempt(environment, user, 'ConfirmForgotPassword');
      checkCode(environment, user, 'forgot-password', input.ConfirmationCode);
      assertPasswordPolicy(pool, input.Password);
      assertNotUsedBefore(pool, user, input.Password);
      forgetCode(user, 'forgot-password');
      setPassword(environment, pool, user, input.Password);
      user.status = 'CONFIRMED';
      user.modifiedAt = environment.clock();
      const confirmed = { pool, user, client, clientMetadata: input.ClientMetadata };
      await runPostConfirmation(environment, 'ConfirmForgotPassword', confirmed);
      return {};
    },
  },
};

function resetChannel(pool: Pool, user: User): Channel {
  if (!user.enabled) {
    throw notAuthorized('User is disabled.');
  }
  if (user.status === 'FORCE_CHANGE_PASSWORD' || user.status === 'EXTERNAL_PROVIDER') {
    throw notAuthorized('User password cannot be reset in the current state.');
  }
  return requiredRecoveryChannel(pool, user);
}

/** @throws CognitoFault InvalidParameterException if the user has no address for a recovery code. */
export function requiredRecoveryChannel(pool: Pool, user: User): Channel {
  const channel = recoveryChannel(pool, user);
  if (channel === undefined) {
    throw invalidParameter(
      'Cannot reset password for the user as there is no registered/verified email or phone_number',
    );
  }
  return channel;
}
