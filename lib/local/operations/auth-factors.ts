import { hasPassword } from '../engine/users/password.js';
import type { AuthFactorType } from '@aws-sdk/client-cognito-identity-provider';

import { poolAllows } from '../engine/sign-in/first-factors.js';
import { bearerOf } from '../engine/tokens/access-token.js';
import { mfaMembers } from '../engine/users/describe-user.js';
import { isVerified } from '../engine/users/verification-flags.js';
import type { Pool } from '../model/pool.js';
import type { User } from '../model/user.js';
import type { OperationOutput, OperationTable } from './operation.js';
import { poolAndUser } from './pool-and-user.js';

/** The factors that a user can sign in with, and the chosen second factors. */
export const authFactorOperations: OperationTable<'GetUserAuthFactors' | 'AdminGetUserAuthFactors'> = {
  GetUserAuthFactors: {
    handle: async (environment, { AccessToken }) => factorsOf(await bearerOf(environment, AccessToken)),
  },
  AdminGetUserAuthFactors: {
    handle: (environment, input) => factorsOf(poolAndUser(environment, input)),
  },
};

function factorsOf(owner: { readonly pool: Pool; readonly user: User }): OperationOutput<'GetUserAuthFactors'> {
  return {
    Username: owner.user.username,
    ...mfaMembers(owner.user),
    ConfiguredUserAuthFactors: configuredFactors(owner),
  };
}

/** An address counts only when it is verified, although Cognito may send a code to an unverified one. */
function configuredFactors({ pool, user }: { readonly pool: Pool; readonly user: User }): AuthFactorType[] {
  const factors: readonly (readonly [AuthFactorType, boolean])[] = [
    ['PASSWORD', poolAllows(pool, 'PASSWORD') && hasPassword(user)],
    ['EMAIL_OTP', poolAllows(pool, 'EMAIL_OTP') && isVerified(user.attributes, 'email')],
    ['SMS_OTP', poolAllows(pool, 'SMS_OTP') && isVerified(user.attributes, 'phone_number')],
    ['WEB_AUTHN', poolAllows(pool, 'WEB_AUTHN') && user.passkeys.length > 0],
    ['SOFTWARE_TOKEN', user.softwareToken?.verified ?? false],
  ];
  return factors.flatMap(([factor, configured]) => (configured ? [factor] : []));
}
