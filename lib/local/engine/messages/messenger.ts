import type { CodeDeliveryDetailsType } from '@aws-sdk/client-cognito-identity-provider';

import type { Clock } from '../../../time/clock.js';
import type { LocalMessage } from '../../model/message.js';
import type { Channel, Letter } from './outgoing-message.js';
import { messageTexts } from './message-templates.js';
import { customTemplate, sentByTrigger } from './message-triggers.js';
import type { TriggerRunner } from '../trigger-runner.js';

/** Where messages end up: the outbox and whoever listens. */
export type Deliver = (message: LocalMessage) => void;

/** Writes mails and SMS. */
export class Messenger {
  constructor(
    private readonly clock: Clock,
    private readonly deliver: Deliver,
    private readonly triggers: TriggerRunner,
  ) {}

  /** Sends a message and tells where it went, masked as Cognito does. Triggers may write or send it instead. */
  async send(letter: Letter): Promise<CodeDeliveryDetailsType> {
    const { pool, user, kind, channel, code } = letter;
    const to = letter.to ?? user.attributes[channel] ?? '';
    if (!(await sentByTrigger(this.triggers, letter))) {
      this.deliver({
        to,
        medium: channel === 'email' ? 'EMAIL' : 'SMS',
        kind,
        pool: pool.name,
        poolId: pool.id,
        username: user.username,
        code,
        ...messageTexts(letter, await customTemplate(this.triggers, letter)),
        sentAt: this.clock(),
      });
    }
    return deliveryDetails(channel, to);
  }
}

/** CodeDeliveryDetails for an address. */
export function deliveryDetails(channel: Channel, to: string): CodeDeliveryDetailsType {
  return {
    AttributeName: channel,
    DeliveryMedium: channel === 'email' ? 'EMAIL' : 'SMS',
    Destination: maskedDestination(channel, to),
  };
}

/** `t***@t***` for e-mails, `+*******9934` for phone numbers. */
function maskedDestination(channel: Channel, to: string): string {
  if (channel === 'phone_number') {
    return `+*******${to.slice(-4)}`;
  }
  const [local = '', domain = ''] = to.split('@');
  return `${local.charAt(0)}***@${domain.charAt(0)}***`;
}
