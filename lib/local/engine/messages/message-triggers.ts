import type { CustomMessageEvent } from '../../model/message-events.js';
import type { Letter } from './outgoing-message.js';
import { CODE_PARAMETER, type MessageTemplate, templateOf, USERNAME_PARAMETER } from './message-templates.js';
import { type TriggerRunner, unrecognizableOutput } from '../trigger-runner.js';
import { triggerAttributes } from '../users/trigger-attributes.js';

const LINK_PARAMETER = '{##Click Here##}';
const UNCHANGED = { smsMessage: null, emailMessage: null, emailSubject: null };

/**
 * The template that CustomMessage gives for a letter, where it gives one.
 *
 * @throws CognitoFault InvalidLambdaResponseException when the text lacks the code's or the username's place.
 */
export async function customTemplate(triggers: TriggerRunner, letter: Letter): Promise<MessageTemplate> {
  const own = templateOf(letter);
  const isInvitation = letter.kind === 'AdminCreateUser';
  const response = await triggers.run('customMessage', {
    ...caller(letter),
    request: {
      ...userPart(letter),
      codeParameter: CODE_PARAMETER,
      linkParameter: LINK_PARAMETER,
      usernameParameter: isInvitation ? USERNAME_PARAMETER : null,
    },
    response: UNCHANGED,
  });
  const text = textFor(letter, response ?? UNCHANGED);
  const needed = isInvitation ? [CODE_PARAMETER, USERNAME_PARAMETER] : [CODE_PARAMETER];
  if (text && !needed.every((parameter) => text.includes(parameter))) {
    throw unrecognizableOutput();
  }
  return { subject: response?.emailSubject ?? own.subject, text: text ?? own.text };
}

/** Has CustomEmailSender or CustomSMSSender send a letter; tells whether the pool has such a trigger. */
export async function sentByTrigger(triggers: TriggerRunner, letter: Letter): Promise<boolean> {
  const isMail = letter.channel === 'email';
  const sent = await triggers.run(isMail ? 'customEmailSender' : 'customSmsSender', {
    ...caller(letter),
    request: {
      ...userPart(letter),
      type: isMail ? 'customEmailSenderRequestV1' : 'customSMSSenderRequestV1',
      code: letter.code,
    },
    response: {},
  });
  return sent !== undefined;
}

function textFor({ channel }: Letter, response: CustomMessageEvent['response']): string | null {
  return channel === 'email' ? response.emailMessage : response.smsMessage;
}

function caller({ pool, clientId, user, kind }: Letter) {
  return { pool, clientId, userName: user.username, source: kind };
}

function userPart({ pool, user, clientMetadata }: Letter) {
  return { userAttributes: triggerAttributes(pool, user), ...(clientMetadata && { clientMetadata }) };
}
