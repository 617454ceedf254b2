import type { PoolSettings } from '../../model/pool.js';

type MessageSettings = Pick<
  PoolSettings,
  | 'EmailConfiguration'
  | 'EmailVerificationMessage'
  | 'EmailVerificationSubject'
  | 'SmsVerificationMessage'
  | 'VerificationMessageTemplate'
>;

/**
 * The settings of a pool's messages with defaults. The texts of a verification message have two names each, one in the
 * template and one beside it: what is set by one is also shown by the other.
 */
export function messageSettingsOf(settings: MessageSettings): MessageSettings {
  const { EmailConfiguration, VerificationMessageTemplate: template } = settings;
  const message = template?.EmailMessage ?? settings.EmailVerificationMessage;
  const subject = template?.EmailSubject ?? settings.EmailVerificationSubject;
  const sms = template?.SmsMessage ?? settings.SmsVerificationMessage;
  return {
    EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT', ...EmailConfiguration },
    VerificationMessageTemplate: {
      DefaultEmailOption: 'CONFIRM_WITH_CODE',
      ...template,
      ...(message !== undefined && { EmailMessage: message }),
      ...(subject !== undefined && { EmailSubject: subject }),
      ...(sms !== undefined && { SmsMessage: sms }),
    },
    ...(message !== undefined && { EmailVerificationMessage: message }),
    ...(subject !== undefined && { EmailVerificationSubject: subject }),
    ...(sms !== undefined && { SmsVerificationMessage: sms }),
  };
}
