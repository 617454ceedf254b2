import type { AccountRecoverySettingType } from '@aws-sdk/client-cognito-identity-provider';

import type { PoolSettings } from '../../model/pool.js';
import { invalidParameter } from '../cognito-fault.js';
import { assertLambdaConfig } from './lambda-config.js';

/**
 * Refuses the parameters of CreateUserPool or UpdateUserPool that contradict each other.
 *
 * @param settings - as requested, without defaults.
 * @throws CognitoFault InvalidParameterException
 */
export function assertPoolSettings(settings: PoolSettings): void {
  assertSignInNames(settings);
  assertVerification(settings);
  assertRecovery(settings.AccountRecoverySetting);
  assertTemporaryPasswords(settings);
  assertEmailSender(settings);
  assertLambdaConfig(settings.LambdaConfig);
}

function assertSignInNames({ AliasAttributes: aliases = [], UsernameAttributes: usernames = [] }: PoolSettings): void {
  if (aliases.length > 0 && usernames.length > 0) {
    throw invalidParameter(
      'Only one of the aliasAttributes or usernameAttributes can be set in a User pool.',
      'UsernameAttributes',
    );
  }
}

function assertVerification(settings: PoolSettings): void {
  const { AutoVerifiedAttributes: verified = [], UserAttributeUpdateSettings: updates, SmsConfiguration } = settings;
  if (updates?.AttributesRequireVerificationBeforeUpdate?.some((name) => !verified.includes(name))) {
    throw invalidParameter(
      'All attributes in AttributesRequireVerificationBeforeUpdate must exist in AutoVerifiedAttributes',
      'UserAttributeUpdateSettings',
    );
  }
  if (verified.includes('phone_number') && SmsConfiguration === undefined) {
    throw invalidParameter(
      'SMS configuration is required when phone_number is selected for auto verification',
      'SmsConfiguration',
    );
  }
}

function assertRecovery({ RecoveryMechanisms: mechanisms = [] }: AccountRecoverySettingType = {}): void {
  const names = new Set(mechanisms.map(({ Name }) => Name));
  const priorities = new Set(mechanisms.map(({ Priority }) => Priority));
  if (names.has('admin_only') && mechanisms.length > 1) {
    throw invalidParameter(
      'Account Recovery Setting cannot use admin_only setting with any other recovery mechanisms.',
      'AccountRecoverySetting',
    );
  }
  if (names.size < mechanisms.length || priorities.size < mechanisms.length) {
    throw invalidParameter(
      'Account Recovery Setting cannot have duplicate priorities or recovery mechanisms.',
      'AccountRecoverySetting',
    );
  }
}

/** The two settings are one: the older name is the one of AdminCreateUserConfig. */
function assertTemporaryPasswords({ AdminCreateUserConfig, Policies }: PoolSettings): void {
  if (
    AdminCreateUserConfig?.UnusedAccountValidityDays !== undefined &&
    Policies?.PasswordPolicy?.TemporaryPasswordValidityDays !== undefined
  ) {
    throw invalidParameter(
      'Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays',
      'AdminCreateUserConfig.UnusedAccountValidityDays',
    );
  }
}

function assertEmailSender({ EmailConfiguration: email }: PoolSettings): void {
  if (email?.EmailSendingAccount === 'DEVELOPER' && email.SourceArn === undefined) {
    throw invalidParameter(
      'Source ARN is required to use DEVELOPER email sending owner',
      'EmailConfiguration.SourceArn',
    );
  }
}
