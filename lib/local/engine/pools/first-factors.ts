import type { AuthFactorType } from '@aws-sdk/client-cognito-identity-provider';

import type { PoolMfa, PoolSettings } from '../../model/pool.js';
import { type CognitoFault, invalidParameter } from '../cognito-fault.js';
import { passkeysAreMultiFactor } from '../passkeys/relying-party.js';

const MEMBER = 'Policies.SignInPolicy.AllowedFirstAuthFactors';

/** The first factors that a pool allows. */
export function firstFactorsOf({ Policies }: PoolSettings): readonly AuthFactorType[] {
  return Policies?.SignInPolicy?.AllowedFirstAuthFactors ?? [];
}

/**
 * Checks that a pool can offer its first factors: passwords are among them, and there is a sender for each code. Sources
 * differ on EMAIL_OTP without an own sender of e-mail; it is refused here.
 *
 * @throws CognitoFault InvalidParameterException
 */
export function assertFirstFactors(settings: PoolSettings): void {
  const factors = firstFactorsOf(settings);
  if (!factors.includes('PASSWORD')) {
    throw invalidParameter('Password should be configured as one of the allowed first auth factors.', MEMBER);
  }
  if (factors.includes('SMS_OTP') && settings.SmsConfiguration === undefined) {
    throw withoutSender('SMS_OTP', 'SMS');
  }
  if (factors.includes('EMAIL_OTP') && !hasOwnEmailSender(settings)) {
    throw withoutSender('EMAIL_OTP', 'email');
  }
}

/**
 * Checks that first factors do not contradict required MFA, which excludes one-time codes and single-factor passkeys.
 *
 * @throws CognitoFault InvalidParameterException
 */
export function assertFirstFactorsAllowMfa(settings: PoolSettings, mfa: PoolMfa): void {
  if (mfa.configuration !== 'ON') {
    return;
  }
  const factors = firstFactorsOf(settings);
  if (factors.includes('EMAIL_OTP') || factors.includes('SMS_OTP')) {
    throw invalidParameter(
      'Only PASSWORD and WEB_AUTHN (if configured) can be enabled as an auth factor if MFA is enabled',
      'MfaConfiguration',
    );
  }
  if (factors.includes('WEB_AUTHN') && !passkeysAreMultiFactor({ mfa })) {
    throw invalidParameter(
      'Cannot set WebAuthn factor configuration to SINGLE_FACTOR if MFA is required and WebAuthn is an allowed first auth factor',
      'MfaConfiguration',
    );
  }
}

/** Whether e-mails leave through the pool owner's Amazon SES or function, not through Cognito's own sender. */
function hasOwnEmailSender({ EmailConfiguration, LambdaConfig }: PoolSettings): boolean {
  return EmailConfiguration?.EmailSendingAccount === 'DEVELOPER' || LambdaConfig?.CustomEmailSender !== undefined;
}

function withoutSender(factor: AuthFactorType, kind: string): CognitoFault {
  return invalidParameter(
    `${factor} can not be configured as AuthFactor as user pool is missing valid ${kind} configuration`,
    MEMBER,
  );
}
