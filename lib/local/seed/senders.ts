import { LOCAL_ACCOUNT_ID } from '../engine/pools/describe-pool.js';
import type { LocalPoolOptions } from '../options/local-cognito.options.js';

/** An identity of Amazon SES, and a role that sends SMS. They need not exist: nothing is sent through them. */
const EMAIL_SENDER = {
  EmailSendingAccount: 'DEVELOPER',
  SourceArn: `arn:aws:ses:us-east-1:${LOCAL_ACCOUNT_ID}:identity/no-reply@example.com`,
} as const;
const SMS_SENDER = { SnsCallerArn: `arn:aws:iam::${LOCAL_ACCOUNT_ID}:role/cognito-sms` };

/**
 * Adds the senders that Cognito demands for one-time codes and for MFA by e-mail and SMS, so that a configuration need not
 * name an identity of Amazon SES or a role. CreateUserPool itself demands them.
 */
export function withSenders(options: LocalPoolOptions): LocalPoolOptions {
  const { EmailConfiguration: email, SmsConfiguration: sms = SMS_SENDER, mfa } = options;
  return {
    ...options,
    ...((sendsCodesByEmail(options) || email?.EmailSendingAccount === 'DEVELOPER') && {
      EmailConfiguration: { ...EMAIL_SENDER, ...email },
    }),
    ...(sendsCodesBySms(options) && { SmsConfiguration: sms }),
    ...(mfa?.SmsMfaConfiguration && {
      mfa: { ...mfa, SmsMfaConfiguration: { SmsConfiguration: sms, ...mfa.SmsMfaConfiguration } },
    }),
  };
}

function sendsCodesByEmail({ Policies, mfa }: LocalPoolOptions): boolean {
  const isFirstFactor = Policies?.SignInPolicy?.AllowedFirstAuthFactors?.includes('EMAIL_OTP') ?? false;
  return isFirstFactor || mfa?.EmailMfaConfiguration !== undefined;
}

function sendsCodesBySms({ Policies, AutoVerifiedAttributes }: LocalPoolOptions): boolean {
  const isFirstFactor = Policies?.SignInPolicy?.AllowedFirstAuthFactors?.includes('SMS_OTP') ?? false;
  return isFirstFactor || (AutoVerifiedAttributes?.includes('phone_number') ?? false);
}
