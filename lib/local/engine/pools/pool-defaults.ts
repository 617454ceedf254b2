import type { UserPoolPolicyType } from '@aws-sdk/client-cognito-identity-provider';

import type { PoolSettings } from '../../model/pool.js';
import { lambdaConfigOf } from './lambda-config.js';
import { messageSettingsOf } from './message-settings.js';
import { policiesOf } from './policies.js';

/**
 * Adds the defaults of CreateUserPool and completes structures that are given in part.
 *
 * @param kept - the policies that an update leaves as they are. Default: those of a new pool.
 */
export function withPoolDefaults(settings: PoolSettings, kept?: UserPoolPolicyType): PoolSettings {
  const { AdminCreateUserConfig: admin } = settings;
  const policies = policiesOf(
    { policies: settings.Policies, unusedAccountValidityDays: admin?.UnusedAccountValidityDays },
    kept,
  );
  return {
    DeletionProtection: 'INACTIVE',
    UserPoolTier: 'ESSENTIALS',
    KeyConfiguration: { KeyType: 'AWS_OWNED_KEY' },
    IssuerConfiguration: { Type: 'ORIGINAL' },
    ...settings,
    ...messageSettingsOf(settings),
    LambdaConfig: lambdaConfigOf(settings.LambdaConfig),
    Policies: policies,
    AdminCreateUserConfig: {
      AllowAdminCreateUserOnly: false,
      ...admin,
      UnusedAccountValidityDays: policies.PasswordPolicy?.TemporaryPasswordValidityDays,
    },
  };
}
