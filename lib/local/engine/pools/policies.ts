import type { PasswordPolicyType, UserPoolPolicyType } from '@aws-sdk/client-cognito-identity-provider';

const NUMBERS: PasswordPolicyType = { MinimumLength: 8, TemporaryPasswordValidityDays: 7 };

const NEW_POOL: UserPoolPolicyType = {
  PasswordPolicy: {
    ...NUMBERS,
    RequireUppercase: true,
    RequireLowercase: true,
    RequireNumbers: true,
    RequireSymbols: true,
  },
  SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD'] },
};

/** A password policy that is given in part requires nothing that it does not name. */
const GIVEN_IN_PART: PasswordPolicyType = {
  ...NUMBERS,
  RequireUppercase: false,
  RequireLowercase: false,
  RequireNumbers: false,
  RequireSymbols: false,
};

/** The parameters of a request that make up a pool's policies. */
export interface RequestedPolicies {
  readonly policies: UserPoolPolicyType | undefined;
  /** The old name of `TemporaryPasswordValidityDays`. */
  readonly unusedAccountValidityDays: number | undefined;
}

/**
 * The policies of a pool. Each of the two stays as it is if a request leaves it out, also if the request has the other one.
 *
 * @param kept - the policies before an update. Default: those of a new pool.
 */
export function policiesOf(requested: RequestedPolicies, kept: UserPoolPolicyType = NEW_POOL): UserPoolPolicyType {
  const { policies, unusedAccountValidityDays: days } = requested;
  const base = policies?.PasswordPolicy === undefined ? kept.PasswordPolicy : GIVEN_IN_PART;
  return {
    PasswordPolicy: {
      ...base,
      ...(days !== undefined && { TemporaryPasswordValidityDays: days }),
      ...policies?.PasswordPolicy,
    },
    SignInPolicy: policies?.SignInPolicy ?? kept.SignInPolicy,
  };
}
