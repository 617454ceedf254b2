import type { SetUserMFAPreferenceRequest, SMSMfaSettingsType } from '@aws-sdk/client-cognito-identity-provider';

import type { MfaFactor, User } from '../../model/user.js';
import { hasFactor } from './factors.js';
import {
  factorNotConfigured,
  passkeyMfaUnsupported,
  preferredButDisabled,
  multiplePreferredFactors,
} from './mfa-faults.js';

/** The factors' settings in SetUserMFAPreference and AdminSetUserMFAPreference. Factors without settings stay unchanged. */
export type PreferenceRequest = Pick<
  SetUserMFAPreferenceRequest,
  'SMSMfaSettings' | 'SoftwareTokenMfaSettings' | 'EmailMfaSettings' | 'WebAuthnMfaSettings'
>;

type Change = readonly [MfaFactor, SMSMfaSettingsType];

/**
 * Enables, disables and prefers MFA factors of a user.
 *
 * @throws CognitoFault InvalidParameterException for a factor that is not set up, for two preferred factors, and for a
 *   preferred factor that is disabled.
 */
export function changeMfaPreference(user: User, request: PreferenceRequest): void {
  if (request.WebAuthnMfaSettings?.Enabled === true) {
    throw passkeyMfaUnsupported();
  }
  const changes = changesOf(request);
  for (const [factor, { Enabled = false, PreferredMfa = false }] of changes) {
    if (Enabled && !hasFactor(user, factor)) {
      throw factorNotConfigured(factor);
    }
    if (PreferredMfa && !Enabled) {
      throw preferredButDisabled(factor);
    }
  }
  if (changes.filter(([, { PreferredMfa }]) => PreferredMfa).length > 1) {
    throw multiplePreferredFactors();
  }
  for (const change of changes) {
    apply(user, change);
  }
}

/** Enables a factor. */
export function enableFactor(user: User, factor: MfaFactor): void {
  if (!user.mfa.enabled.includes(factor)) {
    user.mfa.enabled.push(factor);
  }
}

/** Disables a factor, which also stops being preferred. */
export function disableFactor(user: User, factor: MfaFactor): void {
  user.mfa.enabled = user.mfa.enabled.filter((enabled) => enabled !== factor);
  if (user.mfa.preferred === factor) {
    delete user.mfa.preferred;
  }
}

function changesOf({ SMSMfaSettings, SoftwareTokenMfaSettings, EmailMfaSettings }: PreferenceRequest): Change[] {
  const settings: readonly (readonly [MfaFactor, SMSMfaSettingsType | undefined])[] = [
    ['SMS_MFA', SMSMfaSettings],
    ['SOFTWARE_TOKEN_MFA', SoftwareTokenMfaSettings],
    ['EMAIL_OTP', EmailMfaSettings],
  ];
  return settings.flatMap(([factor, change]): Change[] => (change === undefined ? [] : [[factor, change]]));
}

function apply(user: User, [factor, { Enabled = false, PreferredMfa = false }]: Change): void {
  disableFactor(user, factor);
  if (Enabled) {
    enableFactor(user, factor);
  }
  if (PreferredMfa) {
    user.mfa.preferred = factor;
  }
}
