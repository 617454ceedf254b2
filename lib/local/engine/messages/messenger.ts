import type { CodeDeliveryDetailsType } from '@aws-sdk/client-cognito-identity-provider';

import type { Clock } from '../../../time/clock.js';
import type { LocalMessage } from '../../model/message.js';
import type { TriggerRunner } from '../trigger-runner.js';
import type { CodeCipher } from './code-encryption.js';
import { renderMessage } from './message-templates.js';
import { customTemplate, sendByTrigger } from './message-triggers.js';
import type { Channel, OutgoingMessage } from './outgoing-message.js';

/** Receives every message that is sent. */
export type Deliver = (message: LocalMessage) => void;

/** Writes and sends emails and SMS. */
export class Messenger {
  constructor(
    private readonly clock: Clock,
    private readonly deliver: Deliver,
    private readonly triggers: TriggerRunner,
    private readonly cipher: CodeCipher,
  ) {}

  /**
   * Sends a message. CustomMessage may rewrite it; CustomEmailSender and CustomSMSSender replace the delivery.
   *
   * @returns the destination, masked as Cognito does.
   */
  async send(message: OutgoingMessage): Promise<CodeDeliveryDetailsType> {
    const { pool, user, kind, channel, code } = message;
    const to = message.to ?? user.attributes[channel] ?? '';
    if (!(await sendByTrigger(this.triggers, this.cipher, message))) {
      const template = await customTemplate(this.triggers, message);
      this.deliver({
        to,
        medium: mediumOf(channel),
        kind,
        pool: pool.name,
        poolId: pool.id,
        username: user.username,
        code,
        ...renderMessage(message, template),
        sentAt: this.clock(),
      });
    }
    return deliveryDetails(channel, to);
  }
}

/** `CodeDeliveryDetails` of an address. */
export function deliveryDetails(channel: Channel, to: string): CodeDeliveryDetailsType {
  return {
    AttributeName: channel,
    DeliveryMedium: mediumOf(channel),
    Destination: maskDestination(channel, to),
  };
}

function mediumOf(channel: Channel): LocalMessage['medium'] {
  return channel === 'email' ? 'EMAIL' : 'SMS';
}

/** `t***@t***` for email addresses, `+*******9934` for phone numbers. */
function maskDestination(channel: Channel, to: string): string {
  if (channel === 'phone_number') {
    return `+*******${to.slice(-4)}`;
  }
  const [local = '', domain = ''] = to.split('@');
  return `${local.charAt(0)}***@${domain.charAt(0)}***`;
}
