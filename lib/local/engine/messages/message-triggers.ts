import type { TriggerRunner } from '../trigger-runner.js';
import { unrecognizableOutput } from '../triggers/trigger-faults.js';
import { triggerUser } from '../users/trigger-attributes.js';
import type { CodeCipher } from './code-encryption.js';
import { CODE_PARAMETER, type MessageTemplate, templateOf, USERNAME_PARAMETER } from './message-templates.js';
import type { OutgoingMessage } from './outgoing-message.js';

const LINK_PARAMETER = '{##Click Here##}';
const UNCHANGED = { smsMessage: null, emailMessage: null, emailSubject: null };

/**
 * Runs CustomMessage. Members that the trigger leaves null, and pools without the trigger, use the pool's own template.
 *
 * @throws CognitoFault InvalidLambdaResponseException when the text lacks the placeholder of the code or, in an
 *   invitation, of the username.
 */
export async function customTemplate(triggers: TriggerRunner, message: OutgoingMessage): Promise<MessageTemplate> {
  const template = templateOf(message);
  const isInvitation = message.kind === 'AdminCreateUser';
  const response = await triggers.run('customMessage', {
    ...triggerCaller(message),
    request: {
      ...triggerUser(message),
      codeParameter: CODE_PARAMETER,
      linkParameter: LINK_PARAMETER,
      usernameParameter: isInvitation ? USERNAME_PARAMETER : null,
    },
    response: UNCHANGED,
  });
  const { emailMessage, smsMessage, emailSubject } = response ?? UNCHANGED;
  const text = message.channel === 'email' ? emailMessage : smsMessage;
  const required = isInvitation ? [CODE_PARAMETER, USERNAME_PARAMETER] : [CODE_PARAMETER];
  if (text && !required.every((placeholder) => text.includes(placeholder))) {
    throw unrecognizableOutput();
  }
  return { subject: emailSubject ?? template.subject, text: text ?? template.text };
}

/**
 * Sends a message through CustomEmailSender or CustomSMSSender.
 *
 * @returns false when the pool has no such trigger.
 */
export async function sendByTrigger(
  triggers: TriggerRunner,
  cipher: CodeCipher,
  message: OutgoingMessage,
): Promise<boolean> {
  const isEmail = message.channel === 'email';
  const name = isEmail ? 'customEmailSender' : 'customSmsSender';
  if (!triggers.has(message.pool, name)) {
    return false;
  }
  await triggers.run(name, {
    ...triggerCaller(message),
    request: {
      ...triggerUser(message),
      type: isEmail ? 'customEmailSenderRequestV1' : 'customSMSSenderRequestV1',
      code: await cipher(message.code, message.pool.id),
    },
    response: {},
  });
  return true;
}

function triggerCaller({ pool, clientId, user, kind }: OutgoingMessage) {
  return { pool, clientId, userName: user.username, source: kind };
}
