import type { PasswordPolicyType } from '@aws-sdk/client-cognito-identity-provider';

import type { AppClientSettings } from '../../model/app-client.js';
import type { PoolSettings } from '../../model/pool.js';

const PASSWORD_POLICY: PasswordPolicyType = {
  MinimumLength: 8,
  RequireUppercase: true,
  RequireLowercase: true,
  RequireNumbers: true,
  RequireSymbols: true,
  TemporaryPasswordValidityDays: 7,
};

/** Adds the defaults of CreateUserPool. */
export function withPoolDefaults(settings: PoolSettings): PoolSettings {
  const admin = { AllowAdminCreateUserOnly: false, UnusedAccountValidityDays: 7, ...settings.AdminCreateUserConfig };
  const validity = settings.Policies?.PasswordPolicy?.TemporaryPasswordValidityDays;
  return {
    DeletionProtection: 'INACTIVE',
    LambdaConfig: {},
    VerificationMessageTemplate: { DefaultEmailOption: 'CONFIRM_WITH_CODE' },
    EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT' },
    UserPoolTier: 'ESSENTIALS',
    AccountRecoverySetting: {
      RecoveryMechanisms: [
        { Name: 'verified_email', Priority: 1 },
        { Name: 'verified_phone_number', Priority: 2 },
      ],
    },
    ...settings,
    Policies: {
      SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD'] },
      ...settings.Policies,
      PasswordPolicy: { ...PASSWORD_POLICY, ...settings.Policies?.PasswordPolicy },
    },
    AdminCreateUserConfig: validity === undefined ? admin : { ...admin, UnusedAccountValidityDays: validity },
  };
}

/** Adds the defaults of CreateUserPoolClient. */
export function withClientDefaults(settings: AppClientSettings): AppClientSettings {
  return {
    RefreshTokenValidity: 30,
    AuthSessionValidity: 3,
    EnableTokenRevocation: true,
    EnablePropagateAdditionalUserContextData: false,
    AllowedOAuthFlowsUserPoolClient: false,
    ...settings,
  };
}
