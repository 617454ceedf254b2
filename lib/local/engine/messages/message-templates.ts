import type { Letter } from './outgoing-message.js';

/** Stands for the code in a text. */
export const CODE_PARAMETER = '{####}';
/** Stands for the username in an invitation. */
export const USERNAME_PARAMETER = '{username}';

/** Subject and text of a message before the placeholders are filled in. */
export interface MessageTemplate {
  readonly subject: string;
  readonly text: string;
}

/** A message's subject (mails only) and text. */
export function messageTexts(letter: Letter, template: MessageTemplate): { subject?: string; text: string } {
  const text = template.text
    .replaceAll(CODE_PARAMETER, letter.code)
    .replaceAll(USERNAME_PARAMETER, letter.user.username);
  return letter.channel === 'email' ? { subject: template.subject, text } : { text };
}

/** The pool's template for a kind of message. */
export function templateOf(letter: Pick<Letter, 'pool' | 'kind' | 'channel'>): MessageTemplate {
  const { settings } = letter.pool;
  switch (letter.kind) {
    case 'AdminCreateUser': {
      const invite = settings.AdminCreateUserConfig?.InviteMessageTemplate;
      const own = letter.channel === 'email' ? invite?.EmailMessage : invite?.SMSMessage;
      return {
        subject: invite?.EmailSubject ?? 'Your temporary password',
        text: own ?? `Your username is ${USERNAME_PARAMETER} and temporary password is ${CODE_PARAMETER}.`,
      };
    }
    case 'Authentication':
      return authenticationTemplate(letter);
    case 'ForgotPassword':
      return { subject: 'Your password reset code', text: `Your password reset code is ${CODE_PARAMETER}.` };
    default:
      return verificationTemplate(letter);
  }
}

function authenticationTemplate({
  pool: { mfa, settings },
  channel,
}: Pick<Letter, 'pool' | 'channel'>): MessageTemplate {
  const own =
    channel === 'email' ? mfa.email?.Message : (mfa.sms?.SmsAuthenticationMessage ?? settings.SmsAuthenticationMessage);
  return {
    subject: mfa.email?.Subject ?? 'Your authentication code',
    text: own ?? `Your authentication code is ${CODE_PARAMETER}.`,
  };
}

function verificationTemplate({ pool: { settings }, channel }: Pick<Letter, 'pool' | 'channel'>): MessageTemplate {
  const template = settings.VerificationMessageTemplate;
  const own =
    channel === 'email'
      ? (template?.EmailMessage ?? settings.EmailVerificationMessage)
      : (template?.SmsMessage ?? settings.SmsVerificationMessage);
  return {
    subject: template?.EmailSubject ?? settings.EmailVerificationSubject ?? 'Your verification code',
    text: own ?? `Your confirmation code is ${CODE_PARAMETER}.`,
  };
}
