import { invalidParameter, notAuthorized } from '../engine/cognito-fault.js';
import { findSignUpSession, signUpSession } from '../engine/sign-in/flows/auto-sign-in.js';
import { allowsPasswordless } from '../engine/sign-in/first-factors.js';
import { claimAlias } from '../engine/users/aliases.js';
import { countAttempt } from '../engine/users/attempt-limits.js';
import { attributesByName } from '../engine/users/attribute-rules.js';
import { checkCode, codeExpired, forgetCode, sendCode } from '../engine/users/codes.js';
import { runPostConfirmation } from '../engine/users/post-confirmation.js';
import { findUserFor, hidesUsers } from '../engine/users/find-user.js';
import { signUp } from '../engine/users/sign-up.js';
import { simulatedDelivery, unknownCombination } from '../engine/users/simulated-delivery.js';
import { signUpChannel } from '../engine/users/verification-channel.js';
import { markVerified } from '../engine/users/verification-flags.js';
import type { Pool } from '../model/pool.js';
import type { User } from '../model/user.js';
import { callingClient } from './client-and-username.js';
import type { OperationTable } from './operation.js';

/** Sign-up and its confirmation. */
export const signUpOperations: OperationTable<'SignUp' | 'ConfirmSignUp' | 'ResendConfirmationCode'> = {
  SignUp: {
    handle: async (environment, input) => {
      const { pool, client } = callingClient(environment, input);
      if (input.Password === undefined && !allowsPasswordless(pool)) {
        throw invalidParameter('Password is required');
      }
      const { user, delivery } = await signUp(environment, {
        pool,
        client,
        username: input.Username,
        password: input.Password,
        attributes: attributesByName(input.UserAttributes),
        validationData: input.ValidationData && attributesByName(input.ValidationData),
        clientMetadata: input.ClientMetadata,
      });
      return {
        UserConfirmed: user.status === 'CONFIRMED',
        UserSub: user.sub,
        ...(delivery !== undefined && {
          CodeDeliveryDetails: delivery,
          ...signUpSession(environment, { pool, client, user }),
        }),
      };
    },
  },
  ConfirmSignUp: {
    handle: async (environment, input) => {
      const { pool, client } = callingClient(environment, input);
      const user = findUserFor(client, pool, input.Username);
      if (user === undefined) {
        throw hidesUsers(client) ? codeExpired() : unknownCombination();
      }
      assertUnconfirmed(user);
      const session = findSignUpSession(environment, { pool, client, user }, input.Session);
      countAttempt(environment, user, 'ConfirmSignUp');
      const { attribute, address } = checkCode(environment, user, 'sign-up', input.ConfirmationCode);
      claimAlias(pool, user, attribute, address, { force: input.ForceAliasCreation ?? false });
      markVerified(user, attribute);
      forgetCode(user, 'sign-up');
      user.status = 'CONFIRMED';
      user.modifiedAt = environment.clock();
      await runPostConfirmation(environment, 'ConfirmSignUp', {
        pool,
        user,
        client,
        clientMetadata: input.ClientMetadata,
      });
      return signUpSession(environment, { pool, client, user, session, channel: attribute });
    },
  },
  ResendConfirmationCode: {
    handle: async (environment, input) => {
      const { pool, client } = callingClient(environment, input);
      const user = findUserFor(client, pool, input.Username);
      if (user === undefined) {
        return { CodeDeliveryDetails: simulatedDelivery(pool, client, input.Username) };
      }
      const channel = resendChannel(pool, user);
      countAttempt(environment, user, 'ResendConfirmationCode');
      const details = await sendCode(environment, 'sign-up', {
        pool,
        user,
        channel,
        kind: 'ResendCode',
        clientId: client.id,
        clientMetadata: input.ClientMetadata,
      });
      return { CodeDeliveryDetails: details };
    },
  },
};

/** @throws CognitoFault NotAuthorizedException */
export function assertUnconfirmed({ status }: User): void {
  if (status !== 'UNCONFIRMED') {
    throw notAuthorized(`User cannot be confirmed. Current status is ${status}`);
  }
}

function resendChannel(pool: Pool, user: User): 'email' | 'phone_number' {
  if (user.status !== 'UNCONFIRMED') {
    throw invalidParameter('User is already confirmed.');
  }
  const channel = signUpChannel(pool, user);
  if (channel === undefined) {
    throw notAuthorized('Cannot resend codes. Auto verification not turned on.');
  }
  return channel;
}
