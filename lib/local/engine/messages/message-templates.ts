import type { OutgoingMessage } from './outgoing-message.js';

/** Placeholder for the code. */
export const CODE_PARAMETER = '{####}';
/** Placeholder for the username in an invitation. */
export const USERNAME_PARAMETER = '{username}';

/** Subject and text with placeholders. */
export interface MessageTemplate {
  readonly subject: string;
  readonly text: string;
}

type TemplateSelector = Pick<OutgoingMessage, 'pool' | 'kind' | 'channel'>;

/** Fills in the placeholders. Only emails have a subject. */
export function renderMessage(
  message: OutgoingMessage,
  template: MessageTemplate,
): { readonly subject?: string; readonly text: string } {
  const text = template.text
    .replaceAll(CODE_PARAMETER, message.code)
    .replaceAll(USERNAME_PARAMETER, message.user.username);
  return message.channel === 'email' ? { subject: template.subject, text } : { text };
}

/** The pool's template for a kind of message. */
export function templateOf(message: TemplateSelector): MessageTemplate {
  switch (message.kind) {
    case 'AdminCreateUser':
      return invitationTemplate(message);
    case 'Authentication':
      return authenticationTemplate(message);
    case 'AccountTakeOverNotification':
      return blockTemplate(message);
    case 'ForgotPassword':
      return { subject: 'Your password reset code', text: `Your password reset code is ${CODE_PARAMETER}.` };
    default:
      return verificationTemplate(message);
  }
}

function invitationTemplate({ pool: { settings }, channel }: TemplateSelector): MessageTemplate {
  const template = settings.AdminCreateUserConfig?.InviteMessageTemplate;
  const text = channel === 'email' ? template?.EmailMessage : template?.SMSMessage;
  return {
    subject: template?.EmailSubject ?? 'Your temporary password',
    text: text ?? `Your username is ${USERNAME_PARAMETER} and temporary password is ${CODE_PARAMETER}.`,
  };
}

function blockTemplate({ pool }: TemplateSelector): MessageTemplate {
  const configured = [...pool.riskConfigurations.values()].map(
    ({ AccountTakeoverRiskConfiguration: takeover }) => takeover?.NotifyConfiguration?.BlockEmail,
  );
  const email = configured.find((template) => template !== undefined);
  return {
    subject: email?.Subject ?? 'Blocked sign-in attempt',
    text: email?.TextBody ?? email?.HtmlBody ?? 'We blocked an unrecognized sign-in to your account.',
  };
}

function authenticationTemplate({ pool: { mfa, settings }, channel }: TemplateSelector): MessageTemplate {
  const text =
    channel === 'email' ? mfa.email?.Message : (mfa.sms?.SmsAuthenticationMessage ?? settings.SmsAuthenticationMessage);
  return {
    subject: mfa.email?.Subject ?? 'Your authentication code',
    text: text ?? `Your authentication code is ${CODE_PARAMETER}.`,
  };
}

function verificationTemplate({ pool: { settings }, channel }: TemplateSelector): MessageTemplate {
  const template = settings.VerificationMessageTemplate;
  const text =
    channel === 'email'
      ? (template?.EmailMessage ?? settings.EmailVerificationMessage)
      : (template?.SmsMessage ?? settings.SmsVerificationMessage);
  return {
    subject: template?.EmailSubject ?? settings.EmailVerificationSubject ?? 'Your verification code',
    text: text ?? `Your confirmation code is ${CODE_PARAMETER}.`,
  };
}
